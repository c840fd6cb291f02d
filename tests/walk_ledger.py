"""What the random walk knows by itself: who wrote which marker, and which chats may ever see it.

Nothing here asks the bot's code. Who is in charge of a case is read from the database after every step, and every change
of it is checked against the directory; the rest is what people see on their screens.
"""

import re
import sqlite3
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from bot.clock import to_ms
from bot.demo.journal import Call
from bot.demo.state import Message
from tests.walk_company import BERLIN, LAND_OF, NRW, Company

MARKER = re.compile(r"\bzq[a-p]+\b")
NUMBER = re.compile(r"\bFall (WALK\d+)")
ACCOUNT = re.compile(r"(?:Betriebskonto|Lotsenkonto)\w+")
# Faults after which nobody knows whether Telegram executed the call: only then a message may come twice.
LOST = {"ResetAfter", "CutBody", "DelayAfter", "Stall"}
# How a person learns that words did not arrive, whatever the reason.
TOLD = re.compile(
    "nicht weitergegeben|kam nicht an|nicht erreichen|niemand Ihren Fall|gibt es für Sie nicht|vom Betrieb gelöscht"
)


def marker(number: int) -> str:
    """A word that is said once in a walk; letters only, so that no search takes it for a number."""
    return "zq" + "".join(chr(ord("a") + int(digit, 16)) for digit in f"{number:x}")


@dataclass
class CaseSeen:
    """A case and everybody who was ever in charge of it, in order."""

    number: str
    employer: int
    first: str
    lotsen: list[str]
    state: str
    erased: bool = False

    @property
    def live(self) -> bool:
        """Whether a Lotse has taken it."""
        return self.state in {"taken", "answered"} and not self.erased


@dataclass
class Said:
    """One marker: where it was written, and into which cases it may go (with who was in charge then)."""

    word: str
    chat: int
    message: int
    question: bool = False  # of a case: stands on every card of it
    internal: bool | None = (
        False  # a note, or on its way to be one: never for the employer; None: the press before decides
    )
    cases: dict[str, int] = field(
        default_factory=dict
    )  # number: index into ``CaseSeen.lotsen`` when it was said


@dataclass
class Ledger:
    """The model; every method that ends in ``!`` in its docstring asserts."""

    company: Company
    said: dict[str, Said] = field(default_factory=dict)
    cases: dict[str, CaseSeen] = field(default_factory=dict)
    steps: dict[int, list[tuple[str, str]]] = field(
        default_factory=dict
    )  # chat: what its next message may be (reply, word, note, search), and of which case
    offered: dict[str, set[int]] = field(
        default_factory=lambda: defaultdict(set)
    )  # case: chats it was offered to
    unattended: dict[str, tuple[float, int]] = field(
        default_factory=dict
    )  # case: since when its Lotse is away and nothing is planned, as below
    rows: dict[int, dict[str, object]] = field(default_factory=dict)  # everything that was ever in the outbox
    silenced: set[int] = field(
        default_factory=set
    )  # chats that blocked the bot or erased everything at some time
    called_off: set[tuple[int, int]] = field(default_factory=set)
    left_behind: dict[str, tuple[float, int]] = field(
        default_factory=dict
    )  # case: since when nobody can be reached for it, by the clock and in looks
    numbers: dict[int, str] = field(default_factory=dict)  # cases by id
    _last: dict[int, sqlite3.Row] = field(default_factory=dict)  # rows of the outbox as they were read last
    _looked: int = 0
    _read: int = 0  # mails
    _count: int = 0

    # -- writing ----------------------------------------------------------------------------------------------

    def next_word(self) -> str:
        """A marker that nobody has used."""
        self._count += 1
        return marker(self._count)

    def write(
        self,
        word: str,
        chat: int,
        message: int,
        cases: Iterable[str],
        *,
        question: bool = False,
        internal: bool | None = False,
    ) -> Said:
        """A marker was written."""
        said = Said(word, chat, message, question, internal)
        self.said[word] = said
        for number in cases:
            self.assign(word, number)
        return said

    def assign(self, word: str, number: str) -> None:
        """Its writer said into which case it goes."""
        case = self.cases.get(number)
        self.said[word].cases.setdefault(number, len(case.lotsen) - 1 if case is not None else 0)

    def written_in(self, chat: int, message: int | None) -> list[Said]:
        """What was written in this message, and what it was changed to."""
        return [said for said in self.said.values() if (said.chat, said.message) == (chat, message)]

    def of_employer(self, chat: int) -> list[CaseSeen]:
        """The cases of an employer that are not erased."""
        return [case for case in self.cases.values() if case.employer == chat and not case.erased]

    def lotse_of(self, chat: int) -> str:
        """Which Lotse answers from this chat."""
        return next((lotse for lotse, person in self.company.lotsen.items() if person.id == chat), "")

    def party(self, chat: int, number: str) -> bool:
        """Whether this chat is one of the two people of the case."""
        case = self.cases.get(number)
        return (
            case is not None
            and not case.erased
            and (chat == case.employer or case.lotsen[-1] == self.lotse_of(chat))
        )

    # -- looking ----------------------------------------------------------------------------------------------

    def look(self) -> None:
        """After every step: what changed in the database, and whom the bot has called since!"""
        self._look_at_outbox()
        self._look_at_cases()
        self._look_at_calls()
        self._look_at_mails()
        violations = self.company.telegram.journal.violations
        assert not violations, violations
        loud = [line for line in self.company.log if line.startswith(("ERROR", "CRITICAL"))]
        assert not loud, "\n".join(loud)

    def _look_at_cases(self) -> None:
        found = {}
        for row in self.company.rows(
            "SELECT cases.*, links.chat_id AS linked, links.blocked_at, absences.starts_at, absences.ends_at FROM cases"
            " LEFT JOIN links ON links.lotse = cases.lotse LEFT JOIN absences ON absences.lotse = cases.lotse"
        ):
            self.numbers[row["id"]] = row["number"]
            number, lotse = row["number"], row["lotse"]
            found[number] = row
            case = self.cases.get(number)
            if case is None:
                case = CaseSeen(number, row["employer_chat"], lotse, [lotse], row["state"])
                self.cases[number] = case
            assert case.employer == row["employer_chat"], f"{number} changed hands"
            if case.lotsen[-1] != lotse:
                self._may_follow(case, lotse)
                case.lotsen.append(lotse)
            case.state = row["state"]
            if case.state == "open":
                assert row["due_at"] is not None, f"{number} is open and nothing will ever happen to it"
            assert not row["offered_to"] or row["offer_due_at"] is not None, (
                f"an offer of {number} never ends"
            )
            # Whose answer is awaited has to be reachable, or the next sweep passes the case on. What is answered waits
            # for the employer, and is then told to be out of reach.
            gone = case.state == "taken" and (row["linked"] is None or row["blocked_at"] is not None)
            self._not_for_long(self.left_behind, number, gone, "is in nobody's hands")
            now = to_ms(self.company.clock.now())
            away = row["starts_at"] is not None and row["starts_at"] <= now < row["ends_at"]
            idle = case.state == "taken" and away and row["due_at"] is None
            self._not_for_long(self.unattended, number, idle, "waits for somebody who is away")
        for number, case in self.cases.items():
            case.erased = case.erased or number not in found

    def _not_for_long(
        self, since: dict[str, tuple[float, int]], number: str, holds: object, why: str
    ) -> None:
        """What the next sweep has to mend!"""
        if not holds:
            since.pop(number, None)
            return
        begun, looks = since.get(number, (self.company.clock.monotonic(), 0))
        since[number] = (begun, looks + 1)
        # Of hours that pass in one step the sweep sees only the end: it must have had its turn since.
        long = self.company.clock.monotonic() - begun >= 130 and looks > 3
        assert not long, f"{number} {why}"

    def _may_follow(self, case: CaseSeen, lotse: str) -> None:
        """A case goes to deputies, theirs, and the coordinator of the Land, or back to who was asked first!"""
        directory = NRW | BERLIN
        coordinator = {"NW": "WL013", "BE": "WL065"}[LAND_OF[case.first]]
        offered = {self.lotse_of(chat) for chat in self.offered[case.number]}
        allowed, waiting = {coordinator}, [*case.lotsen, *offered]
        while waiting:
            earlier = waiting.pop()
            if earlier not in allowed:
                allowed.add(earlier)
                waiting += directory[earlier][2]
        assert lotse in allowed, f"{case.number} went from {case.lotsen} to {lotse}"

    def _look_at_outbox(self) -> None:
        sql = "SELECT id, chat_id, case_id, kind, state, attempts, error, source_chat, source_message, done_at FROM outbox"
        for row in self.company.rows(sql):
            if self._last.get(row["id"]) != row:
                self._last[row["id"]] = row
                self.rows[row["id"]] = dict(row)
            if row["kind"] == "offer" and row["case_id"] in self.numbers:
                self.offered[self.numbers[row["case_id"]]].add(row["chat_id"])

    def _look_at_calls(self) -> None:
        fresh = []
        for call in reversed(self.company.telegram.journal.calls()):
            if call.number <= self._looked:
                break
            fresh.append(call)
        if fresh:
            self._looked = fresh[0].number
        for call in fresh:
            if call.chat_id is not None:
                for text in self._texts(call):
                    self._may_see(call.chat_id, text, call)

    def _look_at_mails(self) -> None:
        for mail in self.company.post.taken[self._read :]:
            lotse = str(mail["To"]).partition("@")[0].upper()
            self._may_see(self.company.lotsen[lotse].id, mail.get_content(), mail)
        self._read = len(self.company.post.taken)

    def _texts(self, call: Call, *, ever: bool = False) -> Iterator[str]:
        """What a call says; ``ever``: of a copy also what the original said before it was changed."""
        yield f"{call.params.get('text', '')} {call.params.get('caption', '')}"
        if "from_chat_id" in call.params:
            numbers = call.params.get("message_ids", [call.params.get("message_id")])
            chat = self.company.telegram.bot.chats[call.params["from_chat_id"]]
            for message in (chat.messages[number] for number in numbers):
                for fields in (message.fields, *(message.history if ever else ())):
                    yield str(fields.get("caption", ""))

    def _may_see(self, chat: int, text: str, where: object) -> None:
        for word in MARKER.findall(text):
            assert word in self.said, f"nobody has said {word}: {where}"
            assert chat in self.readers(self.said[word]), (
                f"{chat} may not see {word} ({self.said[word]}): {where}\n"
                f"{[self.cases.get(number) for number in self.said[word].cases]}"
            )
        for account in ACCOUNT.findall(text):
            own = next(person for person in self.company.everybody if person.user.first_name == account)
            assert chat == own.id, f"{chat} sees the account {account}: {where}"

    def readers(self, said: Said) -> set[int]:
        """The chats that may ever see a marker: its writer, and the other one of its case, then or later."""
        readers = {said.chat}
        for number, begun in said.cases.items():
            case = self.cases.get(number)
            if case is None:
                continue
            readers |= {self.company.lotsen[lotse].id for lotse in case.lotsen[begun:]}
            if said.internal is not False:
                coordinator = {"NW": "WL013", "BE": "WL065"}[LAND_OF[case.first]]
                readers |= {self.company.lotsen[coordinator].id, *self.offered[number]}
            if not said.internal:
                readers.add(case.employer)
            if said.chat == case.employer:  # the question and what was added to it stand in an offer
                readers |= self.offered[number]
        return readers

    # -- the end ----------------------------------------------------------------------------------------------

    def judge(self) -> None:
        """Nothing is under way any more: each message arrived or its writer knows that it did not; none came twice!"""
        waiting = [row for row in self.rows.values() if row["state"] == "waiting" and self._exists(row)]
        assert not waiting, f"left in the outbox: {waiting}"
        seen = self._seen()
        self._none_twice(seen)
        for row in self.rows.values():
            self._arrived_or_told(row, seen)
        for said in self.said.values():
            if not said.question and said.chat not in self.silenced:
                answers = [m for m in self._chat(said.chat) if m.from_bot and m.id > said.message]
                edited = [m for m in self._chat(said.chat) if m.from_bot and m.history]
                assert answers or edited, f"nobody answered {said}"

    def _exists(self, row: dict[str, object]) -> bool:
        return bool(self.company.rows("SELECT 1 FROM outbox WHERE id = ? AND state = 'waiting'", row["id"]))

    def _chat(self, chat: int) -> list[Message]:
        found = self.company.telegram.bot.chats.get(chat)
        return list(found.messages.values()) if found is not None else []

    def _seen(self) -> dict[tuple[str, int], set[int]]:
        """Marker and chat → the bot's messages there that carried it; whatever shows it is looked at."""
        seen = defaultdict(set)
        for chat in self.company.telegram.bot.chats:
            for message in self._chat(chat):
                for fields in (message.fields, *message.history):
                    text = f"{fields.get('text', '')} {fields.get('caption', '')}"
                    self._may_see(chat, text, message)
                    # Cards and questions repeat words of the case; what carries them begins so, or is a file.
                    if message.from_bot and ("document" in fields or text.startswith(("🏢", "👤"))):
                        for word in MARKER.findall(text):
                            seen[word, chat].add(message.id)
        return seen

    def _none_twice(self, seen: dict[tuple[str, int], set[int]]) -> None:
        lost = Counter(
            (word, call.chat_id)
            for call in self.company.telegram.journal.calls()
            if call.fault in LOST
            for text in self._texts(call, ever=True)
            for word in MARKER.findall(text)
        )
        for (word, chat), messages in seen.items():
            said = self.said[word]
            if chat != said.chat and not said.question:
                assert len(messages) <= 1 + lost[word, chat], f"{word} came {len(messages)} times to {chat}"

    def _arrived_or_told(self, row: dict[str, object], seen: dict[tuple[str, int], set[int]]) -> None:
        if (
            row["source_chat"] is None
            or row["state"] == "waiting"
            or row["kind"] not in {"to_lotse", "to_employer", "copy"}
        ):
            return
        source = (row["source_chat"], row["source_message"])
        words = [said for said in self.said.values() if (said.chat, said.message) == source]
        if row["error"] == "called off":
            assert source in self.called_off, f"nobody took back {row}"
            return
        if row["state"] == "sent":
            # An edit that was faster than the delivery may have replaced the first words.
            assert not words or any(seen[said.word, int(str(row["chat_id"]))] for said in words), (
                f"never arrived: {words} {row}"
            )
            return
        if row["source_chat"] in self.silenced:
            return
        if any(
            other["state"] == "sent" and (other["source_chat"], other["source_message"]) == source
            for other in self.rows.values()
        ):
            return  # it followed the case to another Lotse
        told = [
            m for m in self._chat(int(str(row["source_chat"]))) if m.from_bot and TOLD.search(m.body.text)
        ]
        assert told, f"the writer does not know that it did not arrive: {row} {words}"
