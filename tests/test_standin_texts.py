"""Texts as Telegram reads them: TDLib's parser decides about markup, lengths count code points after parsing."""

import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.demo import StandIn, StandInUnavailableError
from bot.demo.envelope import ApiError
from bot.demo.judges import Formatted, Judges
from tests.standin_fixture import Api, api, telegram

__all__ = ["api", "telegram"]

JUDGES = Judges()


@pytest.mark.parametrize(
    ("html", "text", "entities"),
    [
        ("<b>fett</b> &amp; <i>schräg</i>", "fett & schräg", [("bold", 0, 4), ("italic", 7, 6)]),
        ("😀 <u>nach Emoji</u>", "😀 nach Emoji", [("underline", 3, 10)]),  # UTF-16: the emoji is two units
        ("<blockquote expandable>Mehr</blockquote>", "Mehr", [("expandable_blockquote", 0, 4)]),
        ('<a href="https://www.bamf.de/x">BAMF</a>', "BAMF", [("text_link", 0, 4)]),
        ("<code>a</code><pre>b</pre><s>c</s><tg-spoiler>d</tg-spoiler>", "abcd", None),
        ("  vorn und hinten  ", "vorn und hinten", []),
        ("<b>  ganz</b>  ", "  ganz", [("bold", 0, 6)]),
        (
            "/start bei www.kofa.de @anna",
            "/start bei www.kofa.de @anna",
            [("bot_command", 0, 6), ("url", 11, 11), ("mention", 23, 5)],
        ),
        ('<tg-emoji emoji-id="5368324170671202286">👍</tg-emoji>', "👍", [("custom_emoji", 0, 2)]),
        ('<pre><code class="language-python">x</code></pre>', "x", [("pre", 0, 1)]),
        ('<tg-time unix="1647531900" format="wDT">Do</tg-time>', "Do", [("date_time", 0, 2)]),
        ('<tg-time unix="1647531900" format="r">Do</tg-time>', "Do", [("date_time", 0, 2)]),
        ('<tg-time unix="1647531900">Do</tg-time>', "Do", [("date_time", 0, 2)]),
        ("Karte 4242 4242 4242 4242, ab 0:15", "Karte 4242 4242 4242 4242, ab 0:15", []),  # not shown to bots
        ("<code>/kein_befehl</code>", "/kein_befehl", [("code", 0, 12)]),
    ],
)
async def test_html_becomes_text_and_entities(
    telegram: StandIn, api: Api, html: str, text: str, entities: list[tuple[str, int, int]] | None
) -> None:
    """What the bot gets back is what the reader sees."""
    anna = telegram.user("Anna")
    await anna.starts()
    message = await api("sendMessage", chat_id=anna.id, text=html, parse_mode="HTML")
    assert message["text"] == text
    if entities is not None:
        assert [(e["type"], e["offset"], e["length"]) for e in message.get("entities", [])] == entities


async def test_length_counts_after_parsing(telegram: StandIn, api: Api) -> None:
    """4,096 code points are allowed, whatever the markup around them and however wide they are in UTF-16."""
    anna = telegram.user("Anna")
    await anna.starts()
    await api("sendMessage", chat_id=anna.id, text=f"<b>{'😀' * 4096}</b>", parse_mode="HTML")
    assert len(anna.last.text) == 4096
    telegram.journal.allow("too long")
    assert await api.refusal(
        "sendMessage", chat_id=anna.id, text=f"<b>{'😀' * 4097}</b>", parse_mode="HTML"
    ) == (
        400,
        "Bad Request: message is too long",
    )
    photo = {"photo": ("bild.png", (await anna.sends_photo()).media.data)}  # type: ignore[union-attr]  # a photo has one
    await api.upload("sendPhoto", photo, chat_id=str(anna.id), caption="x" * 1024)
    assert await api.refusal(
        "editMessageCaption", chat_id=anna.id, message_id=anna.last.id, caption="x" * 1025
    ) == (400, "Bad Request: message caption is too long")


async def test_mentions_by_id_need_a_known_user(telegram: StandIn, api: Api) -> None:
    """A known user is named in the entity; of an unknown one only the words remain."""
    anna = telegram.user("Anna")
    await anna.starts()
    html = f'<a href="tg://user?id={anna.id}">Anna</a> <a href="tg://user?id=9">niemand</a>'
    message = await api("sendMessage", chat_id=anna.id, text=html, parse_mode="HTML")
    assert [entity["user"]["first_name"] for entity in message["entities"]] == ["Anna"]


async def test_entities_instead_of_a_parse_mode(telegram: StandIn, api: Api) -> None:
    """A list of entities is taken as it is; what Telegram finds by itself is added."""
    anna = telegram.user("Anna")
    await anna.starts()
    mention = {"type": "text_mention", "offset": 5, "length": 4, "user": anna.user.wire()}
    entities = [{"type": "bold", "offset": 0, "length": 4}, mention]
    message = await api("sendMessage", chat_id=anna.id, text="fett Anna www.kofa.de", entities=entities)
    assert [entity["type"] for entity in message["entities"]] == ["bold", "text_mention", "url"]


async def test_seen_html_is_what_was_sent(telegram: StandIn, api: Api) -> None:
    """``.html`` of a message can be compared with what the bot meant to send."""
    anna = telegram.user("Anna")
    await anna.starts()
    html = 'A &lt; B <b>fett <i>beides</i></b> <a href="https://www.bamf.de/">BAMF</a> <tg-spoiler>x</tg-spoiler>'
    await api("sendMessage", chat_id=anna.id, text=html, parse_mode="HTML")
    assert (
        anna.last.html
        == html.replace("<tg-spoiler>", '<span class="tg-spoiler">').replace("</tg-spoiler>", "</span>")
        or anna.last.html == html
    )


@given(st.text(min_size=1, max_size=60))
def test_escaped_text_survives_the_parser(text: str) -> None:
    """Quoted by aiogram, parsed by TDLib, the words are the same: two strangers agree."""
    printable = "".join(c for c in text if c.isprintable())
    quoted = JUDGES.html(Formatted(printable))
    assert JUDGES.parsed(quoted, "HTML").text == printable


@pytest.mark.parametrize(
    ("html", "problem"),
    [
        ("<b>", "Can't find end tag"),
        ("<b></i>", "Unmatched end tag"),
        ("a < b", "Unsupported start tag"),
    ],
)
def test_broken_markup_is_refused(html: str, problem: str) -> None:
    """With the parser's own words."""
    with pytest.raises(ApiError, match=problem):
        JUDGES.parsed(html, "HTML")


def test_a_missing_package_is_told_in_one_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without tdjson the stand-in refuses to start and says what to install."""
    monkeypatch.setitem(sys.modules, "tdjson", None)
    with pytest.raises(
        StandInUnavailableError, match=r"braucht die Pakete tdjson und aiogram.*lotsenbot\[demo\]"
    ):
        Judges()
