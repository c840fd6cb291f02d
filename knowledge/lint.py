"""Problems beyond the form: what makes an entry wrong, unprovable, too long or impossible to find.

``lint`` looks at knowledge that was read without a problem. Problems stop a reload; notices are for the editors' list
of things to do. Nothing here asks the clock: whether an entry is overdue is said when it is shown.
"""

from collections.abc import Iterator
from datetime import date

from knowledge import evidence, likeness, markup, plain_words, references
from knowledge.checklist import QUESTIONS_FILE, Checklist, read_checklist
from knowledge.entry import Entry, EntryId, Knowledge
from knowledge.evidence import Evidence
from knowledge.law_watch import read_watch
from knowledge.positions import Positions, Remark
from knowledge.problems import Findings, Problem
from knowledge.questions import GOLDEN_FILE, Questions, read_questions
from knowledge.questions import notices as measuring_nothing
from knowledge.registers import Registers
from knowledge.schema import LAENDER
from knowledge.source import FAQ_FOLDER, PAGES_FILE, TextFile
from knowledge.wording import Wording
from knowledge.wordlists import HANDOVER_FILE, MAX_NOTE, SYNONYMS_FILE

MAX_MESSAGE = 4096  # code points after parsing, Bot API "sendMessage"
SHIPPED_PHRASINGS = 12  # docs/knowledge-format.md; the form itself demands fewer
LONGEST_REVIEW = 18  # months from the statutes that were read to the review
_OWN_WORDS = (
    300  # headings, warnings and dates that the bot adds to an answer; a test compares with the rendering
)
_OWN_WORDS_VARIANT = len("📍 Gilt für : \n\n") + max(map(len, LAENDER.values()))
_SHOWN_VARIANTS = 2  # so many are shown at once to who has not said a Land; of more, that of one Land
_OWN_WORDS_VARIES = 200 + sum(
    len(name) + 2 for name in LAENDER.values()
)  # that it differs, and where it is known


def lint(knowledge: Knowledge, files: tuple[TextFile, ...], measured: Evidence | None = None) -> Findings:
    """What is wrong and what should be better in ``knowledge``, which was read from ``files``.

    ``measured``: what the search makes of the phrasings, where somebody has measured it; only notices come from it.
    """
    by_name = {file.name: file.content for file in files}
    checklist, broken = read_checklist(by_name)
    at = Positions.of(files)
    wording = Wording.of(knowledge.synonyms.hidden)
    registers = Registers(knowledge.entries.values())
    watch, _ = read_watch(by_name)  # what is wrong with the file itself was said when it was read
    problems = [*broken]
    notices: list[Problem] = []
    for entry in knowledge.entries.values():
        problems += [at.in_entry(entry.id, remark) for remark in _problems(entry, checklist, wording)]
        problems += [at.in_entry(entry.id, _cited(*found)) for found in watch.problems(entry)]
        notices += [at.in_entry(entry.id, remark) for remark in _notices(entry, wording, registers)]
        notices += [at.in_entry(entry.id, _cited(*found)) for found in watch.notices(entry)]
    problems += _around(knowledge, wording, at)
    for grave, remark, owner in _alike(knowledge):
        (problems if grave else notices).append(at.in_entry(owner, remark))
    problems += _unanswered(knowledge, checklist, at)
    notices += [at.in_entry(entry, remark) for entry, remark in _lonely(knowledge)]
    questions, twice = read_questions(by_name)
    problems += twice
    notices += measuring_nothing(questions, knowledge.entries.values())
    notices += [at.in_entry(entry, remark) for entry, remark in _unasked(knowledge, questions)]
    if measured is not None:
        found = evidence.notices(knowledge, questions.golden, measured)
        notices += [at.in_entry(entry_id, remark) for entry_id, remark in found]
    return Findings(tuple(sorted(problems)), tuple(sorted(notices)))


def longest(entry: Entry) -> int:
    """At least the code points of the message with this answer, whatever the bot adds to it on any day."""
    texts = (entry.answer, entry.details)
    variants = sorted((len(markup.visible(variant.text)) for variant in entry.variants), reverse=True)
    lines = (
        entry.title,
        entry.unverified,
        *entry.legal_basis,
        entry.programme,
        *(link.name for link in entry.sources),
    )
    separators = len(", ") * len(entry.legal_basis) + len(" · 🔗 ") * len(entry.sources)
    return (
        sum(len(markup.visible(text)) for text in texts)
        + sum(map(len, lines))
        + separators
        + max(_by_land(variants))
        + _OWN_WORDS
        + MAX_NOTE
    )


def _by_land(lengths: list[int]) -> tuple[int, int]:
    """The longest variants that stand in one message, and the sentence that stands there instead of them."""
    at_once = lengths if len(lengths) <= _SHOWN_VARIANTS else lengths[:1]
    shown = sum(length + _OWN_WORDS_VARIANT for length in at_once)
    return shown, _OWN_WORDS_VARIES if lengths else 0


def _problems(entry: Entry, checklist: Checklist, wording: Wording) -> Iterator[Remark]:
    yield from references.problems(entry, checklist.official)
    yield from _dates(entry)
    if not entry.title.endswith("?"):
        yield Remark(
            "Der Titel ist keine Frage. Bitte so fragen, wie ein Betrieb fragt, mit „?“.", ("titel",)
        )
    for text, path in _shown(entry):
        yield from wording.problems(text, *path)
    if (length := longest(entry)) > MAX_MESSAGE:
        message = (
            f"Mit Varianten und Quellen wird die Antwort bis zu {length} Zeichen lang, Telegram nimmt {MAX_MESSAGE}. "
            "Bitte „details“, Varianten oder Fundstellen kürzen, oder den Eintrag teilen."
        )
        yield Remark(message, ("antwort",))
    if checklist.questions is not None:
        for number, question in enumerate(entry.facts):
            if question not in checklist.questions:
                message = f"Die Frage {question} gibt es in {QUESTIONS_FILE} nicht. Nummer berichtigen oder dort ergänzen."
                yield Remark(message, ("fakten", number))


def _cited(message: str, number: int) -> Remark:
    return Remark(message, ("rechtsgrundlage", number))


def _dates(entry: Entry) -> Iterator[Remark]:
    """Whether the review comes after the reading, and not too late."""
    year, month = map(int, entry.as_of.split("-"))
    months = (entry.review_by.year - year) * 12 + entry.review_by.month - month
    if entry.review_by < date(year, month, 1):
        yield Remark(
            f"„pruefen_bis“ liegt vor dem Stand {entry.as_of}. Eines von beiden stimmt nicht.",
            ("pruefen_bis",),
        )
    elif months > LONGEST_REVIEW:
        yield Remark(
            f"„pruefen_bis“ liegt {months} Monate nach dem Stand {entry.as_of}; höchstens {LONGEST_REVIEW} sind möglich.",
            ("pruefen_bis",),
        )


def _notices(entry: Entry, wording: Wording, registers: Registers) -> Iterator[Remark]:
    if len(entry.phrasings) < SHIPPED_PHRASINGS:
        message = f"Nur {len(entry.phrasings)} Formulierungen; ab {SHIPPED_PHRASINGS} wird die Frage verlässlich gefunden."
        yield Remark(message, ("formulierungen",))
    elif missing := tuple(registers.missing(entry)):
        yield Remark(f"Keine Formulierung {'; keine '.join(missing)}. Bitte ergänzen.", ("formulierungen",))
    if not entry.related:
        yield Remark(
            "Kein „verwandt“: Unter der Antwort steht keine nächste Frage. Bitte eine bis vier nennen."
        )
    yield from plain_words.notices(entry)
    for text, path in _shown(entry):
        if path[0] != "quellen":  # a page is called as its publisher calls it
            yield from wording.notices(text, *path)


def _shown(entry: Entry) -> Iterator[tuple[str, tuple[str | int, ...]]]:
    """Every text of an entry that employers read, as HTML, and its field."""
    yield entry.title, ("titel",)
    yield entry.answer, ("antwort",)
    yield entry.details, ("details",)
    yield entry.programme, ("programm",)
    yield entry.unverified, ("ungeprueft",)
    for number, link in enumerate(entry.sources):
        yield link.name, ("quellen", number, "name")
    for number, variant in enumerate(entry.variants):
        yield variant.text, ("varianten", number, "text")


def _around(knowledge: Knowledge, wording: Wording, at: Positions) -> Iterator[Problem]:
    """What must not be said in the texts around the entries: topics, pages, questions back, first aid."""
    for topic in knowledge.topics:
        file = at.file_of(topic.entries[0].id) if topic.entries else FAQ_FOLDER
        for remark in wording.problems(topic.title, "titel"):
            yield at.in_file(file, remark)
    for number, page in enumerate(knowledge.pages):
        where = ("seiten", number)
        for text, path in (
            (page.title, (*where, "titel")),
            (page.intro, (*where, "einleitung")),
            *(
                (part.title, (*where, "abschnitte", place, "titel"))
                for place, part in enumerate(page.sections)
            ),
        ):
            for remark in wording.problems(text, *path):
                yield at.in_file(PAGES_FILE, remark, owner=page.id)
    leaders: dict[str, tuple[str, ...]] = {}  # every text of a question back → where the question stands
    for word, back in knowledge.synonyms.ambiguous.items():
        for text in (back.question, *(label for label, _ in back.options)):
            leaders.setdefault(text, ("mehrdeutig", word))
    if general := knowledge.synonyms.general:
        for text in (general.question, *(label for label, _ in general.options)):
            leaders.setdefault(text, ("allgemein",))
    for text, above in leaders.items():
        for remark in wording.problems(text, *above):
            yield at.in_file(SYNONYMS_FILE, remark, owner=above[-1])
    triggers = knowledge.triggers
    for part, listed in (
        ("gefahr", triggers.danger),
        ("dringend", triggers.urgent),
        ("uebergabe", triggers.hand_over),
        ("nachbarthemen", triggers.neighbours),
    ):
        for number, trigger in enumerate(listed):
            for remark in wording.problems(trigger.first_aid, part, number, "hinweis"):
                yield at.in_file(HANDOVER_FILE, remark, owner=trigger.id)


def _alike(knowledge: Knowledge) -> Iterator[tuple[bool, Remark, EntryId]]:
    """Phrasings that belong to two entries: the same words are a problem, nearly the same a notice."""
    for pair in likeness.near(tuple(knowledge.entries.values())):
        where = ("titel",) if pair.other.number is None else ("formulierungen", pair.other.number)
        how = "besteht aus denselben Wörtern wie" if pair.same else "ist fast gleich wie"
        message = (
            f"„{pair.other.text}“ {how} „{pair.one.text}“ bei „{pair.one.entry}“. "
            "Eine von beiden ändern oder löschen, damit klar ist, welche Antwort gemeint ist."
        )
        yield pair.same, Remark(message, where), pair.other.entry


def _unanswered(knowledge: Knowledge, checklist: Checklist, at: Positions) -> Iterator[Problem]:
    answered = {question for entry in knowledge.entries.values() for question in entry.facts}
    for number, question in enumerate(checklist.questions or ()):
        if question not in answered:
            message = (
                f"Die Frage {question} beantwortet kein Eintrag. Einen Eintrag mit „fakten: [{question}]“ schreiben; "
                "fällt sie mit Absicht weg, die Nummer hier löschen."
            )
            yield at.in_file(QUESTIONS_FILE, Remark(message, ("fragen", number)))


def _lonely(knowledge: Knowledge) -> Iterator[tuple[EntryId, Remark]]:
    """Entries that no other entry, page or trigger leads to: they are found by search and topic only."""
    linked = {related for entry in knowledge.entries.values() for related in entry.related}
    linked |= {entry for page in knowledge.pages for part in page.sections for entry in part.entries}
    triggers = knowledge.triggers
    for trigger in (*triggers.danger, *triggers.urgent, *triggers.hand_over):
        linked |= set(trigger.entries)
    for entry in knowledge.entries:
        if entry not in linked:
            message = (
                "Zu diesem Eintrag führt kein „verwandt“ eines anderen. Bitte bei einem passenden ergänzen."
            )
            yield entry, Remark(message, ("id",))


def _unasked(knowledge: Knowledge, questions: Questions) -> Iterator[tuple[EntryId, Remark]]:
    """Entries that no golden question asks for, when there are golden questions at all."""
    asked = {fact for question in questions.golden for fact in question.facts}
    for entry in knowledge.entries.values():
        if asked and asked.isdisjoint(entry.facts):
            message = f"Keine Prüffrage in {GOLDEN_FILE} fragt nach diesem Eintrag. Bitte dort eine ergänzen."
            yield entry.id, Remark(message, ("fakten",))
