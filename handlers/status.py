"""/status: the employer's open cases, where each stands, and the way to end it."""

from dataclasses import dataclass

from telegram import Update

from bot.cases import Cases
from bot.library import Library
from bot.model import Outgoing
from handlers import buttons, render_cases, texts_cases
from handlers.render import key, moment, plain
from handlers.replies import Context, chat_of, say
from knowledge.directory import LotseId


@dataclass(frozen=True, slots=True)
class Status:
    """Tells an employer the truth about every case."""

    library: Library
    cases: Cases

    async def on_status(self, update: Update, context: Context) -> None:
        """One block a case, oldest first; a case can be withdrawn at any time."""
        chat = chat_of(update)
        cases = await self.cases.of_employer(chat)
        if not cases:
            await say(context, chat, Outgoing(texts_cases.STATUS_NONE))
            return
        directory = self.library.current.directory
        blocks, rows = [texts_cases.STATUS], []
        for case in cases:
            lotse = directory.lotsen.get(LotseId(case.lotse))
            blocks.append(
                texts_cases.STATUS_CASE.format(
                    number=plain(case.number),
                    lotse=render_cases.name(lotse, directory) if lotse else "die zuständige Stelle",
                    state=texts_cases.STATUS_STATES[case.state],
                    opened=moment(case.opened_at),
                )
            )
            label = texts_cases.KEY_WITHDRAW.format(number=case.number)
            rows.append((key(label, buttons.CloseSurely(case.id)),))
        await say(context, chat, Outgoing("\n\n".join(blocks), tuple(rows)))
