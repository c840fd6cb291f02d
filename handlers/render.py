"""Domain → HTML. The only place that escapes; every text of a user or of a name passes through ``plain``."""

import html
import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date, datetime

from bot.library import Edition
from bot.model import Case, Key, Outgoing
from bot.workdays import BERLIN
from handlers import buttons, render_variants, texts, texts_finding, texts_promises
from handlers.buttons import Button
from knowledge.decision import Hit, OpenQuestion
from knowledge.entry import Entry, Knowledge, Page, Topic
from knowledge.news import News
from knowledge.schema import LAENDER

QUESTIONS_A_PAGE = 8
_TAG = re.compile(r"<[^>]+>")
_NUMBERS_A_ROW = 4
_LAWS = 3  # changed provisions that a warning names
_QUESTION = 120  # code points of an employer's question that is quoted back
_LABEL = 48  # code points of a button that most phones show without cutting
_ECHOED = 60  # code points of what somebody typed that are said back


def plain(text: str) -> str:
    """Any text as HTML that shows exactly this text."""
    return html.escape(text, quote=False)


def bare(markup: str) -> str:
    """The words of curated HTML without its marks."""
    return html.unescape(_TAG.sub("", markup)).strip()


def case_place(case: Case, edition: Edition) -> str:
    """A case's place in words, also when the regions changed meanwhile; not escaped."""
    found = edition.regions.by_key(case.place)
    return found.label if found else case.kreis


def deep_link(username: str, payload: str) -> str:
    """The address that opens the bot with /start and this payload (Bot API, deep linking)."""
    return f"https://t.me/{username}?start={payload}"


def key(label: str, button: Button) -> Key:
    """A button with this label."""
    return Key(label, data=buttons.encode(button))


def turning(page: int, pages: int, to: Callable[[int], Button]) -> tuple[Key, ...]:
    """The row that turns the pages of a list (counted from 0); ``to``: the button that shows a page."""
    back = (key("‹ vorige", to(page - 1)),) if page > 0 else ()
    return (*back, key("nächste ›", to(page + 1))) if page < pages - 1 else back


def shortened(text: str, longest: int) -> str:
    """``text`` cut at a word, with an ellipsis, when it is longer than ``longest`` code points."""
    if len(text) <= longest:
        return text
    cut = text.rfind(" ", 0, longest - 1)
    return text[: cut if cut > longest // 2 else longest - 1].rstrip(" ,;:–-") + "…"


def echoed(text: str) -> str:
    """What somebody typed, as HTML, so that they see what was not understood; its beginning will do."""
    return plain(shortened(text, _ECHOED))


def moment(at: datetime) -> str:
    """A moment as people in Germany read it."""
    return f"{at.astimezone(BERLIN):%d.%m.%Y, %H:%M} Uhr"


def answer(
    entry: Entry,
    knowledge: Knowledge,
    today: date,
    *,
    before: str = "",
    back: Button | None = None,
    land: str = "",
) -> Outgoing:
    """The curated answer word for word, with its legal basis, source and date; ``land``: where the firm is, if known."""
    overdue = today > entry.review_by
    changed = knowledge.under_review.get(entry.id, ())
    lotse_first = entry.hand_over or entry.urgent or bool(entry.unverified) or overdue or bool(changed)
    blocks = [before, f"<b>{plain(entry.title)}</b>", entry.answer]
    blocks += render_variants.by_land(entry, land)
    if entry.unverified:
        blocks.append(texts.UNVERIFIED.format(reason=plain(entry.unverified)))
    if changed:
        blocks.append(texts.LAW_CHANGED.format(laws=plain(", ".join(mark.name for mark in changed[:_LAWS]))))
    if overdue:
        blocks.append(texts.OVERDUE.format(date=f"{entry.review_by:%d.%m.%Y}"))
    if entry.details:
        blocks.append(f"<blockquote expandable><b>Mehr dazu</b>\n{entry.details}</blockquote>")
    blocks.append(_origin(entry))
    body = "\n".join(block for block in blocks[:3] if block)
    rest = "\n\n".join(block for block in blocks[3:] if block)

    lotse = key(texts.KEY_LOTSE_FIRST if lotse_first else texts.KEY_LOTSE, buttons.AskLotse())
    related = [
        (key(shortened(other.title, _LABEL), buttons.ShowEntry(other.id)),)
        for other in _related(entry, knowledge)
    ]
    rate = (
        key(texts.KEY_HELPED, buttons.Rate(entry.id, 1)),
        key(texts.KEY_NOT_HELPED, buttons.Rate(entry.id, 0)),
    )
    rows = [(lotse,), *related, rate] if lotse_first else [*related, rate, (lotse,)]
    if entry.variants:
        label = texts.KEY_MY_LAND if render_variants.is_asked(entry, land) else texts.KEY_OTHER_LAND
        rows.insert(1 if lotse_first else 0, (key(label, buttons.ChooseLand(entry.id)),))
    if back is not None:
        rows.append((key(texts.KEY_BACK, back),))
    return Outgoing(f"{body}\n\n{rest}", tuple(rows))


def land_keys(entry: Entry) -> tuple[tuple[Key, ...], ...]:
    """The Länder to choose from, two a row."""
    named = sorted(LAENDER.items(), key=lambda pair: pair[1])
    keys = [key(name, buttons.ForLand(entry.id, code)) for code, name in named]
    return tuple(tuple(keys[start : start + 2]) for start in range(0, len(keys), 2))


def _related(entry: Entry, knowledge: Knowledge) -> list[Entry]:
    found = (knowledge.get(other) for other in entry.related)
    return [other for other in found if other is not None]


def _origin(entry: Entry) -> str:
    basis = ", ".join((*entry.legal_basis, *([entry.programme] if entry.programme else ())))
    links = " · ".join(
        f'🔗 <a href="{html.escape(link.url)}">{plain(link.name)}</a>' for link in entry.sources
    )
    year, month = entry.as_of.split("-")
    # A draft may have neither basis nor source yet.
    lines = [f"📖 {plain(basis)}" if basis else "", links, f"🗓 Stand {month}/{year}"]
    return "\n".join(line for line in lines if line)


def did_you_mean(hits: Sequence[Hit], *, lotse: bool = False) -> Outgoing:
    """„Meinten Sie?“ with at most three choices and a way out; ``lotse``: a person too, after an unclear answer."""
    questions = "\n".join(f"{number}. {plain(hit.entry.title)}" for number, hit in enumerate(hits, 1))
    rows = [
        (key(f"{number} · {shortened(hit.entry.title, _LABEL)}", buttons.Choose(hit.entry.id)),)
        for number, hit in enumerate(hits, 1)
    ]
    rows.append((key(texts.KEY_NONE, buttons.NoneOfThese()),))
    if lotse:
        rows.append((key(texts.KEY_LOTSE, buttons.AskLotse()),))
    text = texts.DID_YOU_MEAN if len(hits) > 1 else texts.DID_YOU_MEAN_ONE
    return Outgoing(text.format(questions=questions), tuple(rows))


def still_open(questions: Sequence[OpenQuestion]) -> list[Outgoing]:
    """What of a message with several questions is not answered yet: for each what may fit, and once a person."""
    lost = [question for question in questions if not question.hits]
    offered = [question for question in questions if question.hits]
    said = [_one_of_several(question, lotse=not lost and question is offered[-1]) for question in offered]
    if lost:
        quoted = " ".join(_quoted(question) for question in lost)
        said.append(offer_lotse(texts.STILL_OPEN.format(questions=quoted)))
    return said


def _one_of_several(question: OpenQuestion, *, lotse: bool) -> Outgoing:
    choice = did_you_mean(question.hits, lotse=lotse)
    return replace(choice, html=texts.OPEN_CHOICE.format(question=_quoted(question), choice=choice.html))


def _quoted(question: OpenQuestion) -> str:
    return f"„{plain(shortened(question.text, _QUESTION))}“"


def same_answer(entry: Entry) -> Outgoing:
    """The same answer twice in a row: a person, or the answer once more."""
    rows = (
        (key(texts.KEY_LOTSE, buttons.AskLotse()),),
        (key(texts.KEY_SHOW_AGAIN, buttons.ShowEntry(entry.id)),),
        (key(texts.KEY_TOPICS, buttons.ShowTopics()),),
    )
    return Outgoing(texts.SAME_ANSWER.format(title=plain(entry.title)), rows)


def offer_lotse(text: str, *, topics: bool = True, later: bool = False) -> Outgoing:
    """A sentence of ours with the way to a person below it; ``later``: and the wish to be told when there is an answer."""
    rows = [(key(texts.KEY_LOTSE, buttons.AskLotse()),)]
    if later:
        rows.append((key(texts_promises.KEY_LATER, buttons.TellLater()),))
    if topics:
        rows.append((key(texts.KEY_TOPICS, buttons.ShowTopics()),))
    return Outgoing(text, tuple(rows))


def ask_back(question: str, options: Sequence[tuple[str, str]]) -> Outgoing:
    """One concrete question back, with the likeliest readings as buttons."""
    rows = [(key(shortened(label, _LABEL), buttons.Ask(text)),) for label, text in options]
    rows.append((key(texts.KEY_LOTSE, buttons.AskLotse()),))
    return Outgoing(plain(question), tuple(rows))


def start() -> Outgoing:
    """The greeting with three example questions."""
    rows = [(key(example, buttons.Ask(example)),) for example in texts.EXAMPLES]
    rows.append((key(texts.KEY_TOPICS, buttons.ShowTopics()),))
    return Outgoing(texts.START + texts.START_PRIVACY + texts.START_KEYS_HINT, tuple(rows))


def topics(knowledge: Knowledge, *, asked: bool = False, news: bool = False) -> Outgoing:
    """The topics menu: what is asked most (when enough was ``asked``), what is new, pages, then every topic."""
    rows = [(key(texts_finding.KEY_MOST_ASKED, buttons.MostAsked()),)] if asked else []
    rows += [(key(texts_finding.KEY_NEWS, buttons.ShowNews()),)] if news else []
    rows += [(key(shortened(page.title, _LABEL), buttons.ShowPage(page.id, -1)),) for page in knowledge.pages]
    rows += [
        (key(shortened(topic.title, _LABEL), buttons.ShowTopic(topic.id, 0)),) for topic in knowledge.topics
    ]
    rows.append((key(texts.KEY_LOTSE, buttons.AskLotse()),))
    return Outgoing(texts.TOPICS, tuple(rows))


def most_asked(entries: Sequence[Entry]) -> Outgoing:
    """The questions that are asked most, chosen by number."""
    rows = [*_numbered_keys(entries, 1), (key(texts.KEY_BACK, buttons.ShowTopics()),)]
    questions = _numbered(entries, 1)
    return Outgoing(texts.TOPIC.format(title=texts_finding.MOST_ASKED, questions=questions), tuple(rows))


def news(found: Sequence[News], knowledge: Knowledge) -> Outgoing:
    """Entries that are new or say something else, with the day they were taken over."""
    entries = [knowledge.entries[item.entry] for item in found]
    lines = [
        texts_finding.NEWS_LINE.format(
            number=number,
            title=plain(entry.title),
            what=texts_finding.NEWS_ADDED if item.added else texts_finding.NEWS_CHANGED,
            day=f"{item.at.astimezone(BERLIN):%d.%m.%Y}",
        )
        for number, (item, entry) in enumerate(zip(found, entries, strict=True), 1)
    ]
    rows = [*_numbered_keys(entries, 1), (key(texts.KEY_BACK, buttons.ShowTopics()),)]
    questions = "\n".join(lines) or texts_finding.NEWS_NONE
    return Outgoing(texts.TOPIC.format(title=texts_finding.NEWS, questions=questions), tuple(rows))


def topic(shown: Topic, page: int) -> Outgoing:
    """The questions of a topic, a page at a time, chosen by number."""
    pages = max(1, -(-len(shown.entries) // QUESTIONS_A_PAGE))
    page = min(max(page, 0), pages - 1)
    first = page * QUESTIONS_A_PAGE
    entries = shown.entries[first : first + QUESTIONS_A_PAGE]
    rows = _numbered_keys(entries, first + 1)
    turn = turning(page, pages, lambda number: buttons.ShowTopic(shown.id, number))
    rows += [turn, (key(texts.KEY_BACK, buttons.ShowTopics()),)]
    questions = _numbered(entries, first + 1)
    return Outgoing(texts.TOPIC.format(title=plain(shown.title), questions=questions), tuple(rows))


def page(shown: Page, section: int, knowledge: Knowledge) -> Outgoing:
    """A curated page: its overview, or the questions of one of its sections."""
    if not 0 <= section < len(shown.sections):
        rows = [
            (key(shortened(part.title, _LABEL), buttons.ShowPage(shown.id, number)),)
            for number, part in enumerate(shown.sections)
        ]
        rows.append((key(texts.KEY_BACK, buttons.ShowTopics()),))
        return Outgoing(f"<b>{plain(shown.title)}</b>\n\n{shown.intro}", tuple(rows))
    part = shown.sections[section]
    entries = [entry for entry in (knowledge.get(wanted) for wanted in part.entries) if entry is not None]
    numbers = [*_numbered_keys(entries, 1), (key(texts.KEY_BACK, buttons.ShowPage(shown.id, -1)),)]
    return Outgoing(
        texts.TOPIC.format(title=plain(part.title), questions=_numbered(entries, 1)), tuple(numbers)
    )


def search_results(query: str, entries: Sequence[Entry]) -> Outgoing:
    """What /suche found."""
    if not entries:
        return offer_lotse(texts.SEARCH_NOTHING.format(query=plain(shortened(query, 80))))
    text = texts.SEARCH_FOUND.format(query=plain(shortened(query, 80)), questions=_numbered(entries, 1))
    rows = [*_numbered_keys(entries, 1, in_place=False), (key(texts.KEY_TOPICS, buttons.ShowTopics()),)]
    return Outgoing(text, tuple(rows))


def entry_gone() -> Outgoing:
    """A button or link led to an entry that a reload removed."""
    return offer_lotse(texts.ENTRY_GONE_HTML)


def _numbered(entries: Sequence[Entry], first: int) -> str:
    return "\n".join(f"{number}. {plain(entry.title)}" for number, entry in enumerate(entries, first))


def _numbered_keys(entries: Sequence[Entry], first: int, *, in_place: bool = True) -> list[tuple[Key, ...]]:
    kind = buttons.OpenEntry if in_place else buttons.ShowEntry
    keys = [key(str(number), kind(entry.id)) for number, entry in enumerate(entries, first)]
    return [tuple(keys[start : start + _NUMBERS_A_ROW]) for start in range(0, len(keys), _NUMBERS_A_ROW)]
