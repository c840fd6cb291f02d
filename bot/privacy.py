"""What is stored about a chat: told on request, erased on request, forgotten when its time is over.

GDPR Art. 15 (access), Art. 17 (erasure), Art. 5 Abs. 1 Buchst. e (storage limitation).
"""

from collections.abc import Callable
from dataclasses import asdict
from typing import Any

from bot import mailing
from bot.clock import Clock, to_ms
from bot.model import CaseId, ChatId, NoticeKind, UpdateId
from bot.retention import CORRECTED_FOR, Retention
from bot.storage import Reader, Store, Transaction
from bot.tables import cases, gaps, notes, outbox, people, privacy, proposals, situation


class Privacy:
    """Access, erasure, retention."""

    def __init__(
        self, store: Store, clock: Clock, retention: Retention, *, wake_outbox: Callable[[], None]
    ) -> None:
        self._store = store
        self._clock = clock
        self.retention = retention
        self._wake_outbox = wake_outbox

    async def stored(self, chat: ChatId) -> dict[str, Any]:
        """Everything that is stored about ``chat``, decrypted, as plain JSON values."""
        reader = self._store.read
        now = to_ms(self._clock.now())
        state = await situation.of(reader, chat, now=now, dialogs_since=0)
        link = await people.link_of_chat(reader, chat)
        return {
            "telegram_chat": chat,
            "gespraech": asdict(state.talk),
            "begonnener_schritt": {"art": state.dialog.kind, **state.dialog.data} if state.dialog else None,
            "betrieb": await privacy.profile_of(reader, chat),
            "faelle": [await self._case(reader, case_id) for case_id in await privacy.cases_of(reader, chat)],
            "als_lotse_verbunden": link.lotse if link else None,
            "eigene_notizen": [
                {"text": note.text, "geschrieben": note.at.isoformat()}
                for note in await notes.written_by(reader, chat)
            ],
            "notizen_zu_ihren_faellen": {
                "anzahl": await notes.count_about(reader, chat),
                "hinweis": "Interne Notizen der Lotsen. Auskunft über ihren Inhalt gibt der Betreiber dieses Bots.",
            },
            "eigene_vorschlaege": await proposals.of_lotse(reader, link.lotse) if link else [],
            "fragen_ohne_antwort": await gaps.of_asker(reader, chat),
            # All of it once more, as it stands in the database: so nothing is left out when something is added there.
            "alle_zeilen": await privacy.rows_of(reader, chat),
        }

    async def _case(self, reader: Reader, case_id: int) -> dict[str, Any]:
        case = await cases.get(reader, CaseId(case_id))
        if case is None:
            return {}
        return {
            "nummer": case.number,
            "frage": case.question,
            "stand": case.state,
            "lotse": case.lotse,
            "kreis": case.kreis,
            "ort": case.place,
            "bereich": case.branch,
            "antwort_an": case.contact or None,
            "per_mail_am": case.mailed_at.isoformat() if case.mailed_at else None,
            "eroeffnet": case.opened_at.isoformat(),
            "geschlossen": case.closed_at.isoformat() if case.closed_at else None,
        }

    async def erase(self, chat: ChatId, update: UpdateId) -> None:
        """Remove everything about ``chat`` at once; Lotsen with a card of its cases are told that it was erased.

        ``update`` asked for it: what was written after it stays.
        """
        now = to_ms(self._clock.now())
        async with self._store.transaction() as tx:
            for case_id in await privacy.cases_of(tx, chat):
                await self._erase_case(tx, case_id, now)
            await privacy.erase_chat(tx, chat, update)
        self._wake_outbox()

    async def _erase_case(self, tx: Transaction, case_id: int, now: int) -> None:
        for chat, message in await privacy.cards_of(tx, case_id):
            dedupe = f"erased:{chat}:{message}"
            await outbox.put(tx, chat, NoticeKind.ERASED, dedupe=dedupe, now=now, data={"message": message})
        await mailing.erased(tx, CaseId(case_id), now)
        await privacy.erase_case(tx, case_id)

    async def forget(self) -> None:
        """Remove what is older than its retention."""
        now = self._clock.now()
        async with self._store.transaction() as tx:
            await privacy.forget(
                tx,
                talks_before=to_ms(now - self.retention.talks),
                cases_before=to_ms(now - self.retention.cases),
                answers_before=to_ms(now - CORRECTED_FOR),
                aside_before=to_ms(now - self.retention.aside),
            )
            await proposals.forget(tx, to_ms(now - self.retention.cases))
            await gaps.forget(tx, to_ms(now - self.retention.gaps))
