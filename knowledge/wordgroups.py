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

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from rapidfuzz import process
from rapidfuzz.distance import OSA

from knowledge.function_words import INVARIABLE
from knowledge.language import fold, stem
from knowledge.message import DATE, NUMBER, TIME, Message, Word

_AS_IT_IS = 4  # letters: shorter words have no stem worth comparing
_REPAIRED = 6  # letters: shorter words are too close to each other to be repaired
_TWO_TYPOS = 10  # letters: a longer word may hold two
_GAP = 4  # words that may stand in for "…"
_EDGE = 3  # letters by which words that begin or end alike are looked up
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


@dataclass(frozen=True, slots=True)
class Rule:
    """Groups that must all occur, and groups of which none may."""

    all_of: tuple[str, ...]
    none_of: tuple[str, ...] = ()

    def holds(self, found: Found, first: int, last: int) -> bool:
        """Whether the words ``first`` to ``last`` (exclusive) obey the rule."""
        return all(found.within(group, first, last) for group in self.all_of) and not any(
            found.within(group, first, last) for group in self.none_of
        )


@dataclass(frozen=True, slots=True)
class _Word:
    """One word of a term."""

    form: str  # folded, without its star
    stem: str  # empty when only the form counts
    kind: str  # "word", "prefix", "suffix"

    def fits(self, form: str, stem_: str) -> bool:
        match self.kind:
            case "prefix":  # a lone star is the empty prefix: any word
                return form.startswith(self.form)
            case "suffix":
                return form.endswith(self.form)
            case _:
                if self.form == NUMBER:
                    return form.isdigit() or form in _NUMBERS
                return form == self.form or (self.stem != "" and stem_ == self.stem)


@dataclass(frozen=True, slots=True)
class _Phrase:
    """A term of several words; ``gaps[i]`` says whether words may stand before word ``i``."""

    words: tuple[tuple[_Word, ...], ...]  # for each place the words that may stand there
    gaps: tuple[bool, ...]
    group: str


class WordGroups:
    """Groups of words, compiled once; scanning a message costs a few dictionary look-ups a word."""

    def __init__(
        self, groups: Mapping[str, Iterable[str]], *, known: Iterable[str] = (), ignored: Iterable[str] = ()
    ) -> None:
        """``known``: folded words that are spelt as meant and must not be repaired into a word of a group;
        ``ignored``: terms in which no group is found ("guten Morgen" is not tomorrow).
        """
        self._forms: dict[str, set[str]] = {}
        self._stems: dict[str, set[str]] = {}
        self._prefixes: dict[str, list[tuple[str, str]]] = {}
        self._suffixes: dict[str, list[tuple[str, str]]] = {}
        self._phrases: dict[str, list[_Phrase]] = {}
        self._anywhere: list[_Phrase] = []  # begin with a star or a number
        self._repairs: dict[str, list[str]] = {}
        self._known = frozenset(known)
        targets: set[str] = set()
        for group, terms in {**groups, _IGNORED: ignored}.items():
            for term in terms:
                self._add(group, term, targets)
        for target in sorted(targets):
            self._repairs.setdefault(target[0], []).append(target)
        self._own = {stem(target) for target in targets}

    def _add(self, group: str, term: str, targets: set[str]) -> None:
        places, gaps = _parse(term)
        targets.update(
            word.form
            for words in places
            for word in words
            if word.kind == "word" and len(word.form) >= _REPAIRED and word.form.isalpha()
        )
        if len(places) > 1:
            self._add_phrase(_Phrase(places, gaps, group))
            return
        for word in places[0] if places else ():
            match word.kind:
                case "prefix":
                    self._prefixes.setdefault(word.form[:_EDGE], []).append((word.form, group))
                case "suffix":
                    self._suffixes.setdefault(word.form[-_EDGE:], []).append((word.form, group))
                case _:
                    self._forms.setdefault(word.form, set()).add(group)
                    if word.stem:
                        self._stems.setdefault(word.stem, set()).add(group)

    def _add_phrase(self, phrase: _Phrase) -> None:
        heads = phrase.words[0]
        if any(head.kind != "word" or head.form == NUMBER for head in heads):
            self._anywhere.append(phrase)
            return
        for key in {key for head in heads for key in (head.form, head.stem)} - {""}:
            self._phrases.setdefault(key, []).append(phrase)

    def scan(self, message: Message) -> Found:
        """Every group that occurs in ``message``."""
        spans: dict[str, list[Span]] = {}
        numbers: dict[str, set[int]] = {}
        words = [self._spelt(word) for word in message.words]
        for number, (form, stem_) in enumerate(words):
            for group in self._groups_of(form, stem_):
                spans.setdefault(group, []).append((number, number + 1))
                numbers.setdefault(group, set()).add(number)
            heads = self._phrases.get(form, ())
            if stem_ not in {"", form}:
                heads = (*heads, *self._phrases.get(stem_, ()))
            for phrase in (*heads, *self._anywhere):
                places = _follow(phrase, words, number, _sentence_end(message, number))
                if places:
                    spans.setdefault(phrase.group, []).append((number, places[-1] + 1))
                    numbers.setdefault(phrase.group, set()).update(places)
        ignored = numbers.pop(_IGNORED, None)
        spans.pop(_IGNORED, None)
        if ignored:
            numbers = {group: kept for group, found in numbers.items() if (kept := found - ignored)}
            spans = {
                group: kept
                for group, found in spans.items()
                if (kept := [span for span in found if ignored.isdisjoint(range(*span))])
            }
        return Found(
            {group: tuple(dict.fromkeys(found)) for group, found in spans.items()},
            {group: frozenset(found) for group, found in numbers.items()},
        )

    def _groups_of(self, form: str, stem_: str) -> set[str]:
        groups = set(self._forms.get(form, ()))
        groups |= self._stems.get(stem_, set())
        groups |= {group for start, group in self._prefixes.get(form[:_EDGE], ()) if form.startswith(start)}
        groups |= {group for end, group in self._suffixes.get(form[-_EDGE:], ()) if form.endswith(end)}
        if form.isdigit():
            groups |= self._forms.get(NUMBER, set())
        return groups

    def _spelt(self, word: Word) -> tuple[str, str]:
        """The form and stem to compare: those of the nearest word of a group when ``word`` is a typo of it."""
        form = word.form
        if len(form) <= _AS_IT_IS or form in INVARIABLE:
            return form, ""
        if (
            len(form) < _REPAIRED
            or not form.isalpha()
            or word.stem in self._own
            or form in self._known
            or form in self._forms
        ):
            return form, word.stem
        near = process.extractOne(
            form,
            self._repairs.get(form[0], ()),
            scorer=OSA.distance,
            score_cutoff=2 if len(form) >= _TWO_TYPOS else 1,
        )
        if near is None or len(near[0]) < _TWO_TYPOS - 1 < len(form):
            return form, word.stem
        return near[0], stem(near[0])


def _parse(term: str) -> tuple[tuple[tuple[_Word, ...], ...], tuple[bool, ...]]:
    places: list[tuple[_Word, ...]] = []
    gaps: list[bool] = []
    gap = False
    for piece in term.replace("…", " … ").replace("-", " ").split():
        if piece == "…":
            gap = True
            continue
        places.append(tuple(_word(fold(part)) for part in piece.split("/") if part))
        gaps.append(gap)
        gap = False
    return tuple(places), tuple(gaps)


def _word(folded: str) -> _Word:
    if folded in {DATE, TIME, NUMBER}:
        return _Word(folded, "", "word")
    if folded.endswith("*"):
        return _Word(folded[:-1], "", "prefix")
    if folded.startswith("*"):
        return _Word(folded[1:], "", "suffix")
    if folded.startswith("="):
        return _Word(folded[1:], "", "word")
    as_it_is = len(folded) <= _AS_IT_IS or folded in INVARIABLE
    return _Word(folded, "" if as_it_is else stem(folded), "word")


def _sentence_end(message: Message, number: int) -> int:
    for sentence in message.sentences:
        if number < sentence.last:
            return sentence.last
    return len(message.words)


def _follow(phrase: _Phrase, words: list[tuple[str, str]], start: int, last: int) -> list[int]:
    """The numbers of the words of ``phrase`` when it begins at ``start``; empty when it does not."""
    if not any(word.fits(*words[start]) for word in phrase.words[0]):
        return []
    places = [start]
    for options, gap in zip(phrase.words[1:], phrase.gaps[1:], strict=True):
        at = places[-1] + 1
        reach = min(last, at + _GAP + 1) if gap else min(last, at + 1)
        while at < reach and not any(word.fits(*words[at]) for word in options):
            at += 1
        if at >= reach:
            return []
        places.append(at)
    return places
