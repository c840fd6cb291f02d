"""Which language a message is in, when it is not German: by script, else by its little words.

Little words ("the", "için", "czy") decide, never names or single letters: "Ayşe Yıldız hat eine Duldung" is German. A
message of one word must be unmistakable.
"""

import re
from enum import StrEnum

from knowledge.function_words import FUNCTION_WORDS
from knowledge.language import fold, fold_word
from knowledge.message import Message


class Language(StrEnum):
    """A language that is recognised; the value is its ISO 639-1 code."""

    ENGLISH = "en"
    TURKISH = "tr"
    ARABIC = "ar"
    PERSIAN = "fa"
    UKRAINIAN = "uk"
    RUSSIAN = "ru"
    POLISH = "pl"
    OTHER = "other"  # a script none of these is written in


_WORDS = {
    Language.ENGLISH: """
        the is are can could may my what how when where who which does did have has i you we he she it they for with from of
        to and or if need want work working worker permit permission refugee refugees employee employer employees apprentice
        apprenticeship trainee hire hiring please hello help thank thanks there this that not without about long much many take
        should would allowed get residence training company someone person people still before after start language course pay
        money school asylum seeker seekers expired card papers any your our his her them him me us be been do don't what's german
        job trial probation internship intern during contract by on at as than rules keep
        say says mean means happens difference between find money vocational speak know
    """,
    Language.TURKISH: """
        bir ve için icin ile mi mı mu mü ne nasıl nasil nerede var yok ben biz siz bu şu evet hayır hayir teşekkürler tesekkurler
        teşekkür tesekkur ederim lütfen lutfen istiyorum almanca meslek eğitimi eğitim egitimi olur miyim mıyım mülteci multeci
        mülteciler kaç kac zaman gerekli gibi ama değil degil kadar çok cok daha nedir günaydın merhaba selam çalışma çalışmak
        çalışabilir calisabilir calisma izni izin iş işçi yardım yardim eder misiniz lazım lazim hangi veya şirket işveren
        nasılsın nasilsin nasılsınız nasilsiniz iyi alabilir yapabilir almak yapmak olarak bir soru sorum eleman usta çırak cirak arıyorum ariyorum maaş belge belgeler gerek lazim yapmam vize oturum mülteciyi çalıştırabilir bana bize sonra önce
    """,
    Language.POLISH: """
        czy jest się jak nie dla może mogę moge pracować pracowac praca pracę prace pracy proszę prosze dziękuję dziekuje dzień dobry
        cześć czesc gdzie kiedy ile mam chcę chce uchodźca uchodźcy uchodzca uchodźców pan pani potrzebuję potrzebuje pozwolenie
        pozwolenia jaki jakie jaka który która oraz ale przez witam zatrudnić zatrudnic po polsku tak pracownika pracownik uczeń ucznia
        nauka nauki zawodu jestem mamy można mozna musi muszę ukrainy firma pomoc jego moja mój tego
        szukam szukamy potrzebujemy pomocy pytanie pytania pracowników pracownika umowa umowę dokumenty dokumentów praktyki praktykant praktykanta
        dziękujemy firmie zawodowa wiza pobytu kurs niemieckiego proszę uczyć zarabia kosztuje trwa długo ile
    """,
}
_LISTS = {
    language: frozenset(words.split()) | frozenset(fold(word) for word in words.split())
    for language, words in _WORDS.items()
}
# One such word alone is enough. Short words that German also has are no evidence of English.
_UNMISTAKABLE = {
    Language.ENGLISH: frozenset("please refugee refugees apprenticeship employer hiring".split()),
    Language.TURKISH: frozenset(
        "merhaba teşekkürler tesekkurler lütfen lutfen mülteci çalışma günaydın".split()
    ),
    Language.POLISH: frozenset("dziękuję dziekuje proszę prosze cześć czesc witam dzień pozwolenie".split()),
}
_ALSO_GERMAN = frozenset(
    "in an so was am war will man hat die also all bin mag do he me not is it her his start job team training test help hi ok"
    " person school start intern on at as us any by trainee work travel and kurs firma vize pan tag dem den der mit du ne ben var da ale mi mu bu say papers".split()
)
_SPECIAL = {Language.TURKISH: frozenset("ığşİ"), Language.POLISH: frozenset("łąęśćżźńŁŚŻŹ")}
_ENOUGH = 2
_SHORT = 3  # words: so short a message may be told by all of its words

_UKRAINIAN_LETTERS = frozenset("іїєґ")
_RUSSIAN_LETTERS = frozenset("ыэъё")
_UKRAINIAN_WORDS = frozenset(
    "дякую добрий доброго як що чи будь ласка та але треба коли хочу робота мене можна навчання допомога".split()
)
_PERSIAN_LETTERS = frozenset("پچژگکی")
_ARABIC_LETTERS = frozenset("كيىة")
_LATIN = "latin"
_OTHER_SCRIPTS = re.compile(r"(?![\u1e00-\u1eff])[^\W\d_\u0000-\u024f]")
# Unicode blocks, the frequent ones first.
_BLOCKS = (
    (_LATIN, range(0x250)),
    ("cyrillic", range(0x400, 0x530)),
    ("arabic", range(0x600, 0x700)),
    ("arabic", range(0x750, 0x780)),
    (_LATIN, range(0x1E00, 0x1F00)),
    ("arabic", range(0xFB50, 0xFE00)),
    ("arabic", range(0xFE70, 0xFEFF)),
    (_LATIN, range(0xFF21, 0xFF5B)),  # full width
    (_LATIN, range(0x1D400, 0x1D800)),  # mathematical letters: Latin in fancy dress
)


def recognise(message: Message) -> Language | None:
    """The language of ``message`` when it is another one than German; ``None`` for German and for what cannot be told."""
    if not _OTHER_SCRIPTS.search(message.text):
        return _latin(message)
    scripts: dict[str, int] = {}
    for char in message.text:
        if char.isalpha():
            script = _script(char)
            scripts[script] = scripts.get(script, 0) + 1
    main = max(scripts, key=lambda script: scripts[script], default="")  # counting rods have no letters
    if main == "cyrillic":
        return _cyrillic(message.text.lower())
    if main == "arabic":
        persian = sum(char in _PERSIAN_LETTERS for char in message.text)
        return (
            Language.PERSIAN
            if persian > sum(char in _ARABIC_LETTERS for char in message.text)
            else Language.ARABIC
        )
    return _latin(message) if main == _LATIN else Language.OTHER


def _script(char: str) -> str:
    code = ord(char)
    return next((script for script, block in _BLOCKS if code in block), "other")


def _cyrillic(text: str) -> Language:
    if _UKRAINIAN_LETTERS.intersection(text):
        return Language.UKRAINIAN
    if _RUSSIAN_LETTERS.intersection(text):
        return Language.RUSSIAN
    words = "".join(char if char.isalpha() else " " for char in text).split()
    return Language.UKRAINIAN if _UKRAINIAN_WORDS.intersection(words) else Language.RUSSIAN


def _latin(message: Message) -> Language | None:
    spans = dict.fromkeys((word.start, word.end) for word in message.words)
    typed = [message.text[start:end].lower() for start, end in spans]
    german = sum(fold_word(word) in FUNCTION_WORDS for word in typed)
    best: Language | None = None
    most = 0
    for language, words in _LISTS.items():
        if words.isdisjoint(typed):
            continue  # the usual case, and the quick one
        sure = sum(word in words and word not in _ALSO_GERMAN for word in typed)
        score = sure + sum(word in words and word in _ALSO_GERMAN for word in typed)
        special = _SPECIAL.get(language, frozenset())
        score += sum(bool(special.intersection(word)) and word not in words for word in typed) if sure else 0
        enough = (
            sure >= _ENOUGH
            or bool(_UNMISTAKABLE[language].intersection(typed))
            or (sure and score == len(typed) <= _SHORT)
        )
        shared = sum(word in words and fold_word(word) in FUNCTION_WORDS for word in typed)
        if enough and score > german - shared and score > most:
            best, most = language, score
    return best
