"""Words of an employer that make a case urgent after it was opened."""

from dataclasses import dataclass

from bot import parties
from bot.library import Library
from bot.model import Case
from bot.steps import Promise
from bot.storage import Transaction
from bot.tables import cases as rows


@dataclass(frozen=True, slots=True)
class Urgency:
    """What is harmless when it is handed over can become urgent; from then on it climbs faster and is never silent."""

    library: Library
    promise: Promise

    async def heard(self, tx: Transaction, case: Case, text: str, cause: str, now: int) -> None:
        """In the transaction that carries ``text``: the case is urgent if these words are; ``cause`` keys the card's change."""
        if case.urgent or not self.library.current.understanding.alarm(text):
            return
        await rows.make_urgent(tx, case, self.promise(case.lotse, urgent=True))
        await parties.update_card(tx, case, f"{cause}:urgent", now)
