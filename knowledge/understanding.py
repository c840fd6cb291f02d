"""A message in, a decision out: the one way in to everything the bot understands.

The order decides. Danger to life and urgent cases that a list names come before anything else; an exact stored phrasing wins
over all the rest, also over what only sounds like danger; the wish for a person and small talk start no search; an
individual case is never judged; only then the index ranks, and the calibrated confidence chooses between an answer, "Meinten
Sie?" and a person.
"""

import hashlib
from collections.abc import Sequence
from dataclasses import replace
from functools import cached_property
from typing import Self

from knowledge import store
from knowledge.confidence import Report, Thresholds
from knowledge.decision import (
    Answer,
    Choice,
    Decision,
    Handoff,
    Hit,
    OpenQuestion,
    Person,
    SmallTalk,
    Unclear,
    Urgent,
)
from knowledge.entry import Entry, EntryId, Knowledge, Trigger
from knowledge.explanation import Explanation
from knowledge.followup import FollowUp, follow_up
from knowledge.languages import Language, recognise
from knowledge.lookup import CHOICES, Lookup, Result
from knowledge.message import Message, read
from knowledge.person import wants_person
from knowledge.ranking import Document
from knowledge.search import Index
from knowledge.smalltalk import SmallTalkKind, small_talk, strip_courtesy
from knowledge.sounds import Sounds
from knowledge.splitting import Part, asked, split, without_lead
from knowledge.subject import only_people, only_points, topics
from knowledge.triggers import TriggerMatcher
from knowledge.vague import Vague

__all__ = ["Explanation", "Understanding"]

# Probability that one of the first three is right from which they are shown to somebody who writes English. Of 20 English
# questions about entries 19 lay above, of 12 about other things 2.
_ENGLISH = 0.36
_USUAL = "Guten Tag, darf ich eine Person mit Duldung ausbilden?"  # runs through every rule and the index


class Understanding:
    """Immutable: the knowledge, its index and the compiled rules; threads may share it."""

    def __init__(self, knowledge: Knowledge, index: Index, thresholds: Thresholds | None = None) -> None:
        self._knowledge = knowledge
        self.index = index
        self._lookup = Lookup(knowledge, index, thresholds or index.thresholds)
        self._known = frozenset(index.contents.uses)  # the words of all titles and phrasings

    @classmethod
    def build(cls, knowledge: Knowledge) -> Self:
        """The understanding of this knowledge; seconds of work."""
        documents = [Document.of(entry) for entry in knowledge.entries.values()]
        return cls(knowledge, Index.build(documents, knowledge.synonyms))

    @classmethod
    def restored(cls, knowledge: Knowledge, dumped: bytes | memoryview) -> Self | None:
        """What gave ``dumped``, if that was the understanding of the same knowledge and code, and it is whole."""
        documents = [Document.of(entry) for entry in knowledge.entries.values()]
        index = store.restore(dumped, store.key(documents, knowledge.synonyms))
        return None if index is None else cls(knowledge, index)

    def warm(self) -> None:
        """Do beforehand what the first message would wait for: rules are compiled, the meanings of words are read."""
        self.find(_USUAL)

    @cached_property
    def _triggers(self) -> TriggerMatcher:
        return TriggerMatcher(self._knowledge.triggers, self._known)

    @cached_property
    def _sounds(self) -> Sounds:
        return Sounds(self._knowledge.triggers)

    @cached_property
    def _vague(self) -> Vague:
        return Vague(self._knowledge.synonyms)

    @staticmethod
    def basis(knowledge: Knowledge) -> str:
        """A digest of all that decisions rest on; what is only shown (answers, sources, dates) is no part of it."""
        documents = [Document.of(entry) for entry in knowledge.entries.values()]
        rules = f"{store.key(documents, knowledge.synonyms)}\n{knowledge.synonyms!r}\n{knowledge.triggers!r}"
        return hashlib.sha256(rules.encode("utf-8", "surrogatepass")).hexdigest()

    def dump(self) -> bytes:
        """What ``restored`` takes."""
        documents = [Document.of(entry) for entry in self._knowledge.entries.values()]
        return store.dump(self.index, store.key(documents, self._knowledge.synonyms))

    @property
    def report(self) -> Report:
        """What the FAQ's phrasings showed when each was left out of the index."""
        return self.index.report

    def find(self, text: str, *, after: EntryId | None = None, rephrased: bool = False) -> Decision:
        """What ``text`` asks.

        ``after``: the entry answered just before, for follow-ups; ``rephrased``: the same employer was not understood
        just before, so another question back would only annoy.
        """
        return self._explained(text, after=after, rephrased=rephrased).decision

    def explain(self, text: str, *, after: EntryId | None = None) -> Explanation:
        """The decision with everything that led to it, for /pruefen."""
        return self._explained(text, after=after, rephrased=False)

    def alarm(self, text: str) -> Trigger | None:
        """The danger that ``text`` tells of, or else the urgent matter, named by a list or sounding like it; nothing is searched."""
        message = read(text)
        met = self._triggers.match(message)
        return met.danger or met.urgent or self._sounding(message)

    def _sounding(self, message: Message) -> Trigger | None:
        """What no list names; "ok dann bis morgen" is no matter that cannot wait. A farewell that sounds like danger is one."""
        felt = self._sounds.of(message)
        if felt is not None and not felt.first_aid and small_talk(message, self._known):
            return None
        return felt

    def search(self, words_: str, *, limit: int = 8) -> tuple[Entry, ...]:
        """The entries nearest to a few words, best first, for a list to choose from; none when nothing is near."""
        ranked = self.index.search(words_, limit).ranked
        return tuple(self._knowledge.entries[item.entry] for item in ranked if item.score > 0)

    def _explained(self, text: str, *, after: EntryId | None, rephrased: bool) -> Explanation:
        message = read(text)
        met = self._triggers.match(message)
        if met.danger:
            decision = Urgent(met.danger, self._general(met.danger)[0], danger=True)
            return Explanation(decision, f"Gefahr: {met.danger.id}")
        if met.urgent:
            hits, sure = self._general(met.urgent, text)
            return Explanation(
                Urgent(met.urgent, hits, sure=sure), f"dringend: {met.urgent.id}", (text,), hits
            )
        plain = strip_courtesy(message)
        exact = self._exact(text, plain, without_lead(plain))
        if exact is not None:
            hit = Hit(self._knowledge.entries[exact], 1.0, {"exact": 1.0})
            return Explanation(Answer((hit,)), "wörtliche Formulierung", (text,), (hit,))
        felt = self._sounding(message)
        if felt is not None:
            return self._felt(felt, text)
        if wants_person(message):
            return Explanation(Person(), "Wunsch nach einem Menschen")
        language = recognise(message)
        kind = small_talk(message, self._known)
        if kind is SmallTalkKind.CAPABILITIES and language is Language.ENGLISH:
            return self._foreign(
                language
            )  # "I have a question": that the bot answers in German is what helps now
        if kind:
            return Explanation(SmallTalk(kind), f"keine Frage: {kind}")
        if language not in {None, Language.ENGLISH}:
            return self._foreign(language)
        if met.hand_over:
            hits, sure = self._general(met.hand_over, text)
            handoff = Handoff(hits, met.hand_over, sure)
            return Explanation(handoff, f"Einzelfall: {met.hand_over.id}", (text,), hits)
        found = self._asked(
            message if plain in {"", message.text} else read(plain), after=after, rephrased=rephrased
        )
        match found.decision:
            case Answer(hits=(_,), open=()) if met.neighbour:
                # What is asked only sounds like an entry: it is offered, and never said to be the answer.
                step = f"Nachbarthema: {met.neighbour.id}"
                found = replace(
                    found, decision=Choice(Result("choice", found.candidates).choices()), step=step
                )
            case _:
                pass  # of several questions each was looked at by itself
        if language is Language.ENGLISH and not self._is_found(found):
            return self._foreign(language)
        return found

    def _felt(self, felt: Trigger, text: str) -> Explanation:
        """The decision about what only sounds alarming: should it be a question after all, its answer is there as well.

        Under the emergency number only a sure one: whoever is in need reads no guess.
        """
        danger = bool(felt.first_aid)
        result = self._lookup.best(text)
        sure = result.band == "answer"
        hits = result.hits[:1] if sure else () if danger else result.offered()
        decision = Urgent(felt, hits, danger=danger, sure=sure or not hits)
        return Explanation(decision, f"den Beispielen ähnlich: {felt.title}", (text,), result.hits)

    def _exact(self, *texts: str) -> EntryId | None:
        """The entry that has one of ``texts`` as a stored phrasing."""
        found = (self.index.exact(text) for text in dict.fromkeys(texts) if text)
        return next((entry for entry in found if entry is not None), None)

    def _is_found(self, found: Explanation) -> bool:
        """Whether an English question found an entry: letters that look alike find some choice for any English."""
        match found.decision:
            case Choice():
                return found.among >= _ENGLISH
            case Handoff() | Unclear():
                return False
            case _:
                return True

    def _foreign(self, language: Language | None) -> Explanation:
        decision = SmallTalk(SmallTalkKind.FOREIGN, str(language or ""))
        return Explanation(decision, f"andere Sprache: {decision.language}")

    def _asked(self, message: Message, *, after: EntryId | None, rephrased: bool) -> Explanation:
        """The decision about a message that asks something, without courtesy around it."""
        parts = split(message)
        if len(parts) > 1:
            return self._several(message, parts)
        last = self._knowledge.get(after) if after is not None else None
        found = follow_up(message, last.title) if last is not None else None
        if last is not None and found is not None:
            return self._following(message, found, last)
        ask = None if rephrased else self._vague.ask_back(message)
        if ask is not None:
            return Explanation(Unclear(ask.question, ask.options), "zu allgemein: Rückfrage")
        result = self._lookup.best(message.text.strip(), asked(message))
        if result.band == "answer" and (only_points(message.words) or only_people(message.words)):
            result = replace(
                result, band="choice"
            )  # "was kostet das?", "mitarbeiter": of what, nobody has said
        return self._banded(result, rephrased=rephrased)

    def _banded(self, result: Result, *, rephrased: bool = False) -> Explanation:
        """The decision that the confidence allows."""
        match result.band:
            case "answer":
                return self._explain(Answer(result.hits[:1]), result, "sicher")
            case "choice" if not rephrased or self._lookup.is_likely(result.hits[0]):
                return self._explain(Choice(result.choices()), result, "„Meinten Sie?“")
            case _:
                return self._explain(Handoff(), result, "nichts passt")

    def _explain(self, decision: Decision, result: Result, step: str) -> Explanation:
        features, limits = tuple(result.features.items()), self._lookup.thresholds
        return Explanation(
            decision, f"Suche: {step}", result.searched, result.hits, features, limits, result.among
        )

    def _several(self, message: Message, parts: tuple[Part, ...]) -> Explanation:
        """Each question of the message answered by itself where that is sure."""
        whole = self._lookup.best(message.text.strip())
        results = [self._part(part) for part in parts]
        sure = {result.hits[0].entry.id: result.hits[0] for result in results if result.band == "answer"}
        joined = Result.joined((whole, *results))
        if sure:
            # What the entry of another part answers best is not open: "Was ist BAB, und wer bekommt sie?" asks one entry.
            open_ = tuple(
                OpenQuestion(part.asks, tuple(hit for hit in result.offered() if hit.entry.id not in sure))
                for part, result in zip(parts, results, strict=True)
                if not (result.hits and result.hits[0].entry.id in sure)
            )
            return self._explain(Answer(tuple(sure.values()), open_), joined, "mehrere Fragen")
        if len({result.best() for result in results if result.band == "choice"}) > 1:
            return self._explain(_choices(parts, results), joined, "mehrere Fragen, jede mit „Meinten Sie?“")
        if whole.band == "answer":
            return self._explain(Answer(whole.hits[:1]), joined, "sicher, als eine Frage")
        if any(result.band == "choice" for result in (whole, *results)):
            return self._explain(Choice(joined.choices()), joined, "mehrere Fragen, „Meinten Sie?“")
        return self._explain(Handoff(), joined, "nichts passt")

    def _part(self, part: Part) -> Result:
        """What one question of several finds: with what it inherits, or by itself where that is surer."""
        asks = read(part.asks)
        found = self._lookup.best(part.search, with_context=f"{part.context} {part.search}".strip())
        if part.carried and topics(asks.words):
            alone = self._lookup.best(part.asks)
            found = alone if alone.confidence > found.confidence else found
        points = not part.carried and only_points(asks.words)  # "… und was das kostet": nobody has said what
        if found.band == "answer" and (points or self._triggers.match(asks).neighbour):
            found = replace(found, band="choice")
        return found

    def _following(self, message: Message, found: FollowUp, last: Entry) -> Explanation:
        """The decision about a message that continues the last answer, or may do so."""
        alone = self._lookup.best(message.text.strip())
        if not found.sure and alone.band == "answer" and alone.hits[0].entry.id != last.id:
            return self._banded(alone)
        # The subject is carried over in two ways: as words, and by the index. Only where both agree is the answer sure.
        carried = self._lookup.without(self._lookup.best(found.search), last.id)
        in_context = self._lookup.without(self._lookup.best(found.text, after=last.id), last.id)
        step = f"Anschlussfrage zu „{last.title}“"
        if carried.band == "answer" and in_context.best() == carried.best():
            return self._explain(Answer(carried.hits[:1]), carried, step)
        results = (carried, in_context, self._lookup.without(alone, last.id))
        if all(result.band == "none" for result in results):
            return self._explain(Handoff(), carried, f"{step}: nichts passt")
        joined = Result.joined(results, last=last.id)
        return self._explain(Choice(joined.choices()), joined, step)

    def _general(self, trigger: Trigger, text: str = "") -> tuple[tuple[Hit, ...], bool]:
        """General information for a case that a person must judge: the editors' choice, then the index's.

        And whether its first is sure: what the index only guesses is offered, never said under a case that matters.
        """
        hits = {
            entry.id: Hit(entry, 1.0)
            for entry in (self._knowledge.get(entry_id) for entry_id in trigger.entries)
            if entry is not None
        }
        result = self._lookup.best(text) if text else None
        if result is None or result.band == "none":
            return tuple(hits.values())[:CHOICES], True
        best = result.hits[0]
        if not hits and result.band == "choice":
            return result.choices(), False
        if result.band == "answer" or best.entry.id in hits:
            hits = {best.entry.id: best, **hits}  # the words tell which of several
        hits.setdefault(best.entry.id, best)
        return tuple(hits.values())[:CHOICES], True


def _choices(parts: Sequence[Part], results: Sequence[Result]) -> Choice:
    """Every question with its own entries; questions that the same entry fits best are put as one."""
    asked: dict[EntryId | None, tuple[str, Result]] = {}
    for part, result in zip(parts, results, strict=True):
        best = result.best() if result.band == "choice" else None
        text = f"{asked[best][0]} {part.asks}" if best in asked else part.asks
        asked[best] = (text, result)
    open_ = tuple(OpenQuestion(text, result.offered()) for text, result in asked.values())
    ranks = range(max(len(question.hits) for question in open_))
    hits = (question.hits[rank] for rank in ranks for question in open_ if rank < len(question.hits))
    return Choice(tuple({hit.entry.id: hit for hit in hits}.values()), open_)
