"""A message that continues the question before it: "und wie lange dauert das?", "und bei Duldung?", "wo?".

Two kinds. Either the message asks something new of the same subject ("was kostet das?"): then the subject of the last
answer is carried over. Or it asks the same of another subject ("und bei Duldung?"): then what was asked is carried over,
without the words that the new subject replaces.
"""

from dataclasses import dataclass

from knowledge.function_words import QUESTION_WORDS
from knowledge.language import fold, stem
from knowledge.message import Message, Word, read
from knowledge.smalltalk import strip_courtesy
from knowledge.subject import content, topics

_LEADING = frozenset(
    "und aber ok okay also dann ach aha ja gut danke super oder hm nochmal noch achso".split()
)
_SAME_OF_OTHER = frozenset("bei fur mit ohne wenn auch als nach vor in im ab unter".split())
_POINTING = frozenset(
    "das dies dafur dabei dazu davon damit daruber es dann da er ihn ihm ihr dessen deren dort denn dasselbe".split()
)
_LONGEST = 9  # words: a longer message tells its own subject
_MOST_TOPICS = 2
_WHICH = frozenset("welche welcher welches welchen welchem wieviel wieviele".split())
_BARE = 2  # words of a question that cannot stand alone: "welche Unterlagen?"
_SHORT = 4  # words of an ellipsis: "bei Minderjährigen auch?"

# Words of the title that name nobody in particular.
_GENERAL = frozenset(
    stem(fold(word)) for word in "Person Personen Betrieb Fall Mensch Menschen jemand genau Firma".split()
)
# Within a category one word replaces the other.
_CATEGORIES = tuple(
    frozenset(stem(fold(word)) for word in words.split())
    for words in (
        """Duldung geduldet Geduldete Geduldeter Gestattung gestattet Asylbewerber Asylbewerberin Asylverfahren anerkannt Anerkannte
        Anerkannter Ukraine Ukrainer Ukrainerin Schutzberechtigte Aufenthaltserlaubnis Fiktionsbescheinigung Visum Aufenthaltsgestattung
        Ausbildungsduldung Beschäftigungsduldung Chancenaufenthalt Flüchtling Flüchtlinge Geflüchtete""",
        """Azubi Azubis Auszubildende Praktikant Praktikanten Mitarbeiter Minderjährige Minderjährigen Helfer Aushilfe Erwachsene Lehrling
        Fachkraft Frauen Mütter""",
        """EQ Einstiegsqualifizierung Ausbildung Praktikum Minijob Hospitation Probearbeiten Arbeit Zeitarbeit Ferienjob
        Nebenjob Studium Umschulung""",
        "Handwerk IHK HWK Pflege Gastronomie Bau Kita Büro Industrie",
    )
)


@dataclass(frozen=True, slots=True)
class FollowUp:
    """A message that continues; ``sure`` is false when it may also stand alone, and both should be searched."""

    text: str
    carried: tuple[str, ...]
    sure: bool

    @property
    def search(self) -> str:
        """What to search: the message with the words carried over."""
        return " ".join((self.text, *self.carried))


def follow_up(message: Message, last_title: str) -> FollowUp | None:
    """How ``message`` continues the question ``last_title`` answered just before; ``None`` when it stands alone."""
    words = message.words
    lead = 0
    while lead < len(words) and words[lead].form in _LEADING:
        lead += 1
    rest = words[lead:]
    if not words or len(rest) > _LONGEST:
        return None
    found = topics(rest)
    text = message.text[rest[0].start :].strip() if rest else message.text.strip()
    joined = any(word.form == "und" for word in words[:lead])
    if not found:
        return _of_same_subject(text, rest, last_title, joined=joined)
    if len(found) > _MOST_TOPICS:
        return None
    return _of_other_subject(text, rest, found, last_title, joined=joined)


def _of_same_subject(text: str, rest: tuple[Word, ...], title: str, *, joined: bool) -> FollowUp | None:
    """Something new is asked of what was spoken about."""
    asks = (
        any(word.form in QUESTION_WORDS or word.form in _POINTING for word in rest) or joined or content(rest)
    )
    if not asks:
        return None
    return FollowUp(text, _subject(title), sure=True)


def _of_other_subject(
    text: str, rest: tuple[Word, ...], found: tuple[Word, ...], title: str, *, joined: bool
) -> FollowUp | None:
    """The same is asked of something else, or something is asked with "das", "er", "dafür"."""
    elliptic = rest[0].form in _SAME_OF_OTHER and len(rest) <= _SHORT
    about = rest[0].form == "was" and any(
        word.form == "mit" for word in rest[:3]
    )  # "was ist mit Minderjährigen?"
    how_about = rest[0].form == "wie" and any(word.form in {"bei", "mit"} for word in rest[:6])
    if len(rest) <= _BARE and rest[0].form in _WHICH:
        return FollowUp(text, _subject(title, found), sure=True)  # "welche Papiere?"
    also = any(word.form == "auch" for word in rest) and any(word.form in _POINTING for word in rest)
    if elliptic or also or (joined and (about or how_about or len(rest) <= _SHORT)):
        return FollowUp(text, _asked(title, found), sure=(elliptic or joined) and not _is_whole(rest))
    if any(word.form in _POINTING for word in rest) or joined or about:
        return FollowUp(text, _subject(title, found), sure=False)
    return None


def _is_whole(rest: tuple[Word, ...]) -> bool:
    """Whether the words are a question of their own: "und was ist BAB?"."""
    return (
        rest[0].form in QUESTION_WORDS
        and len(rest) > 1
        and rest[1].form in {"ist", "sind", "bedeutet", "heisst", "macht"}
    )


def _subject(title: str, new: tuple[Word, ...] = ()) -> tuple[str, ...]:
    """What the last answer was about."""
    message = read(title)
    found = [word for word in topics(message.words) if word.stem not in _GENERAL and not _replaced(word, new)]
    return tuple(dict.fromkeys(message.text[word.start : word.end] for word in found))


def _asked(title: str, new: tuple[Word, ...]) -> tuple[str, ...]:
    """What the last question asked, without what the new subject replaces."""
    message = read(title)
    found = [
        word for word in content(message.words) if word.stem not in _GENERAL and not _replaced(word, new)
    ]
    return tuple(dict.fromkeys(message.text[word.start : word.end] for word in found))


def _replaced(word: Word, new: tuple[Word, ...]) -> bool:
    return any(
        word.stem in category and any(other.stem in category for other in new) for category in _CATEGORIES
    )


def continues(text: str, last_title: str) -> FollowUp | None:
    """As :func:`follow_up`, for a text as typed: courtesy around it is left out."""
    message = read(text)
    stripped = strip_courtesy(message)
    return follow_up(read(stripped), last_title) if stripped else None
