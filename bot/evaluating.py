"""``lotsenbot eval``: how well the FAQ is found, as a table with the project's targets or as JSON, with every failure."""

import json
from collections.abc import Iterator

from bot.library import Edition
from knowledge.evaluation import TARGETS, Failure, Report, Share, evaluate
from knowledge.evidence import Evidence
from knowledge.lint import lint
from knowledge.problems import Findings
from knowledge.source import TextFile

_NAMES = {
    "first": "Prüffragen: richtiger Eintrag zuerst",
    "shown": "Prüffragen: richtiger Eintrag wird gezeigt",
    "wrong": "Prüffragen: direkt und falsch beantwortet",
    "direct": "Prüffragen: direkt beantwortet",
    "handed_over": "  davon an einen Menschen, mit richtiger Auskunft",
    "stored": "Titel und Formulierungen finden ihren Eintrag",
    "left_out": "Titel und Formulierungen, wenn sie selbst fehlen",
    "near": "Ablehnen, verwandt: doch direkt beantwortet",
    "far": "Ablehnen, fremd: doch direkt beantwortet",
    "person": "Wunsch nach einem Menschen erkannt",
}
_HEADINGS = {
    "first": "Richtiger Eintrag nicht zuerst",
    "shown": "Richtiger Eintrag nicht gezeigt",
    "wrong": "Direkt und falsch beantwortet",
    "direct": "Nicht direkt beantwortet",
    "handed_over": "An einen Menschen, mit anderer Auskunft",
    "stored": "Titel und Formulierungen, die ihren Eintrag nicht finden",
    "left_out": "Formulierungen, die ihren Eintrag ohne sich selbst nicht finden",
    "near": "Verwandt, doch direkt beantwortet",
    "far": "Fremd, doch direkt beantwortet",
    "person": "Wunsch nach einem Menschen nicht erkannt",
}
_ORDER = ("first", "shown", "wrong", "direct", "handed_over", "stored", "left_out", "near", "far", "person")
_SIGNS = {">=": "≥", "<=": "≤"}
_MARKS = {True: "✓", False: "✗", None: " "}


def measure(edition: Edition) -> Report:
    """The report on an edition."""
    return evaluate(edition.understanding, edition.knowledge, edition.questions)


def findings(edition: Edition, files: tuple[TextFile, ...]) -> Findings:
    """What the lint finds in these files when it also knows how the entries of ``edition`` are found."""
    report = measure(edition)
    golden = report.shown.failures if report.shown.of else None
    evidence = Evidence(report.left_out.failures if report.left_out else (), golden)
    return lint(edition.knowledge, files, evidence)


def as_json(report: Report, *, failures: bool) -> str:
    """One JSON object; without ``failures`` only the figures."""
    found = report.as_json()
    if not failures:
        for share in found["shares"].values():
            del share["failures"]
    return json.dumps(found, ensure_ascii=False, indent=2)


def table(report: Report) -> str:
    """The shares beside their targets."""
    lines = [f"{'':52}{'Anzahl':>12}{'Anteil':>10}   Ziel"]
    lines += [_line(name, share, report) for name in _ORDER if (share := report.share(name)) is not None]
    if missed := report.missed():
        lines += [
            "",
            f"{len(missed)} von {len(TARGETS)} Zielen verfehlt. Die Fragen dazu: lotsenbot eval --failures",
        ]
    else:
        lines += ["", "Alle gemessenen Ziele erreicht."]
    return "\n".join(lines)


def failure_lists(report: Report) -> str:
    """Every share with the questions that keep it from where it should be, gravest first."""
    blocks = []
    for name in sorted(_ORDER, key=lambda name: (report.meets(name) is not False, _ORDER.index(name))):
        share = report.share(name)
        if share is not None and share.failures:
            lines = [f"{_HEADINGS[name]} ({len(share.failures)})", *_failures(share.failures)]
            blocks.append("\n".join(lines))
    if report.unanswerable:
        heading = f"Prüffragen, die kein Eintrag beantwortet ({len(report.unanswerable)})"
        blocks.append("\n".join([heading, *(f"  {text}" for text in report.unanswerable)]))
    return "\n\n".join(blocks) or "Keine."


def _line(name: str, share: Share, report: Report) -> str:
    rate = f"{share.rate * 100:.1f} %".replace(".", ",") if share.rate is not None else "–"
    target, mark = "", " "
    if name in TARGETS:
        relation, bound = TARGETS[name]
        target, mark = f"{_sign(relation, bound)}{bound * 100:.0f} %", _MARKS[report.meets(name)]
    return f"{mark} {_NAMES[name]:50}{f'{share.count} / {share.of}':>12}{rate:>10}   {target}".rstrip()


def _sign(relation: str, bound: float) -> str:
    """ "≥ 100 %" and "≤ 0 %" say no more than the figure."""
    return "" if bound in {0.0, 1.0} else f"{_SIGNS[relation]} "


def _failures(failures: tuple[Failure, ...]) -> Iterator[str]:
    for item in failures:
        found = " ".join(part for part in (item.kind, ", ".join(item.entries)) if part) or "nichts"
        expected = f"  (richtig: {', '.join(item.expected)})" if item.expected else ""
        yield f"  {item.question}\n      → {found}{expected}"
