"""/datenschutz, /meinedaten, /loeschen: what is stored, shown and removed."""

import json
from dataclasses import dataclass

from telegram import CallbackQuery, Update

from bot.linking import Linking
from bot.model import Outgoing
from bot.privacy import Privacy
from handlers import buttons, texts_privacy
from handlers.render import key, plain
from handlers.replies import Context, acknowledge, cause_of, chat_of, say, show

_FILE = "meine-daten.json"


@dataclass(frozen=True, slots=True)
class PrivacyDesk:
    """Answers questions about the person's own data."""

    privacy: Privacy
    linking: Linking
    imprint_url: str

    async def on_policy(self, update: Update, context: Context) -> None:
        """/datenschutz, from the real settings."""
        kept = self.privacy.retention
        text = texts_privacy.POLICY.format(
            talks=kept.talks.days, cases=kept.cases.days, aside=kept.aside.days, gaps=kept.gaps.days
        )
        if self.imprint_url:
            text += texts_privacy.POLICY_IMPRINT.format(url=plain(self.imprint_url))
        await say(context, chat_of(update), Outgoing(text))

    async def on_access(self, update: Update, context: Context) -> None:
        """/meinedaten: a JSON file with everything."""
        chat = chat_of(update)
        stored = json.dumps(await self.privacy.stored(chat), ensure_ascii=False, indent=2)
        await context.bot.send_document(
            chat, stored.encode(), filename=_FILE, caption=texts_privacy.ACCESS_CAPTION
        )

    async def on_erase(self, update: Update, context: Context) -> None:
        """/loeschen asks once."""
        rows = (
            (key(texts_privacy.KEY_ERASE, buttons.EraseSurely()),),
            (key(texts_privacy.KEY_KEEP, buttons.KeepData()),),
        )
        await say(context, chat_of(update), Outgoing(texts_privacy.ERASE_QUESTION, rows))

    async def on_button(
        self,
        update: Update,
        context: Context,
        query: CallbackQuery,
        button: buttons.EraseSurely | buttons.KeepData,
    ) -> None:
        """The answer to /loeschen."""
        chat = chat_of(update)
        await acknowledge(query)
        if isinstance(button, buttons.KeepData):
            await show(context, query, Outgoing(texts_privacy.KEPT))
            return
        await self.privacy.erase(chat, cause_of(update))
        linked = bool(await self.linking.lotse_of(chat))
        await show(
            context, query, Outgoing(texts_privacy.ERASED + (texts_privacy.ERASED_LOTSE if linked else ""))
        )
