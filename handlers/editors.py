"""Admins and editors change the knowledge: /reload, a file that is sent, „Übernehmen“, „Verwerfen“, /rollback."""

from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import dataclass
from typing import assert_never

from telegram import CallbackQuery, Message, Update
from telegram.error import TelegramError

from bot import sent_files
from bot.conversations import Conversations
from bot.gaps import Gaps
from bot.gate import Accepted, Already, Discarded, Failed, Gate, Settled
from bot.gating import Progress, Stage
from bot.library import Library
from bot.model import ChatId, MessageId, Outgoing
from bot.proposals import Proposals
from handlers import buttons, render_gate, texts_admin, texts_gaps
from handlers.render import plain
from handlers.replies import Context, acknowledge, chat_of, drop_keys, put_in_place, refuse, refuse_press, say
from handlers.roles import Roles
from knowledge.additions import Addition
from knowledge.anonymous import GONE

_SUFFIXES = (".yaml", ".yml")


@dataclass(frozen=True, slots=True)
class Editors:
    """``editable``: there is a folder of the editors (KNOWLEDGE_DIR)."""

    library: Library
    gate: Gate
    roles: Roles
    conversations: Conversations
    gaps: Gaps
    proposals: Proposals
    editable: bool
    look: Callable[[], Awaitable[object]]  # whether somebody waits for what is new

    async def on_reload(self, update: Update, context: Context) -> None:
        """/reload: check the folder, show what would change, ask."""
        chat = chat_of(update)
        if not self.roles.is_editor(chat):
            await refuse(context, chat, "reload")
            return
        shown, progress = await self._begin(context, chat)
        outcome = await self.gate.check_folder(progress)
        await self._report(context, chat, shown, outcome)

    async def on_rollback(self, update: Update, context: Context) -> None:
        """/rollback: the versions one can return to."""
        chat = chat_of(update)
        if not self.roles.is_admin(chat):
            await refuse(context, chat, "rollback")
            return
        await say(context, chat, render_gate.versions(await self.gate.versions(), chat))

    async def took_file(self, context: Context, chat: ChatId, message: Message) -> bool:
        """Check a YAML file that an editor sent; ``False`` when this message is none."""
        document = message.document
        name = (document.file_name or "") if document else ""
        if document is None or not name.lower().endswith(_SUFFIXES) or not self.roles.is_editor(chat):
            return False
        if (document.file_size or 0) > sent_files.LARGEST:
            await say(context, chat, Outgoing(texts_admin.FILE_SIZE))
            return True
        shown, progress = await self._begin(context, chat)
        file = await context.bot.get_file(document.file_id)
        content = bytes(await file.download_as_bytearray())
        outcome = await self.gate.check_file(name, content, progress)
        await self._report(context, chat, shown, outcome)
        return True

    async def check_phrasing(self, context: Context, chat: ChatId, addition: Addition, cause: str) -> None:
        """Say what would be added, and check it; not as long as words are missing in it."""
        if GONE in addition.phrasing:
            await say(context, chat, Outgoing(texts_gaps.HAS_HOLES))
            return
        await self.conversations.end_dialog(chat)
        entry = self.library.current.knowledge.get(addition.entry)
        title = plain(entry.title if entry is not None else addition.entry)
        if self.editable:
            text = texts_gaps.ADDING.format(title=title, text=plain(addition.phrasing))
            await say(context, chat, Outgoing(text))
        await self.check_addition(context, chat, addition, cause)

    async def check_addition(self, context: Context, chat: ChatId, addition: Addition, cause: str) -> None:
        """Check a phrasing or an entry from the chat; ``cause``: what it comes from ("gap:5,7", "proposal:3")."""
        if not self.editable:
            await say(context, chat, Outgoing(texts_gaps.NO_FOLDER))
            return
        shown, progress = await self._begin(context, chat)
        full = f"{cause}:{addition.entry}:{'new' if addition.topic else ''}"
        outcome = await self.gate.check_addition(addition, full, progress)
        await self._report(context, chat, shown, outcome)

    async def _begin(self, context: Context, chat: ChatId) -> tuple[MessageId, Progress]:
        """The message that shows how far a check is, and how to change it."""
        shown = await say(context, chat, render_gate.progress(Stage.READ))

        async def progress(stage: Stage) -> None:
            if stage is Stage.READ:  # that is shown from the beginning
                return
            with suppress(TelegramError):  # a check does not fail because nobody can watch it
                await put_in_place(context, chat, shown, render_gate.progress(stage))

        return shown, progress

    async def _report(
        self, context: Context, chat: ChatId, shown: MessageId, outcome: render_gate.Checked
    ) -> None:
        await put_in_place(context, chat, shown, render_gate.checked(outcome, self.library.current.directory))

    async def on_button(
        self,
        update: Update,
        context: Context,
        query: CallbackQuery,
        button: buttons.AcceptCandidate | buttons.DiscardCandidate | buttons.RollBack,
    ) -> None:
        """The decision about a candidate, or the version to return to."""
        chat = chat_of(update)
        allowed = self.roles.is_admin if isinstance(button, buttons.RollBack) else self.roles.is_editor
        if not allowed(chat):
            await refuse_press(query, chat, role="editor")
            return
        await acknowledge(query)
        match button:
            case buttons.AcceptCandidate(candidate=prefix):
                await self._settled(context, chat, query, await self.gate.accept(prefix, chat))
            case buttons.RollBack(version=number):
                await self._settled(context, chat, query, await self.gate.roll_back(number, chat))
            case buttons.DiscardCandidate(candidate=prefix):
                outcome = await self.gate.discard(prefix)
                discarded = isinstance(outcome, Discarded)
                await drop_keys(context, query)
                await say(context, chat, Outgoing(texts_admin.DISCARDED if discarded else texts_admin.STALE))
            case _:
                assert_never(button)

    async def _settled(self, context: Context, chat: ChatId, query: CallbackQuery, outcome: Settled) -> None:
        if not isinstance(outcome, Failed):  # then pressing again may help
            await drop_keys(context, query)
        await say(context, chat, render_gate.settled(outcome, editable=self.editable))
        if isinstance(outcome, Accepted):
            await self.look()
        if isinstance(outcome, Accepted | Already):
            await self._made_of(chat, outcome.version.meta.cause)

    async def _made_of(self, chat: ChatId, cause: str) -> None:
        """What the accepted version was made from is settled; again after a repeated press."""
        kind, numbers, entry, new = cause.split(":") if cause else ("", "", "", "")
        if new:
            await self.conversations.end_dialog(chat)
        if kind == "gap":
            await self.gaps.settle([int(number) for number in numbers.split(",")], "done")
        if kind == "proposal":
            await self.proposals.settle(int(numbers), "accepted", entry=entry, new=bool(new))
