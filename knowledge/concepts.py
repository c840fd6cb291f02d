"""Words that mean the same: the bot's own German word fields, and the groups and abbreviations of the editors.

A word that belongs to a group gets the group's name as a further feature ("cost" for Preis, Gebühr, teuer). How much such
a name says is learnt from the FAQ (``knowledge.head``), so a group that is too wide does little harm.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from importlib.resources import files
from itertools import pairwise
from typing import Self

from knowledge.entry import Synonyms
from knowledge.function_words import FUNCTION_WORDS
from knowledge.language import stem, stems, words

Names = tuple[str, ...]

GROUP = "c:"  # near-synonyms
FIELD = "f:"  # the subject they belong to
SAME = "s:"  # a group of the editors: real synonyms


@dataclass(frozen=True, slots=True)
class Concepts:
    """Which names a word or a phrase stands for; immutable."""

    forms: Mapping[str, Names]  # folded word of the word fields → names
    stems: Mapping[str, Names]  # its stem → names, for inflected forms that are not listed
    phrases: Mapping[str, tuple[tuple[Names, Names], ...]]  # first stem → (stems of the phrase, names)
    known: frozenset[str]  # every folded word listed: German, hence no typo
    same: Mapping[str, Names] = field(default_factory=dict)  # stem → groups of the editors
    abbreviations: Mapping[Names, Names] = field(
        default_factory=dict
    )  # words of the short form → of the long form

    def with_synonyms(self, synonyms: Synonyms) -> Self:
        """These word fields and the editors' groups, abbreviations and words that are never shown."""
        same: dict[str, dict[str, None]] = {}
        phrases = {first: dict(found) for first, found in self.phrases.items()}
        known = set(self.known)
        for lead, others in synonyms.groups.items():
            name = SAME + " ".join(words(lead))
            for term in map(words, (lead, *others)):
                _add(term, (name,), {}, same, phrases)
                known.update(term)
        known.update(word for term in synonyms.hidden for word in words(term))
        return replace(
            self,
            phrases=_frozen_phrases(phrases),
            known=frozenset(known),
            same=_frozen(same),
            abbreviations={
                words(short): words(long) for short, long in synonyms.abbreviations.items() if words(short)
            },
        )

    def of_word(self, word: str, stem_: str) -> Names:
        """The names of one folded word; of a word that carries no topic only those listed for exactly this form."""
        listed = self.forms.get(word)
        if word in FUNCTION_WORDS:
            return listed or ()
        return (self.stems.get(stem_, ()) if listed is None else listed) + self.same.get(stem_, ())

    def of_phrases(self, stems_: Sequence[str]) -> Iterable[str]:
        """The names of the phrases that stand in a text of these stems."""
        for place, first in enumerate(stems_):
            for phrase, names in self.phrases.get(first, ()):
                if tuple(stems_[place : place + len(phrase)]) == phrase:
                    yield from names

    def long_forms(self, words_: Sequence[str]) -> Names:
        """The words that the abbreviations in a text stand for."""
        found = [self.abbreviations.get((word,), ()) for word in words_]
        found += [self.abbreviations.get(pair, ()) for pair in pairwise(words_)]
        return tuple(word for long in found for word in long)


@cache
def german() -> Concepts:
    """The word fields of ``lexicon.txt``."""
    forms: dict[str, dict[str, None]] = {}
    by_stem: dict[str, dict[str, None]] = {}
    phrases: dict[str, dict[Names, Names]] = {}
    known: set[str] = set()
    for line in files("knowledge").joinpath("lexicon.txt").read_text("utf-8").splitlines():
        name, colon, groups = line.partition(":")
        if not colon or line.startswith("#"):
            continue
        for number, group in enumerate(groups.split(",")):
            names = (f"{GROUP}{name}.{number}", FIELD + name)
            for term in (words(listed.replace("_", " ")) for listed in group.split()):
                _add(term, names, forms, by_stem, phrases)
                known.update(term)
    return Concepts(_frozen(forms), _frozen(by_stem), _frozen_phrases(phrases), frozenset(known))


def _add(
    term: Names,
    names: Names,
    forms: dict[str, dict[str, None]],
    by_stem: dict[str, dict[str, None]],
    phrases: dict[str, dict[Names, Names]],
) -> None:
    """Enter one term: a word by form and stem, a phrase by its stems."""
    match term:
        case ():
            return
        case (word,):
            forms.setdefault(word, {}).update(dict.fromkeys(names))
            by_stem.setdefault(stem(word), {}).update(dict.fromkeys(names))
        case _:
            phrase = stems(term)
            found = phrases.setdefault(phrase[0], {})
            found[phrase] = tuple(dict.fromkeys((*found.get(phrase, ()), *names)))


def _frozen(names: Mapping[str, Iterable[str]]) -> Mapping[str, Names]:
    return {word: tuple(found) for word, found in names.items()}


def _frozen_phrases(
    phrases: Mapping[str, Mapping[Names, Names]],
) -> Mapping[str, tuple[tuple[Names, Names], ...]]:
    return {first: tuple(found.items()) for first, found in phrases.items()}
