"""The editors' white list of HTML, compared with Telegram's own parser."""

import json
from typing import Any

import tdjson
from hypothesis import given
from hypothesis import strategies as st

from knowledge import markup

PIECES = [
    "<b>", "</b>", "<i>", "</i>", "<u>", "</u>", "<s>", "</s>", "<code>", "</code>", "<blockquote>", "</blockquote>",
    "<blockquote expandable>", '<a href="https://example.org/a?b=1&amp;c=2">', "</a>", "&amp;", "&lt;", "&gt;", "&quot;",
    "&", "<", ">", "&nbsp;", "<h1>", "<B>", "<br>", "<b", "text", " ", "\n", "ä😀", "<a>", '<a href="http://x">', "&#39;",
]  # fmt: skip


def telegram_parses(text: str) -> Any:
    """What TDLib makes of ``text`` as HTML: the call the Bot API server makes itself."""
    request = {
        "@type": "parseTextEntities",
        "text": text,
        "parse_mode": {"@type": "textParseModeHTML"},
    }
    answer = tdjson.td_execute(json.dumps(request).encode())
    assert answer is not None
    return json.loads(answer)


@given(st.lists(st.sampled_from(PIECES), max_size=12).map("".join))
def test_what_we_accept_telegram_accepts(text: str) -> None:
    """The white list is stricter than Telegram, and both see the same visible text."""
    parsed = markup.parse(text)
    if parsed.flaws or not parsed.visible.strip():
        return

    answer = telegram_parses(text)

    assert answer["@type"] == "formattedText", answer
    # TDLib trims nothing here; Telegram trims blanks only when it sends.
    assert answer["text"] == parsed.visible


@given(st.text(max_size=200))
def test_any_text_is_parsed_or_refused(text: str) -> None:
    """No text raises, and a text without special characters shows as it is."""
    parsed = markup.parse(text)

    if not set(text) & set("<>&"):
        assert parsed.visible == text
        assert parsed.flaws == ()


def test_flaws_name_their_line() -> None:
    """An editor is told the line within the text and what to write instead."""
    parsed = markup.parse("gut\nauch gut\nLohn < 2000 & mehr\n<h1>Titel</h1>")

    assert [(flaw.line, flaw.message.split(" ")[0]) for flaw in parsed.flaws] == [
        (2, "Ein"),
        (2, "Ein"),
        (3, "„<h1>“"),
        (3, "„</h1>“"),
    ]


def test_crossed_and_open_tags_are_flaws() -> None:
    """<b><i></b></i> and a tag that is never closed are refused with a sentence each."""
    assert [flaw.message for flaw in markup.parse("<b><i>x</b></i>").flaws] == [
        "</b> schließt über Kreuz: zuerst </i> schreiben.",
        "</i> schließt etwas, das nicht offen ist.",
    ]
    assert [flaw.message for flaw in markup.parse("<b>x").flaws] == [
        "<b> wird nicht geschlossen: „</b>“ fehlt."
    ]
    assert [flaw.message for flaw in markup.parse("<b>x<b>y</b></b>").flaws] == [
        "<b> steht in einem <b>. Das innere bitte löschen."
    ]


def test_links_are_collected() -> None:
    """The addresses of links, entities resolved."""
    assert markup.parse('<a href="https://a.example/?b=1&amp;c=2">x</a>').links == (
        "https://a.example/?b=1&c=2",
    )
