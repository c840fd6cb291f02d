"""``bot.survey.Figures`` → text, panels of the pictures, rows of the table."""

import csv
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from io import StringIO

from bot.model import Outgoing
from bot.small_counts import Group
from bot.survey import Figures
from bot.survey_charts import Bars, Column, Columns, Panel
from handlers import buttons, texts_survey, texts_waiting
from handlers.render import key, plain, shortened
from knowledge.entry import Knowledge
from knowledge.schema import LAENDER

_MOST_TEXT, _MOST_CHART = 5, 8  # lines of one kind; all of them stand in the table
_TITLE = 58  # code points that fit above a bar
_LINE = 90  # of a line in words
_FORMULA = ("=", "+", "-", "@")  # what a spreadsheet would run


def overview(figures: Figures, knowledge: Knowledge) -> Outgoing:
    """The numbers in words, with the ways to pictures and table."""
    if figures.empty:
        return Outgoing(texts_survey.EMPTY)
    since, until = period(figures)
    blocks = [texts_survey.HEADING.format(since=since, until=until)]
    if figures.questions:
        total = sum(span.count for span in figures.questions)
        first = figures.questions[0].first
        weeks = len(figures.weeks) - first
        day = texts_survey.QUESTIONS_SINCE.format(day=_date(figures.weeks[first])) if first else ""
        lines = [texts_survey.QUESTIONS.format(count=total, average=round(total / weeks), since=day)]
        lines += [
            texts_survey.OUTCOME.format(name=name, count=group.count, percent=percent)
            for group, name, percent in _shares(figures.outcomes, texts_survey.OUTCOMES)
        ]
        blocks.append("\n".join(lines))
    entries = [(shortened(_full(entry, knowledge), _LINE), count) for entry, count in figures.entries.items()]
    blocks += _block(texts_survey.ENTRIES, entries[:_MOST_TEXT])
    blocks += _block(texts_survey.TOPICS, _topics(figures, knowledge)[:_MOST_TEXT])
    blocks += _block(texts_survey.LAENDER, _laender(figures))
    if figures.median is not None:
        wait = texts_survey.WAIT.format(median=texts_waiting.length(figures.median))
        p90 = texts_survey.P90.format(p90=texts_waiting.length(figures.p90)) if figures.p90 else ""
        blocks.append(wait + p90)
    voices = [
        texts_survey.OUTCOME.format(name=name, count=group.count, percent=percent)
        for group, name, percent in _shares(figures.helpfulness, texts_survey.VOICES)
    ]
    if voices:
        blocks.append(texts_survey.HELPFULNESS.format(lines="\n".join(voices)))
    blocks.append(texts_survey.NOTE)
    rows = (
        (
            key(texts_survey.KEY_LIGHT, buttons.ShowCharts(0)),
            key(texts_survey.KEY_DARK, buttons.ShowCharts(1)),
        ),
        (key(texts_survey.KEY_TABLE, buttons.ExportSurvey()),),
    )
    return Outgoing("\n\n".join(blocks), rows)


def period(figures: Figures) -> tuple[str, str]:
    """First and last day, as people in Germany write them."""
    return f"{figures.weeks[0]:%d.%m.%Y}", f"{figures.weeks[-1] + timedelta(days=6):%d.%m.%Y}"


def pictures(figures: Figures, knowledge: Knowledge) -> list[list[Panel]]:
    """What stands on each picture; nothing to show, no picture."""
    questions: list[Panel] = []
    if figures.questions:
        columns = [
            Column(_day(figures.weeks[span.first]), weeks, span.count, _column(span.count, weeks))
            for span in figures.questions
            for weeks in (span.last - span.first + 1,)
        ]
        questions = [Columns(texts_survey.CHART_QUESTIONS, columns)]
        questions += _share_bars(texts_survey.CHART_OUTCOMES, figures.outcomes, texts_survey.OUTCOMES)
    entries = [(_entry(entry, knowledge), count) for entry, count in figures.entries.items()]
    region: list[Panel] = [
        *_bars(texts_survey.CHART_LAENDER, _laender(figures)[:_MOST_CHART]),
        *_share_bars(texts_survey.CHART_VOICES, figures.helpfulness, texts_survey.VOICES_PLAIN),
    ]
    made = [
        questions,
        _bars(texts_survey.CHART_ENTRIES, entries[:_MOST_CHART]),
        _bars(texts_survey.CHART_TOPICS, _topics(figures, knowledge)[:_MOST_CHART]),
        region,
    ]
    return [panels for panels in made if panels]


def table(figures: Figures, knowledge: Knowledge) -> bytes:
    """Everything that may be shown, as spreadsheets in Germany read it."""
    since, until = period(figures)
    rows: list[tuple[str, str, str, str, int]] = [
        (
            texts_survey.AREA_QUESTIONS,
            "",
            _date(figures.weeks[span.first]),
            _date(figures.weeks[span.last] + timedelta(days=6)),
            span.count,
        )
        for span in figures.questions
    ]
    parts: list[tuple[str, Iterable[tuple[str, int]]]] = [
        (texts_survey.AREA_OUTCOME, _named(figures.outcomes, texts_survey.OUTCOMES)),
        (texts_survey.AREA_ENTRY, [(_full(entry, knowledge), n) for entry, n in figures.entries.items()]),
        (texts_survey.AREA_TOPIC, _topics(figures, knowledge, longest=0)),
        (texts_survey.AREA_LAND, _laender(figures)),
        (texts_survey.AREA_VOICE, _named(figures.helpfulness, texts_survey.VOICES_PLAIN)),
        (texts_survey.AREA_WAIT, _waits(figures)),
    ]
    rows += [(area, _harmless(name), since, until, count) for area, part in parts for name, count in part]
    text = StringIO()
    writer = csv.writer(text, delimiter=";", lineterminator="\r\n")
    writer.writerow(texts_survey.COLUMNS)
    writer.writerows(rows)
    return text.getvalue().encode("utf-8-sig")  # the mark tells Excel that it is UTF-8


def laender(shown: Mapping[str, int], rest: int) -> list[tuple[str, int]]:
    """Länder by name, and behind them how many the others have together, if that may be shown."""
    found = [(LAENDER.get(land, land), count) for land, count in shown.items()]
    return [*found, (texts_survey.REST, rest)] if rest else found


def _block(heading: str, rows: Sequence[tuple[str, int]]) -> list[str]:
    lines = [texts_survey.LINE.format(name=plain(name), count=count) for name, count in rows]
    return [heading.format(lines="\n".join(lines))] if lines else []


def _bars(title: str, rows: Sequence[tuple[str, int]]) -> list[Panel]:
    return [Bars(title, [(name, count, str(count)) for name, count in rows])] if rows else []


def _share_bars(title: str, groups: Sequence[Group], names: Mapping[str, str]) -> list[Panel]:
    rows = [
        (name, group.count, texts_survey.SHARE.format(count=group.count, percent=percent))
        for group, name, percent in _shares(groups, names)
    ]
    return [Bars(title, rows)] if rows else []


def _shares(groups: Sequence[Group], names: Mapping[str, str]) -> list[tuple[Group, str, int]]:
    total = sum(group.count for group in groups)
    named = zip(groups, _named(groups, names), strict=True)
    return [(group, name, round(100 * group.count / total)) for group, (name, _) in named]


def _named(groups: Sequence[Group], names: Mapping[str, str]) -> list[tuple[str, int]]:
    return [(texts_survey.OR.join(names[name] for name in group.names), group.count) for group in groups]


def _topics(figures: Figures, knowledge: Knowledge, *, longest: int = _TITLE) -> list[tuple[str, int]]:
    return [(_topic(group, knowledge, longest), group.count) for group in figures.topics]


def _topic(group: Group, knowledge: Knowledge, longest: int) -> str:
    titles: dict[str, str] = {topic.id: topic.title for topic in knowledge.topics}
    names = [titles.get(name, name) for name in group.names]
    if not longest:
        return " + ".join(names)
    if len(names) == 1:
        return shortened(names[0], longest)
    more = texts_survey.MORE_TOPICS.format(name="", count=len(names) - 1)
    return shortened(names[0], longest - len(more)) + more


def _laender(figures: Figures) -> list[tuple[str, int]]:
    return laender(figures.laender, figures.laender_rest)


def _waits(figures: Figures) -> list[tuple[str, int]]:
    named = ((texts_survey.HALF, figures.median), (texts_survey.NINE_OF_TEN, figures.p90))
    return [(name, round(span.total_seconds() / 60)) for name, span in named if span is not None]


def _entry(entry: str, knowledge: Knowledge) -> str:
    return shortened(_full(entry, knowledge), _TITLE)


def _full(entry: str, knowledge: Knowledge) -> str:
    found = knowledge.get(entry)
    return found.title if found else entry


def _column(count: int, weeks: int) -> str:
    return texts_survey.CHART_WEEKS.format(count=count, weeks=weeks) if weeks > 1 else str(count)


def _day(day: date) -> str:
    return f"{day.day}.{day.month}."


def _date(day: date) -> str:
    return f"{day:%d.%m.%Y}"


def _harmless(name: str) -> str:
    return f"'{name}" if name.startswith(_FORMULA) else name
