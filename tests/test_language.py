"""German brought to one spelling: what becomes the same, and what must not."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.language import (
    LONGEST,
    MOST_WORDS,
    fold,
    fold_pattern,
    normalise,
    short_names,
    stem,
    stems,
    words,
)

GERMAN = st.text(st.one_of(st.characters(), st.sampled_from("aeouqin §3+260c.*:_/()- äöüßsgbv\u0308\u200d")))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Köln", "Koeln"),
        ("Köln", "Koln"),
        ("Ko\u0308ln", "Köln"),
        ("Straße", "Strasse"),
        ("STRASSE", "straße"),
        ("Café", "Cafe"),
        ("Vergütung", "Verguetung"),
        ("„Duldung“", '"Duldung"'),
        ("Ausbildungs\u00adduldung", "Ausbildungsduldung"),
    ],
)
def test_spellings_of_one_word_fold_alike(one: str, other: str) -> None:
    """Umlauts, their transcription, their loss, accents, quotes and soft hyphens make no difference."""
    assert fold(one) == fold(other)


@pytest.mark.parametrize("word", ["neue", "bauen", "steuer", "quelle", "treue", "abenteuer", "mauer"])
def test_ue_after_a_vowel_is_no_umlaut(word: str) -> None:
    """Words with a genuine "ue" keep it."""
    assert fold(word) == word


@pytest.mark.parametrize(
    "text", ["§ 60c", "§60c", "60c", "§ 60 c", "Paragraf 60c", "Paragraph 60 c", "§§ 60c", "Par. 60c"]
)
def test_a_section_is_one_word(text: str) -> None:
    """However it is written, a section with a letter is the same word."""
    assert words(text) == ("§60c",)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("24 AufenthG", "§24 aufenthg"),
        ("25 Abs. 5 AufenthG", "§25 abs 5 aufenthg"),
        ("24 Stunden", "24 stunden"),
        ("§§ 60a und 60c", "§60a und §60c"),
        ("§24er", "§24 er"),
        ("SGB III, SGB-2 und SGBIX", "sgb3 sgb2 und sgb9"),
    ],
)
def test_numbers_before_a_law_are_sections(text: str, expected: str) -> None:
    """A bare number is a section only before a law; books of the social code have one name."""
    assert normalise(text) == expected


@pytest.mark.parametrize("text", ["3+2", "3 + 2", "3 plus 2", "drei plus zwei", "3 und 2", "(3+2)"])
def test_three_plus_two_stays_one_word(text: str) -> None:
    """The rule's nickname is one word."""
    assert words(text) == ("3+2",)


@pytest.mark.parametrize("text", ["13+2", "3+25", "3+2+1"])
def test_other_sums_are_no_nickname(text: str) -> None:
    """Only the nickname itself."""
    assert "3+2" not in words(text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Azubi*innen", ("azubi",)),
        ("Mitarbeiter:in", ("mitarbeiter",)),
        ("Ausbilder/-in", ("ausbilder",)),
        ("Bewerber(innen)", ("bewerber",)),
        ("Lehrer_innen", ("lehrer",)),
        ("und/oder", ("und", "oder")),
        ("er ist in Haft", ("er", "ist", "in", "haft")),
    ],
)
def test_endings_for_both_genders_are_left_out(text: str, expected: tuple[str, ...]) -> None:
    """The word is the same with and without the gender star and its kin."""
    assert words(text) == expected


@pytest.mark.parametrize(
    "form",
    [("darf", "dürfen"), ("gibt", "geben"), ("gilt", "gelten"), ("kann", "könnte"), ("dauert", "Dauer")],
)
def test_irregular_forms_share_their_stem(form: tuple[str, str]) -> None:
    """Questions are full of verbs that change their vowel."""
    assert stem(fold(form[0])) == stem(fold(form[1]))


def test_stems_of_inflected_nouns_meet() -> None:
    """Plural and umlaut make no other word."""
    assert stems(words("Gehälter Gehalts Gehaelter")) == ("gehalt", "gehalt", "gehalt")


def test_a_word_with_a_sign_is_its_own_stem() -> None:
    """Sections and numbers are not inflected."""
    assert stems(("§60c", "3+2", "2026")) == ("§60c", "3+2", "2026")


@pytest.mark.parametrize("text", ["", " ", "?!", "😀😀", "\x00", "\u200d\u200d", "\u0301" * LONGEST])
def test_a_text_without_words_has_none(text: str) -> None:
    """Nothing is made up."""
    assert normalise(text) == ""


def test_other_scripts_stay_words() -> None:
    """Arabic is no German, but it is a word."""
    assert words("مرحبا بك") == ("مرحبا", "بك")


def test_a_pasted_letter_is_cut() -> None:
    """No more words than count."""
    assert len(words("wort " * 1000)) == MOST_WORDS


@pytest.mark.parametrize(
    "unit", ["ae", "§", "§ ", "3+", "1 ", "\ufdfa", "a\u0301", "paragraf ", "ﬃ", "in*in", "(in)"]
)
def test_the_longest_message_of_anything_is_read(unit: str) -> None:
    """Repetition of what the patterns look for ends, and gives no more than was there."""
    text = (unit * LONGEST)[:LONGEST]

    assert len(fold(text)) <= LONGEST
    assert len(words(text)) <= MOST_WORDS


@given(GERMAN)
def test_folding_twice_is_folding_once(text: str) -> None:
    """What is folded stays as it is."""
    assert fold(fold(text)) == fold(text)


@given(GERMAN)
def test_normalising_twice_is_normalising_once(text: str) -> None:
    """What is normal stays as it is."""
    assert normalise(normalise(text)) == normalise(text)


@given(GERMAN)
def test_words_are_never_empty(text: str) -> None:
    """Words hold letters or digits, and no space."""
    assert all(word and not word.isspace() and " " not in word for word in words(text))


def test_a_pattern_is_folded_but_its_escapes_are_not() -> None:
    r"""``\W`` must not become ``\w``."""
    pattern = fold_pattern(r"\bGrüße\W+(Köln|Straße)\S*\b")

    assert pattern == r"\bgrusse\W+(koln|strasse)\S*\b"
    assert re.search(pattern, fold("Viele Grüße aus: Köln")) is None
    assert re.search(pattern, fold("Viele Grüße, Köln!")) is not None


def test_short_names_are_words_in_capitals() -> None:
    """Who types everything in capitals names nothing by them."""
    assert short_names("Wer zahlt die MÜGA, und was ist EQ?") == {"muga", "eq"}
    assert short_names("WER ZAHLT DAS?") == frozenset()


def test_nearly_all_is_no_fasting() -> None:
    """ "fast den ganzen Lohn" must not find what is said about Ramadan."""
    assert stem("fast") not in {stem("fasten"), stem("fastet")}
