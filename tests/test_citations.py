"""Citations of statutes: what is read, what is refused, and that writing and reading are each other's inverse."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.editions import packaged
from knowledge import citations, source
from knowledge.citations import Citation, Kind

LAWS = ("AufenthG", "AsylG", "AÜG", "GG", "MiLoV5", "SGB I", "SGB III", "SGB XII", "BeschV", "SchulG NRW")
EU_LAWS = ("VO (EU) 2024/1348", "VO (EU) Nr. 604/2013", "RL 2001/55/EG", "RL (EU) 2024/1346")


def numbers() -> st.SearchStrategy[str]:
    """Numbers of sections: 1 to 9999, some with a letter."""
    endings = st.sampled_from(["", "", "a", "b", "z"])
    return st.builds(lambda number, letter: f"{number}{letter}", st.integers(1, 9999), endings)


@st.composite
def some(draw: st.DrawFn) -> Citation:
    """Any citation that can be written."""
    law = draw(st.sampled_from(LAWS + EU_LAWS))
    if draw(st.integers(0, 4)) == 0:
        first = draw(st.integers(1, 9998))
        return Citation(law, str(first), until=str(draw(st.integers(first + 1, 9999))))
    kind: Kind = draw(st.sampled_from(["§", "Art.", "Anlage"]))
    annexes = st.sampled_from(["I", "II", "XIV", "A", "B", "1", "12"])
    maybe = st.one_of(st.just(0), st.integers(1, 30))
    return Citation(
        law,
        draw(annexes if kind == "Anlage" else numbers()),
        kind,
        paragraph=draw(st.one_of(st.just(""), numbers())),
        subparagraph=draw(maybe),
        sentence=draw(maybe),
        half=draw(maybe),
        number=draw(st.one_of(st.just(""), numbers())),
        letter=draw(st.sampled_from(["", "a", "f", "aa"])),
    )


@given(some())
def test_reading_undoes_writing(citation: Citation) -> None:
    """Every citation is read back as it was, and written again in the same way."""
    assert citations.parse(str(citation)) == citation


@given(st.text(max_size=80))
def test_any_text_is_a_citation_or_none(text: str) -> None:
    """No text raises; what is read has one way to be written."""
    found = citations.parse(text)

    assert found is None or citations.parse(str(found)) == found
    assert citations.advice(text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "§ 60c Abs. 2 Satz 1 Nr. 2 AufenthG",
            Citation("AufenthG", "60c", paragraph="2", sentence=1, number="2"),
        ),
        ("§§ 74–75a SGB III", Citation("SGB III", "74", until="75a")),
        ("§§ 74-75a SGB III", Citation("SGB III", "74", until="75a")),
        (
            "Art. 42 Abs. 1 UAbs. 1 Buchst. a VO (EU) 2024/1348",
            Citation("VO (EU) 2024/1348", "42", "Art.", paragraph="1", subparagraph=1, letter="a"),
        ),
        ("§ 2 Abs. 12c Nr. 1 AufenthG", Citation("AufenthG", "2", paragraph="12c", number="1")),
        ("Anlage II AsylG", Citation("AsylG", "II", "Anlage")),
        ("Anlage A HwO", Citation("HwO", "A", "Anlage")),
        ("  §60c\u00a0Abs.2  AufenthG ", Citation("AufenthG", "60c", paragraph="2")),
        ("§ 3 Abs. 1 Hs. 2 SGB IV", Citation("SGB IV", "3", paragraph="1", half=2)),
    ],
)
def test_what_is_read(text: str, expected: Citation) -> None:
    """The forms of the handbook, whatever the spaces between their parts."""
    assert citations.parse(text) == expected


@pytest.mark.parametrize(
    ("text", "hint"),
    [
        ("§ 11 Abs. 1 BBiG i. V. m. § 12 BBiG", "je Zeile nur eine Fundstelle"),
        ("§§ 18a, 18b AufenthG", "je Zeile nur eine Fundstelle"),
        ("§ 54a SGB 3", "„SGB III“"),
        ("Art. 42 VO 2024/1348", "„VO (EU) 2024/1348“"),
        ("AufenthG § 60c", "beginnt mit „§“"),
        ("Passgenaue Besetzung", "„programm“"),
        ("§§ 74 ff. SGB III", "ausschreiben"),
        ("§ 60c Satz 1 Abs. 2 AufenthG", "So wird sie gelesen"),
        ("§ 60c Abs 2 AufenthG", "So wird sie gelesen"),
        ("§ II AsylG", "So wird sie gelesen"),
        ("§ 0 AsylG", "So wird sie gelesen"),
        ("§ 54a SGB XIII", "So wird sie gelesen"),
        ("§§ 75a–74 SGB III", "So wird sie gelesen"),
        ("§ 60c", "So wird sie gelesen"),
        ("", "beginnt mit"),
    ],
)
def test_what_is_refused(text: str, hint: str) -> None:
    """Several provisions, a wrong order, a missing law: refused, with the likeliest remedy."""
    assert citations.parse(text) is None
    assert hint in citations.advice(text)


def test_a_range_includes_what_lies_between() -> None:
    """§§ 74–75a holds 74, 75 and 75a, and neither 75b nor 73; a single section only itself."""
    span = Citation("SGB III", "74", until="75a")

    assert [
        section for section in ("73", "74", "74a", "75", "75a", "75b", "76") if span.includes(section)
    ] == [
        "74",
        "74a",
        "75",
        "75a",
    ]
    assert Citation("AufenthG", "60c").includes("60c")
    assert not Citation("AufenthG", "60c").includes("60")


def test_every_legal_basis_of_the_shipped_faq_is_read() -> None:
    """All citations that come with the program are readable and written in the one canonical way."""
    knowledge = source.load(packaged())
    texts = {text for entry in knowledge.entries.values() for text in entry.legal_basis}

    assert [text for text in sorted(texts) if str(citations.parse(text)) != text] == []
