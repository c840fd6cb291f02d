"""Files: sizes, kinds, ranges, albums; and inline results, which carry texts of their own."""

import struct
from typing import Any

import pytest

from bot.demo import StandIn
from bot.demo.envelope import ApiError
from bot.demo.files import MOST_BYTES, MOST_DOWNLOAD_BYTES, MOST_PHOTO_BYTES, dimensions, picture
from tests.standin_fixture import Api, api, telegram

__all__ = ["api", "telegram"]

JPEG = b"\xff\xd8\xff\xe0\x00\x04ab\xff\xc0\x00\x0b\x08" + struct.pack(">HH", 30, 40) + bytes(9)


@pytest.mark.parametrize(
    ("data", "size"),
    [
        (picture(7, 5), (7, 5)),
        (b"GIF89a" + struct.pack("<HH", 3, 4), (3, 4)),
        (JPEG, (40, 30)),
        (b"RIFF\0\0\0\0WEBPVP8 ", (512, 512)),
    ],
)
def test_pictures_have_a_size(data: bytes, size: tuple[int, int]) -> None:
    """Read from the header of the four kinds Telegram takes."""
    assert dimensions(data) == size


@pytest.mark.parametrize("data", [b"no picture", b"\xff\xd8\xff\xe0\x00\x04ab", b""])
def test_what_is_no_picture_is_refused(data: bytes) -> None:
    """With the data centre's code."""
    with pytest.raises(ApiError, match="IMAGE_PROCESS_FAILED"):
        dimensions(data)


async def test_a_picture_comes_in_sizes_and_can_be_sent_again(telegram: StandIn, api: Api) -> None:
    """Three sizes of a large one; any size's file_id sends the same picture; a photo is no document."""
    anna = telegram.user("Anna")
    sent = await anna.sends_photo(data=picture(1600, 800))
    sizes = sent.wire["photo"]
    assert [(size["width"], size["height"]) for size in sizes] == [(90, 45), (320, 160), (1280, 640)]
    again = await api("sendPhoto", chat_id=anna.id, photo=sizes[0]["file_id"])
    assert again["photo"] == sizes
    telegram.journal.allow("can't use file of type|PHOTO_INVALID|IMAGE_PROCESS")
    assert await api.refusal("sendDocument", chat_id=anna.id, document=sizes[0]["file_id"]) == (
        400,
        "Bad Request: can't use file of type Photo as Document",
    )
    for wrong, problem in (
        (picture(2000, 50), "PHOTO_INVALID_DIMENSIONS"),
        (b"text", "IMAGE_PROCESS_FAILED"),
    ):
        with pytest.raises(AssertionError, match=problem):
            await api.upload("sendPhoto", {"photo": ("a.png", wrong)}, chat_id=str(anna.id))


async def test_files_are_downloaded_whole_or_in_parts(telegram: StandIn, api: Api) -> None:
    """The path of getFile, with Range; name and type are kept."""
    anna = telegram.user("Anna")
    sent = await anna.sends_document("Vertrag.pdf", b"0123456789")
    assert sent.media is not None
    assert sent.media.wire["mime_type"] == "application/pdf"
    file = await api("getFile", file_id=sent.media.file_id)
    assert (file["file_size"], file["file_path"][:10]) == (10, "documents/")
    url = f"{telegram.base_url}/file/bot{telegram.token}/{file['file_path']}"
    for wanted, status, body in (
        ("", 200, b"0123456789"),
        ("bytes=2-4", 206, b"234"),
        ("bytes=8-", 206, b"89"),
        ("bytes=50-60", 416, b""),
        ("lines=1", 416, b""),
    ):
        async with api.session.get(url, headers={"Range": wanted} if wanted else {}) as response:
            assert (response.status, await response.read()) == (status, body)


async def test_sizes_have_limits(telegram: StandIn) -> None:
    """Empty, too large to upload, too large a photo, too large to download."""
    files = telegram.world.files
    for kind, size, problem in (
        ("document", 0, "file must be non-empty"),
        ("document", MOST_BYTES + 1, "413 Request Entity Too Large"),
        ("photo", MOST_PHOTO_BYTES + 1, "PHOTO_SAVE_FILE_INVALID"),
    ):
        with pytest.raises(ApiError, match=problem):
            files.add(kind, "x", bytes(size))
    assert files.at("nothing") is None


async def test_a_large_file_can_be_received_but_not_downloaded(telegram: StandIn, api: Api) -> None:
    """More than 20 MB: "file is too big"; it can be copied by its id all the same."""
    telegram.journal.allow("file is too big")
    anna = telegram.user("Anna")
    sent = await anna.sends_document("groß.bin", bytes(MOST_DOWNLOAD_BYTES + 1))
    assert sent.media is not None
    assert await api.refusal("getFile", file_id=sent.media.file_id) == (400, "Bad Request: file is too big")
    copy = await api("sendDocument", chat_id=anna.id, document=sent.media.file_id)
    assert copy["document"]["file_id"] == sent.media.file_id


async def test_albums(telegram: StandIn, api: Api) -> None:
    """Kinds that cannot be mixed, one file alone, and an address, which the stand-in does not fetch."""
    anna = telegram.user("Anna")
    telegram.journal.allow("album has|mixed|not modelled|Media not found|Type is unsupported|media")
    document = (await anna.sends_document()).media
    photo = (await anna.sends_photo()).media
    assert document is not None
    assert photo is not None
    mixed = [{"type": "document", "media": document.file_id}, {"type": "photo", "media": photo.file_id}]
    for media, answer in (
        (mixed, (400, "Bad Request: document can't be mixed with other media types")),
        (
            [{"type": "photo", "media": "https://www.kofa.de/a.png"}] * 2,
            (501, "fake: files by address not modelled"),
        ),
        ([{"type": "photo"}] * 2, (400, "Bad Request: can't parse InputMedia: Media not found (photo)")),
        (
            [{"type": "film", "media": "x"}] * 2,
            (400, "Bad Request: can't parse InputMedia: Type is unsupported"),
        ),
    ):
        assert await api.refusal("sendMediaGroup", chat_id=anna.id, media=media) == answer
    single = await api("sendMediaGroup", chat_id=anna.id, media=mixed[:1])
    assert single[0]["media_group_id"] == anna.last.album
    assert any("an album has 2 to 10 files" in sentence for sentence in telegram.journal.allowed)


def _article(number: str = "1", **changes: Any) -> dict[str, Any]:
    return {
        "type": "article",
        "id": number,
        "title": "T",
        "input_message_content": {"message_text": "x"},
    } | changes


@pytest.mark.parametrize(
    ("results", "description"),
    [
        (5, "Bad Request: expected an Array of inline query results"),
        ([_article(str(n)) for n in range(51)], "Bad Request: too many inline query results specified"),
        ([_article(), _article()], "Bad Request: RESULT_ID_DUPLICATE"),
        ([_article("x" * 65)], "Bad Request: RESULT_ID_INVALID"),
        ([7], "Bad Request: can't parse inline query result: Inline query result must be an object"),
        ([{"type": "article"}], "Bad Request: can't parse inline query result: Can't find field \"id\""),
        ([_article(title=None)], "Bad Request: can't parse inline query result: Can't find field \"title\""),
        (
            [_article(input_message_content={})],
            "Bad Request: can't parse inline query result: Message text is empty",
        ),
        (
            [_article(input_message_content=None)],
            "Bad Request: can't parse inline query result: Can't find field \"message_text\"",
        ),
        ([_article(input_message_content={"message_text": "x" * 4097})], "Bad Request: MESSAGE_TOO_LONG"),
        (
            [_article(input_message_content={"message_text": "<i> </i>", "parse_mode": "HTML"})],
            "Bad Request: text must be non-empty",
        ),
        (
            [_article(reply_markup={"inline_keyboard": [[{"text": "a"}]]})],
            "Bad Request: can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard",
        ),
        ([{"type": "game", "id": "1"}], "fake: inline result 'game' not modelled"),
    ],
)
async def test_inline_results_are_checked(
    telegram: StandIn, api: Api, results: Any, description: str
) -> None:
    """What a result would send is read like any message."""
    telegram.journal.allow(".")
    query = await telegram.user("Anna").asks_inline("x")
    assert (await api.refusal("answerInlineQuery", inline_query_id=query.id, results=results))[
        1
    ] == description


async def test_parameters_that_are_not_modelled_fail_loudly(telegram: StandIn, api: Api) -> None:
    """What would change where a message appears is refused rather than ignored."""
    telegram.journal.allow(".")
    anna = telegram.user("Anna")
    await anna.starts()
    for arguments, answer in (
        ({"message_thread_id": 5}, (400, "Bad Request: message thread not found")),
        ({"business_connection_id": "x"}, (501, "fake: business_connection_id not modelled")),
        (
            {"reply_parameters": {"message_id": 1, "chat_id": -5}},
            (501, "fake: replies to another chat not modelled"),
        ),
        ({"reply_parameters": 5}, (400, "Bad Request: object expected as reply parameters")),
        ({"reply_parameters": {"quote": "x"}}, (400, 'Bad Request: can\'t find field "message_id"')),
        ({"link_preview_options": 5}, (400, "Bad Request: object expected as link preview options")),
        ({"entities": 5}, (400, "Bad Request: expected an Array of entities")),
    ):
        assert await api.refusal("sendMessage", chat_id=anna.id, text="x", **arguments) == answer
    lenient = {"message_id": 99999, "allow_sending_without_reply": True}
    assert "reply_to_message" not in await api(
        "sendMessage", chat_id=anna.id, text="x", reply_parameters=lenient
    )
    await api("sendMessage", chat_id=anna.id, text="x", reply_parameters={})
