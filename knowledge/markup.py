"""The HTML that editors may use: a small white list, checked before Telegram ever sees it.

Stricter than Telegram (Bot API, "HTML style"): every string accepted here is accepted there, which a property test
compares with TDLib's own parser. The visible length is counted as Telegram counts it: in code points after parsing.
"""

import re
from dataclasses import dataclass
from html import unescape

TAGS = frozenset({"b", "i", "u", "s", "code", "a", "blockquote"})
_TOKEN = re.compile(r"<[^<>]*>|<|>|&[^;&<>\s]*;?")
_OPEN = re.compile(r"<(b|i|u|s|code|blockquote)>")
_OPEN_EXPANDABLE = re.compile(r"<blockquote expandable>")
_OPEN_LINK = re.compile(r'<a href="(https://[^"<>\s]+)">')
_CLOSE = re.compile(r"</(b|i|u|s|code|a|blockquote)>")
_ENTITY = re.compile(r"&(?:lt|gt|amp|quot|#39);")


@dataclass(frozen=True, slots=True)
class Flaw:
    """A place in a text that is not allowed: ``line`` counts from 0 within the text."""

    line: int
    message: str


@dataclass(frozen=True, slots=True)
class Parsed:
    """``visible`` is what the reader sees; ``flaws`` is empty when Telegram will take the text."""

    visible: str
    flaws: tuple[Flaw, ...]
    links: tuple[str, ...] = ()


def parse(text: str) -> Parsed:
    """Check ``text`` against the white list and strip its tags."""
    visible: list[str] = []
    flaws: list[Flaw] = []
    links: list[str] = []
    open_tags: list[tuple[str, int]] = []
    position = 0
    for token in _TOKEN.finditer(text):
        visible.append(text[position : token.start()])
        position = token.end()
        piece = token.group()
        line = text.count("\n", 0, token.start())
        if piece.startswith("&"):
            if _ENTITY.fullmatch(piece):
                visible.append(unescape(piece))
            else:
                visible.append(piece)
                flaws.append(Flaw(line, "Ein einzelnes „&“ bitte als „&amp;“ schreiben."))
        elif piece in {"<", ">"}:
            visible.append(piece)
            replacement = "&lt;" if piece == "<" else "&gt;"
            flaws.append(Flaw(line, f"Ein einzelnes „{piece}“ bitte als „{replacement}“ schreiben."))
        elif opening := _OPEN.fullmatch(piece) or _OPEN_EXPANDABLE.fullmatch(piece):
            name = opening.group(1) if opening.re is _OPEN else "blockquote"
            _open(name, line, open_tags, flaws)
        elif link := _OPEN_LINK.fullmatch(piece):
            links.append(unescape(link.group(1)))
            _open("a", line, open_tags, flaws)
        elif closing := _CLOSE.fullmatch(piece):
            _close(closing.group(1), line, open_tags, flaws)
        else:
            flaws.append(Flaw(line, f"„{piece}“ ist nicht erlaubt. Erlaubt sind {_allowed()}."))
    visible.append(text[position:])
    flaws += [Flaw(line, f"<{name}> wird nicht geschlossen: „</{name}>“ fehlt.") for name, line in open_tags]
    return Parsed("".join(visible), tuple(flaws), tuple(links))


def visible(text: str) -> str:
    """``text`` without its tags and with its entities resolved."""
    return parse(text).visible


def _allowed() -> str:
    return '<b>, <i>, <u>, <s>, <code>, <blockquote> und <a href="https://…">'


def _open(name: str, line: int, open_tags: list[tuple[str, int]], flaws: list[Flaw]) -> None:
    if any(name == other for other, _ in open_tags):
        flaws.append(Flaw(line, f"<{name}> steht in einem <{name}>. Das innere bitte löschen."))
    open_tags.append((name, line))


def _close(name: str, line: int, open_tags: list[tuple[str, int]], flaws: list[Flaw]) -> None:
    if open_tags and open_tags[-1][0] == name:
        open_tags.pop()
        return
    if any(name == other for other, _ in open_tags):
        flaws.append(Flaw(line, f"</{name}> schließt über Kreuz: zuerst </{open_tags[-1][0]}> schreiben."))
        while open_tags and open_tags.pop()[0] != name:
            pass
    else:
        flaws.append(Flaw(line, f"</{name}> schließt etwas, das nicht offen ist."))
