"""Logs: ids and outcomes, never a token, never a word of a person."""

import io
import json
import logging
import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot import logs
from bot.demo import StandIn
from bot.demo.faults import Blocked, CutBody, Refused, ServerError, TooManyRequests
from bot.logs import JsonFormatter, RedactingFormatter
from tests.conftest import HWK_KOELN, Bot
from tests.overheard import assert_nothing_private, logged_by_us

TOKEN = "7000000001:AAbb-cc_ddEE"
SECRET_WORDS = ("Zauberwort", "Antwortwort", "Rückwort", "50667", "Anna", "Lotta")


def formatted(message: str, *values: object, error: BaseException | None = None) -> str:
    """One line as the program writes it."""
    info = (type(error), error, error.__traceback__) if error else None
    record = logging.LogRecord("telegram.Bot", logging.INFO, "datei.py", 1, message, values, info)
    return RedactingFormatter("%(levelname)s %(name)s: %(message)s").format(record)


@pytest.mark.parametrize(
    "text",
    [
        TOKEN,
        f"/bot{TOKEN}/getMe",
        f"https://api.telegram.org/bot{TOKEN}/sendMessage?x=1",
        f"'{TOKEN}'",
        f"x {TOKEN}.",
    ],
)
def test_tokens_are_removed(text: str) -> None:
    """In every place where libraries print them, also inside an address."""
    assert TOKEN not in formatted("%s", text)
    assert "AAbb" not in formatted("%s", text)
    assert "<token>" in formatted("%s", text)


def test_tokens_are_removed_from_tracebacks() -> None:
    """Also from errors that caused the error."""
    line = ""
    try:
        try:
            Path(f"/bot{TOKEN}/getMe").read_text("utf-8")
        except OSError as cause:
            raise RuntimeError(TOKEN) from cause
    except RuntimeError as error:
        line = formatted("update %d failed", 5, error=error)
    assert "Traceback" in line
    assert "update 5 failed" in line
    assert "AAbb" not in line


def test_json_lines() -> None:
    """One object a line with time, level, logger and message, tokens removed from the traceback too."""
    try:
        raise RuntimeError(TOKEN)  # noqa: TRY301  # its traceback is what is tested
    except RuntimeError as error:
        info = (type(error), error, error.__traceback__)
    record = logging.LogRecord("bot.x", logging.ERROR, "datei.py", 1, "Ärger %s\nzwei", (TOKEN,), info)
    line = JsonFormatter().format(record)
    assert "\n" not in line
    assert "AAbb" not in line
    event = json.loads(line)
    assert event["message"] == "Ärger <token>\nzwei"
    assert (event["level"], event["logger"]) == ("ERROR", "bot.x")
    assert event["time"].endswith("+00:00")
    assert "RuntimeError: <token>" in event["traceback"]


@given(number=st.integers(100, 10**12), secret=st.from_regex(r"[A-Za-z0-9_-]{5,60}", fullmatch=True))
def test_any_token_is_removed(number: int, secret: str) -> None:
    """Whatever BOT_TOKEN may be."""
    assert formatted("%s", f"/bot{number}:{secret}/x") == "INFO telegram.Bot: /bot<token>/x"


@pytest.mark.parametrize(
    "text", ["update 167760516 failed (1 of 3)", "2026-09-01 10:00:00", "127.0.0.1:8080"]
)
def test_other_lines_stay(text: str) -> None:
    """Ids, times and addresses are not tokens."""
    assert formatted("%s", text).endswith(text)


@pytest.fixture
def written() -> Iterator[io.StringIO]:
    """What the program logs at INFO, as ``set_up`` arranges it; the loggers are as before afterwards."""
    root = logging.getLogger()
    levels = {name: logging.getLogger(name).level for name in (None, *logs.QUIET)}
    logs.set_up("INFO")
    [handler] = root.handlers
    assert isinstance(handler, logging.StreamHandler)
    assert isinstance(handler.formatter, RedactingFormatter)
    stream = io.StringIO()
    handler.setStream(stream)
    try:
        yield stream
    finally:
        root.removeHandler(handler)
        for name, level in levels.items():
            logging.getLogger(name).setLevel(level)


def test_set_up_replaces_what_was_there(written: io.StringIO) -> None:
    """Called again it does not print twice; libraries stay at WARNING; our lines have time, level and name."""
    for name in logs.QUIET:
        logging.getLogger(name).info("https://…%s", TOKEN)
    logging.getLogger("bot.x").info("los %s", TOKEN)
    [line] = written.getvalue().splitlines()
    assert line.endswith("INFO bot.x: los <token>")


async def test_a_dialogue_leaves_no_word_in_the_logs(written: io.StringIO, bot: Bot) -> None:
    """Question, handoff, answer, bad weather, a block and a failing database: no token, no name, no place, no word."""
    await bot.link(HWK_KOELN, bot.lotse)
    faults = bot.telegram.faults
    await bot.employer.starts()
    faults.add(ServerError(html=True, code=502), method="sendMessage", chat=bot.employer.id)
    await bot.employer.says("Zauberwort eq dauer monate")
    await bot.weather()
    await bot.employer.says("/lotse Zauberwort bitte")
    await bot.employer.says("50667")
    await bot.weather()
    await bot.employer.presses("🔧 Handwerk")
    await bot.weather()
    faults.add(TooManyRequests(retry_after=2), method="sendMessage", chat=bot.lotse.id)
    await bot.employer.presses("✅ Einverstanden, senden")
    await bot.weather()
    bot.clock.wind(seconds=5)
    await bot.quiet()
    await bot.lotse.presses("Übernehmen")
    await bot.weather()
    faults.add(CutBody(), method="sendMessage", chat=bot.employer.id)
    await bot.lotse.says("Antwortwort", reply_to=bot.lotse.last.id)
    await bot.weather()
    bot.clock.wind(seconds=5)
    await bot.quiet()
    faults.add(
        Refused("Bad Request: Zauberwort is not a word"), method="sendMessage", chat=bot.lotse.id, times=3
    )
    await bot.employer.says("Rückwort")
    await bot.weather()
    faults.add(Blocked(), method="sendMessage", chat=bot.employer.id)
    await bot.employer.says("/status Zauberwort")
    await bot.weather()

    text = written.getvalue()
    assert "outbox" in text, "nothing was logged, so nothing was shown"
    assert bot.telegram.token not in text
    assert bot.telegram.token.partition(":")[2] not in text
    for word in SECRET_WORDS:
        assert word not in text.replace("Bad Request: Zauberwort is not a word", ""), word


async def test_a_failing_update_is_logged_without_its_words(written: io.StringIO, bot: Bot) -> None:
    """Three failures and the setting aside: numbers and the traceback, no word of the person."""
    bot.admin.opens()
    await bot.employer.starts()
    await bot.quiet()
    bot.telegram.faults.add(
        Refused("Bad Request: something is wrong"), method="sendMessage", chat=bot.employer.id, times=3
    )
    await bot.employer.says("Zauberwort eq dauer monate")
    await bot.weather()

    text = written.getvalue()
    assert "set aside after 3 tries" in text
    assert "Traceback" in text
    assert "Zauberwort" not in text
    assert bot.telegram.token.partition(":")[2] not in text


def test_database_errors_hold_no_values() -> None:
    """What SQLite says about a broken rule names columns, never what stands in them."""
    connection = sqlite3.connect(":memory:")
    connection.execute("CREATE TABLE t (a TEXT UNIQUE)")
    connection.execute("INSERT INTO t VALUES ('Zauberwort')")
    with pytest.raises(sqlite3.IntegrityError) as error:
        connection.execute("INSERT INTO t VALUES ('Zauberwort')")
    connection.close()
    assert "Zauberwort" not in str(error.value)


async def test_the_suite_listens(telegram: StandIn) -> None:
    """What every dialogue of the suite is held to would be noticed: a person's words at DEBUG, and the token."""
    await telegram.user("Anna").starts()
    await telegram.user("Bernd").says("Zauberwort eq dauer monate")
    # Formatted as the program does, a whole token never shows; half of one would.
    for said in ("Zauberwort eq dauer monate", telegram.token.partition(":")[2]):
        with logged_by_us() as lines:
            logging.getLogger("bot.x").debug("gefragt: %s", said)
            logging.getLogger("bot.demo.x").debug("die Nachbildung darf: %s", said)
            logging.getLogger("aiohttp").info("am Programm vorbei: %s", said)
        assert len(lines) == 1
        with pytest.raises(AssertionError):
            assert_nothing_private(lines, telegram)
    assert_nothing_private(["nichts"], telegram)
