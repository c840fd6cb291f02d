"""Several questions in one message, told apart.

"Brauche ich eine Erlaubnis und wie lange dauert das?" asks two things; "Pass und Identität" is one. A message is cut
between sentences that ask, at the numbers or dashes of a list, and within a sentence before "und", "oder" or a comma when a
whole question follows. What is told before a question stays with it.
"""

import re
from dataclasses import dataclass
from itertools import pairwise

from knowledge.function_words import QUESTION_WORDS
from knowledge.language import fold
from knowledge.message import Message, Sentence, Word, read
from knowledge.subject import content, stands_alone, subject, uses_capitals

MOST_QUESTIONS = 4  # more in one message are read as one

_ITEM = re.compile(r"(?:^|(?<=[\s:;]))(?:\(?(?:[1-9]|[a-e])[.)]|[-•*–])\s+(?=\S)", re.MULTILINE)
_JOINING = frozenset({"und", "oder", "sowie", "ausserdem", "aber", "also", "dann", "noch", "auch"})
_LEADING = re.compile(r"^\s*(?:(?:und|aber|oder|also|dann)\b[\s,:]*){1,3}(?=\S)", re.IGNORECASE)
_EMBEDDING = frozenset({"ob", "wissen", "fragen"})
# Finite verbs that begin a question when they come first, with the subject after them.
_VERBS = frozenset(
    fold(verb)
    for verb in """
    darf dürfen durfte dürfte kann können könnte könnten muss müssen müsste soll sollen sollte sollten ist sind wird werden hat gibt gilt
    gelten brauche braucht brauchen benötige benötigt bekomme bekommt bekommen zahlt zahle zahlen bezahlt reicht geht lohnt zählt dauert
    kostet wäre hätte bin habe haben verliert entscheidet übernimmt hilft stimmt
    """.split()
)
_SUBJECTS = frozenset(
    fold(word)
    for word in """
    ich er sie es wir man der die das den dem ein eine einen kein keine mein meine meinen meinem unser unsere dieser diese jemand
    azubi azubis auszubildende geflüchtete flüchtlinge asylbewerber geduldete betrieb ihk hwk kammer agentur dafür dann da auch noch
    """.split()
)
# "Habe einen Bewerber" tells, "habe ich einen Anspruch" asks.
_FIRST_PERSON_VERBS = frozenset(
    {"habe", "haben", "brauche", "brauchen", "benotige", "bekomme", "zahle", "bin"}
)
_FIRST_PERSON = frozenset({"ich", "wir", "die", "sie"})
_NO_QUESTION = QUESTION_WORDS | _JOINING | {"nicht", "nichts"}
# "Ich habe zwei Fragen" announces questions and is none.
_ANNOUNCED = frozenset(
    {
        "frage",
        "fragen",
        "kurze",
        "zwei",
        "drei",
        "vier",
        "folgende",
        "folgendes",
        "wissen",
        "mochte",
        "wollte",
        "gern",
    }
)
_LEAST = 2  # words of a question


@dataclass(frozen=True, slots=True)
class Part:
    """One question of a message."""

    text: str  # the question as typed
    context: str = ""  # what was told before it
    carried: tuple[str, ...] = ()  # the subject of the question before it, when it has none of its own

    @property
    def asks(self) -> str:
        """The question as typed, without the "und" that joins it to the one before."""
        return without_lead(self.text)

    @property
    def search(self) -> str:
        """The question with what it inherits, without the "und" that joins it to the one before."""
        return " ".join((self.asks, *self.carried))


def without_lead(text: str) -> str:
    """``text`` without the "und", "aber", "oder" it begins with."""
    return _LEADING.sub("", text)


def split(message: Message) -> tuple[Part, ...]:
    """The questions of ``message`` in order; one part (or none) when it asks one thing."""
    parts = _listed(message) or _in_sentences(message)
    if not 1 < len(parts) <= MOST_QUESTIONS:
        whole = message.text.strip()
        return (Part(whole),) if message.words else ()
    capitals = uses_capitals(message)
    return (parts[0], *(_inheriting(before, part, capitals=capitals) for before, part in pairwise(parts)))


def asked(message: Message) -> str:
    """The sentences of ``message`` that ask, when others tell something around them; empty otherwise."""
    if len(message.sentences) < _LEAST:
        return ""
    told = any(not _clauses(message, sentence) for sentence in message.sentences)
    return " ".join(part.text for part in _in_sentences(message)) if told else ""


def _inheriting(before: Part, part: Part, *, capitals: bool) -> Part:
    own = read(part.text)
    if stands_alone(own, own.words, capitals=capitals) or (
        part.context and content(read(part.context).words)
    ):
        return part
    earlier = read(before.text)
    return Part(part.text, part.context, subject(earlier, earlier.words))


def _listed(message: Message) -> list[Part]:
    """The items of a list: "1. … 2. …", "a) … b) …", lines with dashes."""
    marks = list(_ITEM.finditer(message.text))
    if len(marks) < _LEAST or not _in_order([mark.group().strip(" ()\n") for mark in marks]):
        return []
    ends = [*(mark.start() for mark in marks[1:]), len(message.text)]
    items = [message.text[mark.end() : end].strip() for mark, end in zip(marks, ends, strict=True)]
    if not all(len(read(item).words) >= _LEAST for item in items):
        return []
    return [Part(item.rstrip(" ,;")) for item in items]


def _in_order(marks: list[str]) -> bool:
    """Whether the marks count up (1. 2. / a) b)) or are all dashes: "am 1. September" is no list."""
    if all(not mark[0].isalnum() for mark in marks):
        return True
    return [mark[0] for mark in marks] in (list("12345678"[: len(marks)]), list("abcde"[: len(marks)]))


def _in_sentences(message: Message) -> list[Part]:
    parts: list[Part] = []
    context_from = -1
    for sentence in message.sentences:
        clauses = _clauses(message, sentence)
        if not clauses:
            if context_from < 0:
                context_from = sentence.start
            continue
        context = message.text[context_from : sentence.start].strip() if context_from >= 0 else ""
        context_from = -1
        for start, end in clauses:
            text = message.text[start:end].strip().rstrip(",; ")
            if _announces(text):
                continue
            parts.append(Part(text, context))
            context = ""
    return parts


def _announces(text: str) -> bool:
    """Whether ``text`` only says that questions follow."""
    if "?" in text:
        return False
    forms = [word.form for word in content(read(text).words)]
    return bool(forms) and _ANNOUNCED.issuperset(forms)


def _clauses(message: Message, sentence: Sentence) -> list[tuple[int, int]]:
    """The questions of one sentence as places in the text; empty when it asks nothing."""
    words = message.words
    starts = [sentence.first]
    for number in range(sentence.first + 1, sentence.last):
        joined = words[number - 1].form in {"und", "oder"}
        if not joined and number not in message.clauses:
            continue
        if number - starts[-1] > _LEAST and _asks(words, number, sentence.last, after_and=joined):
            starts.append(number)
    if len(starts) == 1 and not sentence.question and not _is_asked(words, sentence.first, sentence.last):
        return []
    if sentence.last - sentence.first < _LEAST and not content(words[sentence.first : sentence.last]):
        return []  # "Wirklich?"
    if len(starts) > 1 and not (
        _is_asked(words, starts[0], starts[1]) and _whole(words, starts[0], starts[1])
    ):
        del starts[1]  # what is told first belongs to the question after it
    ends = [*starts[1:], sentence.last]
    places: list[tuple[int, int]] = []
    for start, end in zip(starts, ends, strict=True):
        last = end
        while end < sentence.last and last > start and words[last - 1].form in _JOINING:
            last -= 1  # "… dauert und": the "und" belongs to neither half
        places.append((words[start].start, sentence.end if end == sentence.last else words[last - 1].end))
    return places


def _is_asked(words: tuple[Word, ...], first: int, last: int) -> bool:
    """Whether the words from ``first`` on ask something, directly or after "ich wollte fragen, ob"."""
    embedded = any(word.form in _EMBEDDING for word in words[first:last])
    return embedded or _asks(words, _lead(words, first, last), last, after_and=False)


def _lead(words: tuple[Word, ...], first: int, last: int) -> int:
    """The first of the words that is no "und", "aber", "also"."""
    number = first
    while number < last - 1 and words[number].form in _JOINING:
        number += 1
    return number


def _asks(words: tuple[Word, ...], number: int, last: int, *, after_and: bool) -> bool:
    """Whether a whole question begins at word ``number``."""
    rest = words[number:last]
    if len(rest) < _LEAST + (0 if after_and else 1):
        return False
    if after_and and rest[0].form == "ob":
        return len(rest) > _LEAST  # "… wie viel Urlaub er hat und ob er samstags arbeiten darf"
    if rest[0].form in QUESTION_WORDS:
        if not after_and and rest[1].form in _SUBJECTS:
            return False  # "…, was der Bot sagt", "…, warum er geflohen ist"
        return not all(word.form in _NO_QUESTION for word in rest)
    subjects = _FIRST_PERSON if rest[0].form in _FIRST_PERSON_VERBS else _SUBJECTS
    return rest[0].form in _VERBS and rest[1].form in subjects and len(rest) > _LEAST


def _whole(words: tuple[Word, ...], first: int, last: int) -> bool:
    """Whether the words before a cut are a question of their own: "wo" in "wo und wann muss ich …" is none."""
    rest = [
        word for word in words[first:last] if word.form not in _JOINING and word.form not in QUESTION_WORDS
    ]
    return len(rest) >= _LEAST
