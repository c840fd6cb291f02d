"""/status: the employer's open cases, where each stands, and the way to end it."""

from collections.abc import Sequence
from dataclasses import dataclass

from telegram import Update

from bot.absences import Absences
from bot.cases import Cases
from bot.clock import Clock
from bot.figures import Figures
from bot.library import Library
from bot.model import Case, Key, Outgoing
from handlers import (
    buttons,
    render_absence,
    render_cases,
    render_mail,
    texts_absence,
    texts_cases,
    texts_mail,
    texts_waiting,
)
from handlers.render import key, moment, plain
from handlers.replies import Context, chat_of, say
from knowledge.directory import LotseId

IN_ONE_MESSAGE = 10  # cases; the longest block has some 300 characters, a message 4,096


@dataclass(frozen=True, slots=True)
class Status:
    """Tells an employer the truth about every case."""

    library: Library
    cases: Cases
    figures: Figures
    absences: Absences
    clock: Clock

    async def on_status(self, update: Update, context: Context) -> None:
        """One block a case, oldest first, as many messages as they need; a case can be withdrawn at any time."""
        chat = chat_of(update)
        cases = await self.cases.of_employer(chat)
        if not cases:
            await say(context, chat, Outgoing(texts_cases.STATUS_NONE))
            return
        usual = await self.figures.usual_wait()
        expected = (
            texts_waiting.USUAL.format(cases=usual.cases, span=texts_waiting.length(usual.span))
            if usual
            else texts_waiting.USUAL_UNKNOWN
        )
        for first in range(0, len(cases), IN_ONE_MESSAGE):
            blocks, rows = await self.told(cases[first : first + IN_ONE_MESSAGE])
            if first == 0:
                blocks.insert(0, texts_cases.STATUS)
            ends = expected if first + IN_ONE_MESSAGE >= len(cases) else ""
            await say(context, chat, Outgoing("\n\n".join(blocks) + ends, tuple(rows)))

    async def told(self, cases: Sequence[Case]) -> tuple[list[str], list[tuple[Key, ...]]]:
        """What is said of these cases, and the buttons for them."""
        directory = self.library.current.directory
        blocks, rows = list[str](), list[tuple[Key, ...]]()
        for case in cases:
            lotse = directory.lotsen.get(LotseId(case.lotse))
            away = await self.absences.now_of(case.lotse)
            blocks.append(
                texts_cases.STATUS_CASE.format(
                    number=plain(case.number),
                    lotse=render_cases.name(lotse, directory) if lotse else "die zuständige Stelle",
                    state=render_mail.status(case) if case.by_mail else texts_cases.STATUS_STATES[case.state],
                    opened=moment(case.opened_at),
                )
                + (render_absence.status_line(away, self.clock.now()) if away else "")
                + _following(case)
            )
            label = texts_cases.KEY_WITHDRAW.format(number=case.number)
            if away and away.acting:
                ask = f"{texts_absence.KEY_ASK_STAND_IN}: {case.number}"
                rows.append((key(ask, buttons.AskStandIn(case.id)),))
            rows.append((key(label, buttons.CloseSurely(case.id)),))
        return blocks, rows


def _following(case: Case) -> str:
    """What happens next, and when."""
    if case.due_at is None or (case.by_mail and case.mailed_at is None):
        return ""
    text = texts_mail.STATUS_NEXT if case.by_mail else texts_waiting.NEXT_FOR_EMPLOYER
    return text.format(due=moment(case.due_at))
