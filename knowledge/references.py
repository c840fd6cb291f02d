"""Whether an entry's citations and links hold together: readable, of known laws, on official pages, and matching."""

import re
from collections.abc import Iterator

from knowledge import citations, markup
from knowledge.checklist import SOURCES_FILE, STATUTES_HOST, Official
from knowledge.citations import Citation
from knowledge.entry import Entry, Link
from knowledge.positions import Remark

_STATUTE = re.compile(
    rf"https://{re.escape(STATUTES_HOST)}/(?P<folder>[^/]+)/(?:__(?P<section>\d+[a-z]?)\.html|art_(?P<article>\d+[a-z]?)\.html|anlage[\w-]*\.html)?"
)
# A link's name may add a word: "§ 60c AufenthG (Ausbildungsduldung)".
_IN_BRACKETS = re.compile(r" \([^()]*[^()\d][^()]*\)$")


def problems(entry: Entry, official: Official | None) -> Iterator[Remark]:
    """What is wrong with the legal basis and the links of an entry; ``None``: the lists of laws and hosts are unknown."""
    cited: list[Citation] = []
    for number, text in enumerate(entry.legal_basis):
        citation = citations.parse(text)
        if citation is None:
            message = f"„{text}“ ist keine lesbare Fundstelle. {citations.advice(text)}"
            yield Remark(message, ("rechtsgrundlage", number))
            continue
        cited.append(citation)
        if official is not None and citation.law not in official.laws:
            message = (
                f"Das Gesetz „{citation.law}“ kennt {SOURCES_FILE} nicht. Tippfehler? Sonst dort ergänzen."
            )
            yield Remark(message, ("rechtsgrundlage", number))
    for number, link in enumerate(entry.sources):
        where = ("quellen", number)
        yield from _host(link.url, official, *where, "url")
        for message in _statute(link, cited, official):
            yield Remark(message, (*where, "url"))
    for field, text in (("antwort", entry.answer), ("details", entry.details)):
        for url in markup.parse(text).links:
            yield from _host(url, official, field)
    for number, variant in enumerate(entry.variants):
        for url in markup.parse(variant.text).links:
            yield from _host(url, official, "varianten", number, "text")


def _host(url: str, official: Official | None, *path: str | int) -> Iterator[Remark]:
    if official is not None and official.owner(url) is None:
        message = (
            f"Die Adresse {url} gehört zu keiner Seite in {SOURCES_FILE}. "
            "Bitte eine amtliche Seite nehmen oder sie dort mit dem Träger eintragen."
        )
        yield Remark(message, path)


def _statute(link: Link, cited: list[Citation], official: Official | None) -> Iterator[str]:
    """Whether a link to a statute leads to the section that its name and the legal basis name."""
    if not link.url.startswith(f"https://{STATUTES_HOST}/"):
        return
    place = _STATUTE.fullmatch(link.url)
    if place is None:
        yield (
            f"Die Adresse {link.url} hat nicht die Form von {STATUTES_HOST}: "
            f"https://{STATUTES_HOST}/aufenthg_2004/__60c.html."
        )
        return
    section = place["section"] or place["article"]
    named = citations.parse(_IN_BRACKETS.sub("", link.name))
    if named and section and not named.includes(section):
        yield f"Der Link heißt „{link.name}“, führt aber zu § {section}. Name oder Adresse berichtigen."
    if official is None:
        return
    law = official.law_of(place["folder"])
    if law is None:
        yield f"Den Ordner „{place['folder']}“ kennt {SOURCES_FILE} nicht. Tippfehler? Sonst beim Gesetz ergänzen."
        return
    if named and named.law != law:
        yield f"Der Link heißt „{link.name}“, führt aber zum {law}. Name oder Adresse berichtigen."
    elif section and not any(one.law == law and one.includes(section) for one in cited):
        yield (
            f"Der Link führt zu § {section} {law}; unter „rechtsgrundlage“ steht er nicht. "
            "Dort ergänzen oder den Link ändern."
        )
