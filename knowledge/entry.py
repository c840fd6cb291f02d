"""What the bot knows, as immutable values: entries, topics, pages and the word lists around them.

Everything here is made by ``knowledge.source`` from the YAML folder and never changed afterwards; a reload makes a
new ``Knowledge`` and swaps the reference.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import NewType

EntryId = NewType("EntryId", str)
TopicId = NewType("TopicId", str)


@dataclass(frozen=True, slots=True)
class Link:
    """An official page: a short German name and an https address."""

    name: str
    url: str


@dataclass(frozen=True, slots=True)
class Variant:
    """What differs in one Land; shown under the answer as "Gilt für Bayern: …"."""

    land: str  # two-letter code as in kreise.csv: BY, NW, …
    text: str  # HTML of the white list


@dataclass(frozen=True, slots=True)
class Entry:
    """One curated question with its answer; ``answer``, ``details`` and variants are HTML of the white list."""

    id: EntryId
    topic: TopicId
    title: str
    phrasings: tuple[str, ...]
    answer: str
    details: str  # empty: nothing to fold
    legal_basis: tuple[str, ...]  # citations such as "§ 60c Abs. 3 AufenthG"
    programme: str  # empty unless the answer rests on a programme instead of a statute
    sources: tuple[Link, ...]
    as_of: str  # "2026-08": the month of the statutes that were read
    review_by: date
    role: str  # who reviews: recht | foerderung | kammer | …
    related: tuple[EntryId, ...]
    facts: tuple[str, ...]  # ids of the fact sheets' questions this entry answers, e.g. "T07-02"
    hand_over: bool  # general answer, and then a person
    urgent: bool
    unverified: str  # empty, or the German sentence that says what could not be verified
    variants: tuple[Variant, ...]


@dataclass(frozen=True, slots=True)
class Topic:
    """One file of the FAQ: what the topics menu lists."""

    id: TopicId
    title: str
    entries: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class Page:
    """A curated way into the entries beside the topics (the Allianz's goals, KOFA's four steps)."""

    id: str
    title: str
    intro: str
    sections: tuple["Section", ...]


@dataclass(frozen=True, slots=True)
class Section:
    """A heading of a page and the entries it leads to."""

    title: str
    entries: tuple[EntryId, ...]


@dataclass(frozen=True, slots=True)
class AskBack:
    """One concrete question back; ``options`` are (label on the button, text to search instead)."""

    question: str
    options: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Synonyms:
    """Words that mean the same, words that must be asked back, words that are known but never shown."""

    groups: Mapping[str, tuple[str, ...]] = field(default_factory=dict)  # leading word → other words for it
    abbreviations: Mapping[str, str] = field(default_factory=dict)  # "EQ" → "Einstiegsqualifizierung"
    # "Anerkennung" → what to ask back when a message consists of little else
    ambiguous: Mapping[str, AskBack] = field(default_factory=dict)
    general: AskBack | None = None  # for "ich habe eine Frage", which names no subject at all
    hidden: tuple[str, ...] = ()  # recognised, never shown


@dataclass(frozen=True, slots=True)
class Condition:
    """Words that stand together in a message; terms are written as in ``knowledge.wordgroups``."""

    all_of: tuple[tuple[str, ...], ...]  # of each of these groups of terms at least one must occur
    none_of: tuple[str, ...] = ()  # none of these terms may


@dataclass(frozen=True, slots=True)
class Trigger:
    """A kind of message that needs a person: it is met when one of its ``conditions`` is."""

    id: str
    title: str
    conditions: tuple[Condition, ...]
    entries: tuple[EntryId, ...]  # general information to show, best first; may be empty
    first_aid: str  # HTML said before anything else (112, TelefonSeelsorge, see a lawyer); empty for most


@dataclass(frozen=True, slots=True)
class Triggers:
    """The must-hand-over list, the urgent list and danger to life, as the editors wrote them."""

    hand_over: tuple[Trigger, ...] = ()
    urgent: tuple[Trigger, ...] = ()
    danger: tuple[Trigger, ...] = ()
    neighbours: tuple[Trigger, ...] = ()  # subjects that sound like ours: never answered at once
    ignored: tuple[str, ...] = ()  # terms in which no word counts: "guten Morgen" is not tomorrow
    as_typed: tuple[str, ...] = ()  # words that are no typo of another: "Abschreibung" is no "Abschiebung"


@dataclass(frozen=True, slots=True)
class LawMark:
    """A provision that has changed since the entries that cite it were reviewed."""

    law: str
    label: str  # "§ 60c"
    what: str  # one of ``knowledge.statutes.Change``
    since: date
    where: str = ""  # where its words stand now, when they have moved

    @property
    def name(self) -> str:
        """As the FAQ cites it: "§ 60c AufenthG"."""
        return f"{self.label} {self.law}"


@dataclass(frozen=True)
class Knowledge:
    """All the editors' content of one folder at one moment."""

    topics: tuple[Topic, ...]
    pages: tuple[Page, ...] = ()
    synonyms: Synonyms = field(default_factory=Synonyms)
    triggers: Triggers = field(default_factory=Triggers)
    digest: str = ""  # SHA-256 over the files it was read from
    # Entries whose law has changed: to be reviewed, whatever their date says.
    under_review: Mapping[EntryId, tuple[LawMark, ...]] = field(default_factory=dict)

    @cached_property
    def entries(self) -> Mapping[EntryId, Entry]:
        """Every entry by id, in the order of the files."""
        return {entry.id: entry for topic in self.topics for entry in topic.entries}

    def get(self, entry_id: str) -> Entry | None:
        """The entry of this id, or ``None`` when an old button names one that is gone."""
        return self.entries.get(EntryId(entry_id))

    def topic(self, topic_id: str) -> Topic | None:
        """The topic of this id, or ``None`` when an old button names one that is gone."""
        return next((topic for topic in self.topics if topic.id == topic_id), None)
