"""The buttons of the weekly digest: each opens what its command would."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass

from telegram import CallbackQuery, Update

from handlers import buttons, texts
from handlers.replies import Context, acknowledge, chat_of, refuse_press
from handlers.roles import Roles

Report = Callable[[Update, Context], Awaitable[None]]


@dataclass(frozen=True, slots=True)
class WeeklyDesk:
    """``reports`` by their names in the buttons; each of them asks by itself who may see it."""

    roles: Roles
    reports: Mapping[str, Report]

    async def on_button(
        self, update: Update, context: Context, query: CallbackQuery, button: buttons.OpenReport
    ) -> None:
        """A report as a new message; the digest stays."""
        chat = chat_of(update)
        if not self.roles.is_editor(chat):
            await refuse_press(query, chat, role="editor")
            return
        report = self.reports.get(button.report)
        if report is None:
            await acknowledge(query, texts.STALE_BUTTON, alert=True)
            return
        await acknowledge(query)
        await report(update, context)
