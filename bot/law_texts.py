"""Statutes from a folder: the official XML of gesetze-im-internet.de (plain or zipped), or Markdown, one file a law."""

import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from xml.etree.ElementTree import Element, ParseError

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import fromstring

from knowledge import statutes
from knowledge.statutes import Statute

LARGEST = 60_000_000  # bytes unpacked; the largest statute, SGB V, has a tenth of it
_ROMAN = {
    "I": 1, "II": 2, "III": 3, "IV": 4, "V": 5, "VI": 6, "VII": 7, "VIII": 8, "IX": 9, "X": 10, "XI": 11, "XII": 12, "XIV": 14,
}  # fmt: skip
_BLOCKS = frozenset({"P", "DT", "LA", "Title", "entry", "row", "BR", "DD", "pre", "Split"})
_IGNORED = frozenset({"FnR", "fnr", "Footnotes"})  # marks of footnotes are no words of the law
_SPACE = re.compile(r"[ \t\r\n\xa0]+")


class UnreadableLawError(Exception):
    """A file of a statute is no XML of this kind."""


@dataclass(frozen=True, slots=True)
class Shelf:
    """A folder with statutes."""

    folder: Path

    def read(self, law: str, place: str) -> Statute | None:
        """The statute; ``place`` is its folder on gesetze-im-internet.de, or empty. ``None``: it is not here.

        Raises ``UnreadableLawError`` and ``OSError``.
        """
        for name in _names(law):
            path = self.folder / f"{name}.md"
            if path.is_file():
                return statutes.read_markdown(law, path.read_text("utf-8"))
        for path in (self.folder / f"{place}.xml", self.folder / f"{place}.zip"):
            if place and path.is_file():
                return read_xml(law, path.read_bytes())
        inside = sorted((self.folder / place).glob("*.xml")) if place else []
        return read_xml(law, inside[0].read_bytes()) if inside else None


def _names(law: str) -> tuple[str, ...]:
    number = _ROMAN.get(law.removeprefix("SGB ")) if law.startswith("SGB ") else None
    return (law, f"SGB_{number}") if number else (law,)


def read_xml(law: str, content: bytes) -> Statute:
    """A statute from the official XML, or the zip around it."""
    try:
        root = fromstring(_unpacked(content), forbid_dtd=False)
    except (ParseError, DefusedXmlException, zipfile.BadZipFile, KeyError) as error:
        raise UnreadableLawError(law) from error
    if root.find("norm") is None:
        raise UnreadableLawError(law)
    return Statute.of(law, _parts(root))


def _unpacked(content: bytes) -> bytes:
    if not content.startswith(b"PK"):
        return content
    with zipfile.ZipFile(BytesIO(content)) as archive:
        inside = next((item for item in archive.infolist() if item.filename.endswith(".xml")), None)
        if inside is None or inside.file_size > LARGEST:
            raise KeyError
        return archive.read(inside)


def _parts(root: Element) -> Iterator[tuple[str, str]]:
    for norm in root.iterfind("norm"):
        label = norm.findtext("metadaten/enbez", "").strip()
        if not label:
            continue
        titles = norm.findall("metadaten/titel")
        title = " ".join(" ".join(item.itertext()) for item in titles)
        content = norm.find("textdaten/text/Content")
        text = _text(content) if content is not None else ""
        yield label, f"{_SPACE.sub(' ', title).strip()}\n\n{text}"


def _text(content: Element) -> str:
    pieces: list[str] = []

    def walk(element: Element) -> None:
        if element.tag in _IGNORED:
            return
        if element.tag in _BLOCKS:
            pieces.append("\n\n")
        pieces.append(_SPACE.sub(" ", element.text or ""))
        for child in element:
            walk(child)
            pieces.append(_SPACE.sub(" ", child.tail or ""))

    walk(content)
    blocks = (block.strip() for block in "".join(pieces).split("\n\n"))
    joined: list[str] = []
    for block in filter(None, blocks):
        # The number of a list stands alone in the XML, before its words in what people read.
        if joined and re.fullmatch(r"[\w]{1,4}[.)]", joined[-1]):
            joined[-1] += f" {block}"
        else:
            joined.append(block)
    return "\n\n".join(joined)
