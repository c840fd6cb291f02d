"""The demo without a browser: its knowledge, its routes, its start and its end."""

import asyncio
import re
import signal
import socket
import sys
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from pathlib import Path

import aiohttp
import pytest

from bot import init
from bot.commands import main
from bot.demo import StandIn, sample
from bot.demo.show import Show, free_port, showing
from bot.demo.site import HEADERS, Site
from handlers import texts_admin
from knowledge import source

ADDRESS = r"Die Vorführung läuft: http://127\.0\.0\.1:\d+ – beenden mit Strg\+C\n"
NOON = datetime(2026, 9, 1, 12, 0, tzinfo=UTC)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of the packaged knowledge."""
    init.fill(tmp_path / "wissen")
    return tmp_path / "wissen"


@pytest.fixture
async def show(tmp_path: Path, shipped_cache: Path) -> AsyncIterator[Show]:
    """A running demo on a free port."""
    async with showing(0, tmp_path, shipped_cache) as started:
        yield started


def test_the_lotse_of_the_phone_is_one_of_the_directory(folder: Path) -> None:
    """One Lotse of the sample directory gets the name of the phone's owner; nothing else changes."""
    before = (folder / "lotsen.yaml").read_text("utf-8")

    lotse = sample.cast_lotse(folder)

    after = (folder / "lotsen.yaml").read_text("utf-8")
    changed = [line for line in after.splitlines() if line not in before.splitlines()]
    assert changed == [f"    name: {sample.LOTSE.name} (Muster)"]
    assert re.search(rf"- id: {lotse}\n    name: {sample.LOTSE.name} ", after)


def test_a_directory_without_that_lotse_is_refused(folder: Path) -> None:
    """Without a Lotse for crafts in Köln the demo cannot begin."""
    (folder / "lotsen.yaml").write_text("lotsen:\n  - {id: WL001, art: IHK, kreise: ['05315']}\n", "utf-8")

    with pytest.raises(sample.SampleError):
        sample.cast_lotse(folder)


def test_an_edit_changes_one_entry_and_can_be_done_again(folder: Path) -> None:
    """The line stands in the details of this entry once, with the newer time, and the knowledge is still valid."""
    before = source.parse(source.read_folder(folder))
    entry = next(entry for entry in before.entries.values() if entry.details)

    done = sample.edit(folder, entry.id, NOON)
    sample.edit(folder, entry.id, NOON.replace(minute=7))

    after = source.parse(source.read_folder(folder))
    assert [wanted for wanted in before.entries if before.entries[wanted] != after.entries[wanted]] == [
        entry.id
    ]
    assert after.entries[entry.id].details.count("Gerade geändert") == 1
    assert "12:07 Uhr" in after.entries[entry.id].details
    assert done["entry"] == entry.id
    assert (folder / done["file"]).is_file()


def test_an_entry_without_details_is_edited_in_its_answer(tmp_path: Path) -> None:
    """Where nothing is folded, the line begins the answer."""
    (tmp_path / "faq").mkdir()
    file = tmp_path / "faq" / "t.yaml"
    file.write_text("eintraege:\n  - id: kurz\n    antwort: |\n      Ja.\n  - id: lang\n", "utf-8")

    sample.edit(tmp_path, "kurz", NOON)

    assert "antwort: |\n      • <b>Gerade geändert:</b>" in file.read_text("utf-8")
    assert file.read_text("utf-8").endswith("Uhr ergänzt.\n      Ja.\n  - id: lang\n")


@pytest.mark.parametrize("entry", ["gibt-es-nicht", "lang"])
def test_what_cannot_be_edited_is_refused(tmp_path: Path, entry: str) -> None:
    """An unknown entry and one without words are refused."""
    (tmp_path / "faq").mkdir()
    (tmp_path / "faq" / "t.yaml").write_text("eintraege:\n  - id: lang\n    titel: x\n", "utf-8")

    with pytest.raises(sample.SampleError):
        sample.edit(tmp_path, entry, NOON)


async def test_the_page_is_served_with_a_strict_policy() -> None:
    """Every file of the page comes from here with its headers; anything else is 404, other hosts are refused."""
    site = Site()
    async with (
        StandIn.running(routes=site.routes()) as telegram,
        aiohttp.ClientSession(telegram.base_url) as session,
    ):
        for path in ("/", "/page/app.js", "/page/style.css", "/page/bot.svg", "/favicon.ico"):
            async with session.get(path) as answer:
                assert answer.status == 200
                assert answer.headers["Content-Security-Policy"].startswith("default-src 'self';")
                assert {name: answer.headers[name] for name in HEADERS} == HEADERS
        for path in ("/page/missing.js", "/page/app.py"):
            async with session.get(path) as answer:
                assert answer.status == 404
        async with session.get("/", headers={"Host": "evil.example"}) as answer:
            assert answer.status == 403
        async with session.get("/page/setup.json") as answer:
            assert await answer.json() == {"people": [], "guide": None, "training": []}
        async with session.post("/page/edit") as answer:
            assert await answer.json() == {}
        assert telegram.journal.violations == []


def test_the_page_asks_nothing_from_elsewhere() -> None:
    """No file of the page names an address to load, uses innerHTML, or is longer than 400 lines."""
    page = Path(str(source.__file__)).parent.parent / "bot" / "demo" / "page"
    for file in page.iterdir():
        text = file.read_text("utf-8")
        foreign = re.findall(r"https?://(?!www\.w3\.org/2000/svg)[a-z]", text)
        assert foreign == [], file.name
        assert not re.search(r"\b(inner|outer)HTML\b\s*=|insertAdjacentHTML|document\.write|\beval\(", text)
        assert len(text.splitlines()) <= 400, file.name


def test_a_taken_port_is_passed_over() -> None:
    """The next free port is taken; 0 stays 0."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]

        assert port < free_port(port) < port + 50
    assert free_port(0) == 0


async def test_the_scene_is_set(show: Show) -> None:
    """The Lotse is linked and has the menu of a Lotse, the admin that of an admin; the employer has not begun."""
    telegram, answer = show.telegram, show.app.library.current

    assert await show.app.linking.reachable() == {sample.cast_lotse(show.knowledge)}
    assert "entkoppeln" in show.lotse.menu
    assert "reload" in show.admin.menu
    assert show.employer.sees == []
    assert telegram.journal.violations == []
    async with aiohttp.ClientSession() as session, session.get(f"{show.address}/page/setup.json") as reply:
        setup = await reply.json()
    assert [person["role"] for person in setup["people"]] == ["Betrieb", "Lotse", "Admin"]
    assert setup["guide"]["folder"] == str(show.knowledge)
    assert answer.directory.muster


async def test_an_editor_can_change_and_reload(show: Show) -> None:
    """What the page's editor changed is in use after /reload."""
    async with aiohttp.ClientSession() as session, session.post(f"{show.address}/page/edit") as reply:
        entry = (await reply.json())["entry"]
    await show.admin.says("/reload")

    await show.telegram.until(lambda: texts_admin.KEY_ACCEPT in show.admin.last.labels, 120)
    await show.admin.presses(texts_admin.KEY_ACCEPT)
    await show.telegram.until(lambda: texts_admin.ACCEPTED_WORD in show.admin.last.text, 120)

    assert "Gerade geändert" in show.app.library.current.knowledge.entries[entry].details


def test_once_only_starts_and_ends(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path, shipped_cache: Path
) -> None:
    """``lotsenbot demo --once`` names the address in German and ends with code 0; the index stays for the next time."""
    (tmp_path / "lotsenbot").symlink_to(shipped_cache)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    assert main(["demo", "--port", "0", "--once"]) == 0

    said = capsys.readouterr().out
    assert re.search(ADDRESS, said)
    assert said.endswith("beendet, ihre Daten sind gelöscht.\n")


async def test_a_signal_ends_it_cleanly(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, shipped_cache: Path
) -> None:
    """Strg+C ends the demo with code 0 and without a warning."""
    (tmp_path / "lotsenbot").symlink_to(shipped_cache)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    arguments = ["-W", "error", "-m", "bot", "demo", "--port", "0"]
    process = await asyncio.create_subprocess_exec(
        sys.executable, *arguments, stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.PIPE
    )
    assert process.stdout is not None
    said: list[str] = []
    async for line in process.stdout:
        said.append(line.decode())
        if "läuft" in said[-1]:
            process.send_signal(signal.SIGINT)
    errors = await process.stderr.read() if process.stderr else b""

    assert await process.wait() == 0, errors.decode()
    assert errors == b""
    assert any(re.match(ADDRESS, line) for line in said)
    assert "beendet" in said[-1]
