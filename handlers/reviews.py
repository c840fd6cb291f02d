"""/faellig: which entries have to be reviewed soon, by who is responsible."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from telegram import Update

from bot.clock import Clock
from bot.library import Library
from bot.model import Outgoing
from handlers import texts_admin
from handlers.render import plain, shortened
from handlers.replies import Context, chat_of, refuse, say
from handlers.roles import Roles
from knowledge.entry import Entry, Knowledge

_AHEAD: Final = timedelta(days=30)
_MOST = 40  # entries in one message; the rest is counted
_MOST_LAWS = 10
_TITLE = 60


@dataclass(frozen=True, slots=True)
class Reviews:
    """What is due for review."""

    library: Library
    roles: Roles
    clock: Clock

    async def on_due(self, update: Update, context: Context) -> None:
        """/faellig: overdue entries and those due in the next 30 days."""
        chat = chat_of(update)
        if not self.roles.is_editor(chat):
            await refuse(context, chat, "faellig", role="editor")
            return
        today = self.clock.now().date()
        entries = self.library.current.knowledge.entries.values()
        due = sorted(
            (entry for entry in entries if entry.review_by <= today + _AHEAD),
            key=lambda entry: entry.review_by,
        )
        await say(context, chat, _report(due, today, self.library.current.knowledge))


def _report(due: Sequence[Entry], today: date, knowledge: Knowledge) -> Outgoing:
    law = [f"{plain(entry)}: {plain(marks[0].name)}" for entry, marks in knowledge.under_review.items()]
    changed = [texts_admin.DUE_LAW.format(count=len(law), lines="\n".join(law[:_MOST_LAWS]))] if law else []
    if not due:
        return Outgoing("\n\n".join([*changed, texts_admin.DUE_NONE]))
    shown = due[:_MOST]
    blocks = [*changed, texts_admin.DUE.format(count=len(due))]
    for role in dict.fromkeys(entry.role for entry in shown):
        lines = [_line(entry, today) for entry in shown if entry.role == role]
        blocks.append(f"<b>{plain(texts_admin.ROLES.get(role, role))}</b>\n" + "\n".join(lines))
    if len(due) > _MOST:
        blocks.append(texts_admin.DUE_MORE.format(count=len(due) - _MOST))
    return Outgoing("\n\n".join(blocks))


def _line(entry: Entry, today: date) -> str:
    mark = "⚠️ " if entry.review_by < today else ""
    return f"{mark}{entry.review_by:%d.%m.%Y} · {plain(shortened(entry.title, _TITLE))} (<code>{plain(entry.id)}</code>)"
