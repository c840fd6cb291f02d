"""Groups of words, found in a message all at once: what every rule about a message is written in.

A group is a list of terms as an editor writes them:

``Abschiebung``
    the word in any inflection and spelling; one of six letters and more also with a typo,
``abschieb*``, ``*haft``
    any word that begins, or ends, so,
``=persönlich``
    the word in exactly this form (its stem is that of "Person"),
``Bescheid bekommen``
    these words one after the other,
``holt … ab``
    these words with up to four others between them, in one sentence,
``mein * Azubi``
    with exactly one word in the place of the star,
``mein/meine/unser Azubi``
    one of these words, then the other; in a phrase each word may have alternatives,
``am <Datum>``, ``um <Uhrzeit>``, ``in <Zahl> Tagen``
    a date, a time of day, a number (also „drei“).

Words of up to four letters, articles, pronouns and conjunctions are taken as they are: "ihn" is not "Ihnen".
"""

import re
from collections.abc import Container, Iterable, Mapping
from dataclasses import dataclass

from rapidfuzz import process
from rapidfuzz.distance import OSA

from knowledge.function_words import INVARIABLE
from knowledge.language import fold, stem
from knowledge.message import DATE, NUMBER, TIME, Message, spelt_out
from knowledge.remembered import Remembered

_AS_IT_IS = 4  # letters: shorter words have no stem worth comparing
_REPAIRED = 6  # letters: shorter words are too close to each other to be repaired
_TWO_TYPOS = 10  # letters: a longer word may hold two
_REMEMBERED = 4096  # words of which it is kept what they may belong to
_GAP = 4  # words that may stand in for "…"
_EDGE = 3  # letters by which words that begin or end alike are looked up
_NOT_INFLECTED = INVARIABLE | {DATE, TIME, NUMBER}
_SPOKEN = re.compile(r"([bdfgkpst])n$")
_IGNORED = ""  # name of the group of what is ignored
_NUMBERS = frozenset(
    fold(word)
    for word in "ein eine einem einen einer zwei drei vier fünf sechs sieben acht neun zehn elf zwölf paar wenigen".split()
)

Span = tuple[int, int]
"""Number of the first word, and of the first word after the last."""


@dataclass(frozen=True, slots=True)
class Found:
    """Which groups stand in a message, and where."""

    spans: Mapping[str, tuple[Span, ...]]
    numbers: Mapping[str, frozenset[int]]  # of the words themselves, without those that "…" stands for

    def has(self, *groups: str) -> bool:
        """Whether any of ``groups`` occurs."""
        return any(group in self.spans for group in groups)

    def within(self, group: str, first: int, last: int) -> bool:
        """Whether ``group`` occurs wholly among the words ``first`` to ``last`` (exclusive)."""
        return any(first <= start and end <= last for start, end in self.spans.get(group, ()))

    def covered(self, *groups: str) -> frozenset[int]:
        """The numbers of the words that belong to any of ``groups``; all groups when none is named."""
        return frozenset().union(*(self.numbers.get(group, frozenset()) for group in groups or self.numbers))


_NOTHING = Found({}, {})


@dataclass(frozen=True, slots=True)
class Rule:
    """Groups that must all occur, and groups of which none may."""

    all_of: tuple[str, ...]
    none_of: tuple[str, ...] = ()

    def holds(self, found: Found, first: int, last: int) -> bool:
        """Whether the words ``first`` to ``last`` (exclusive) obey the rule."""
        for group in self.all_of:
            if group not in found.spans:  # the usual case, and the cheap one
                return False
        return all(found.within(group, first, last) for group in self.all_of) and not any(
            found.within(group, first, last) for group in self.none_of
        )


@dataclass(frozen=True, slots=True)
class _Place:
    """The words that may stand at one place of a term."""

    forms: frozenset[str]
    stems: frozenset[str]  # of those forms that may be inflected
    starts: tuple[str, ...]
    ends: tuple[str, ...]

    def lookup(self) -> frozenset[str]:
        """By what the place is looked up."""
        return self.forms | self.stems

    def fits(self, form: str, stem_: str) -> bool:
        return (
            form in self.forms
            or stem_ in self.stems
            or form.startswith(self.starts)
            or form.endswith(self.ends)
            or (NUMBER in self.forms and _is_number(form))
        )


@dataclass(frozen=True, slots=True)
class _Phrase:
    """A term of several words; ``gaps[i]`` says whether words may stand before place ``i``."""

    places: tuple[_Place, ...]
    gaps: tuple[bool, ...]
    group: str


_ByNext = Mapping[str, list[_Phrase]]
"""Phrases by their second word."""


@dataclass(frozen=True, slots=True)
class _Seen:
    """What is known of a word before it is looked at in its place."""

    form: str  # as compared
    stem: str
    keys: tuple[str, ...]  # by what the phrases that it may belong to are looked up
    groups: tuple[str, ...]  # that it belongs to by itself
    heads: tuple[_Phrase, ...]  # that begin with it, whatever comes next
    pairs: tuple[_ByNext, ...]  # that begin with it, by what comes next
    starts: bool  # whether it has any of the three: most words have none


class WordGroups:
    """Groups of words, compiled once; scanning a message costs a few dictionary look-ups a word."""

    def __init__(
        self,
        groups: Mapping[str, Iterable[str]],
        *,
        known: Container[str] = frozenset(),
        ignored: Iterable[str] = (),
        exact: bool = False,
    ) -> None:
        """``known``: folded words that are spelt as meant and must not be repaired into a word of a group;
        ``ignored``: terms in which no group is found ("guten Morgen" is not tomorrow); ``exact``: neither inflections
        nor typos are found.
        """
        self._exact = exact
        self._forms: dict[str, set[str]] = {}
        self._stems: dict[str, set[str]] = {}
        self._prefixes: dict[str, list[tuple[str, str]]] = {}
        self._suffixes: dict[str, list[tuple[str, str]]] = {}
        self._pairs: dict[str, dict[str, list[_Phrase]]] = {}  # by the first two words
        self._heads: dict[str, list[_Phrase]] = {}  # by the first word, when others may stand after it
        self._anywhere: list[_Phrase] = []  # begin with a star
        self._repairs: dict[str, list[str]] = {}
        self._known = known
        targets: set[str] = set()
        for group, terms in {**groups, _IGNORED: ignored}.items():
            for term in terms:
                self._add(group, term, targets)
        for target in sorted(targets):
            self._repairs.setdefault(target[0], []).append(target)
        self._own = {stem(target) for target in targets}
        self._memory: Remembered[str, _Seen] = Remembered(_REMEMBERED)

    def _add(self, group: str, term: str, targets: set[str]) -> None:
        places, gaps = _parse(term)
        targets.update(
            form for place in places for form in place.forms if len(form) >= _REPAIRED and form.isalpha()
        )
        if len(places) > 1:
            self._add_phrase(_Phrase(places, gaps, group))
            return
        for place in places:
            for form in place.forms:
                self._forms.setdefault(form, set()).add(group)
            for stem_ in place.stems:
                self._stems.setdefault(stem_, set()).add(group)
            for start in place.starts:
                self._prefixes.setdefault(start[:_EDGE], []).append((start, group))
            for end in place.ends:
                self._suffixes.setdefault(end[-_EDGE:], []).append((end, group))

    def _add_phrase(self, phrase: _Phrase) -> None:
        head, second = phrase.places[0], phrase.places[1]
        if head.starts or head.ends:
            self._anywhere.append(phrase)
        elif phrase.gaps[1] or second.starts or second.ends:
            for key in head.lookup():
                self._heads.setdefault(key, []).append(phrase)
        else:
            for first in head.lookup():
                by_next = self._pairs.setdefault(first, {})
                for then in second.lookup():
                    by_next.setdefault(then, []).append(phrase)

    def scan(self, message: Message) -> Found:
        """Every group that occurs in ``message``."""
        spans: dict[str, list[Span]] = {}
        numbers: dict[str, set[int]] = {}
        words = [self._seen(word.form, word.stem) for word in message.words]
        for sentence in message.sentences:
            last = sentence.last
            for number in range(sentence.first, last):
                here = words[number]
                if not here.starts:
                    continue
                for group in here.groups:
                    spans.setdefault(group, []).append((number, number + 1))
                    numbers.setdefault(group, set()).add(number)
                for phrase in _beginning(here, words[number + 1] if number + 1 < last else None):
                    places = _follow(phrase, words, number, last)
                    if places:
                        spans.setdefault(phrase.group, []).append((number, places[-1] + 1))
                        numbers.setdefault(phrase.group, set()).update(places)
        return _without_ignored(spans, numbers) if spans else _NOTHING

    def _seen(self, form: str, stem_: str) -> _Seen:
        """What is known of a word; German repeats itself, so it is remembered."""
        return self._memory.get(form) or self._memory.keep(form, self._look_up(form, stem_))

    def _look_up(self, form: str, stem_: str) -> _Seen:
        form, stem_ = self._spelt(form, stem_)
        keys = _keys(form, stem_)
        anywhere = (phrase for phrase in self._anywhere if phrase.places[0].fits(form, stem_))
        heads = (*anywhere, *(phrase for key in keys for phrase in self._heads.get(key, ())))
        pairs = tuple(self._pairs[key] for key in keys if key in self._pairs)
        groups = tuple(self._groups_of(form, stem_))
        return _Seen(form, stem_, keys, groups, heads, pairs, bool(groups or heads or pairs))

    def _groups_of(self, form: str, stem_: str) -> set[str]:
        groups = set(self._forms.get(form, ()))
        groups |= self._stems.get(stem_, set())
        groups |= {group for start, group in self._prefixes.get(form[:_EDGE], ()) if form.startswith(start)}
        groups |= {group for end, group in self._suffixes.get(form[-_EDGE:], ()) if form.endswith(end)}
        if _is_number(form):
            groups |= self._forms.get(NUMBER, set())
        return groups

    def _spelt(self, form: str, stem_: str) -> tuple[str, str]:
        """The form and stem to compare: those of the nearest word of a group when the word is a typo of it."""
        spoken = _SPOKEN.sub(r"\1en", form)  # "meldn", "redn": as it is said
        if spoken in self._forms and not self._exact and form not in self._known and form not in self._forms:
            return spoken, stem(spoken)
        if self._exact or len(form) <= _AS_IT_IS or form in INVARIABLE:
            return form, ""
        if len(form) < _REPAIRED or stem_ in self._own or form in self._known or form in self._forms:
            return form, stem_
        return self._nearest(form)

    def _nearest(self, form: str) -> tuple[str, str]:
        if not form.isalpha():
            return form, form
        near = process.extractOne(
            form,
            self._repairs.get(form[0], ()),
            scorer=OSA.distance,
            score_cutoff=2 if len(form) >= _TWO_TYPOS else 1,
        )
        if near is None or len(near[0]) < _TWO_TYPOS - 1 < len(form):
            return form, stem(form)
        return near[0], stem(near[0])


def _parse(term: str) -> tuple[tuple[_Place, ...], tuple[bool, ...]]:
    places: list[_Place] = []
    gaps: list[bool] = []
    gap = False
    for piece in term.replace("…", " … ").replace("-", " ").split():
        if piece == "…":
            gap = True
            continue
        options = [fold(part) for part in piece.split("/") if part]
        # A message is read with "vom" spelt out, so a term must be.
        spelt = [[part] for part in spelt_out(options[0])] if len(options) == 1 else [options]
        for words in spelt:
            places.append(_place(words))
            gaps.append(gap)
            gap = False
    return tuple(places), tuple(gaps)


def _place(options: list[str]) -> _Place:
    starts = tuple(option[:-1] for option in options if option.endswith("*"))
    ends = tuple(option[1:] for option in options if option.startswith("*") and option != "*")
    plain = [option for option in options if "*" not in option]
    inflected = [option for option in plain if len(option) > _AS_IT_IS and option not in _NOT_INFLECTED]
    return _Place(
        forms=frozenset(option.removeprefix("=") for option in plain),
        stems=frozenset(stem(option) for option in inflected if not option.startswith("=")),
        starts=starts,
        ends=ends,
    )


def _is_number(form: str) -> bool:
    return form.isdigit() or form in _NUMBERS


def _beginning(here: _Seen, following: _Seen | None) -> Iterable[_Phrase]:
    """The phrases that may begin with a word: looked up by their first two words, or by the first."""
    if following is None or not here.pairs:
        return here.heads
    keys = following.keys
    return (
        *here.heads,
        *(phrase for by_next in here.pairs for key in keys for phrase in by_next.get(key, ())),
    )


def _without_ignored(spans: dict[str, list[Span]], numbers: dict[str, set[int]]) -> Found:
    """What was found, apart from what stands where nothing counts."""
    ignored = numbers.pop(_IGNORED, None)
    spans.pop(_IGNORED, None)
    if ignored:
        numbers = {group: kept for group, found in numbers.items() if (kept := found - ignored)}
        spans = {
            group: left
            for group, found in spans.items()
            if (left := [span for span in found if ignored.isdisjoint(range(*span))])
        }
    return Found(
        {group: tuple(dict.fromkeys(found)) for group, found in spans.items()},
        {group: frozenset(found) for group, found in numbers.items()},
    )


def _keys(form: str, stem_: str) -> tuple[str, ...]:
    """By what the phrases that a word may belong to are looked up."""
    keys = (form,) if stem_ in {"", form} else (form, stem_)
    return (*keys, NUMBER) if _is_number(form) else keys


def _follow(phrase: _Phrase, words: list[_Seen], start: int, last: int) -> list[int]:
    """The numbers of the words of ``phrase``, whose first stands at ``start``; empty when the others do not follow."""
    numbers = [start]
    for place, gap in zip(phrase.places[1:], phrase.gaps[1:], strict=True):
        at = numbers[-1] + 1
        reach = min(last, at + _GAP + 1) if gap else min(last, at + 1)
        while at < reach and not place.fits(words[at].form, words[at].stem):
            at += 1
        if at >= reach:
            return []
        numbers.append(at)
    return numbers
