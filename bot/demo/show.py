"""``lotsenbot demo``: the whole bot in front of the local Telegram, with three people to be in the browser."""

import asyncio
import base64
import logging
import re
import secrets
import signal
import socket
import sys
import tempfile
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from bot import app, init, polling
from bot.config import KEY_BYTES, Settings
from bot.demo import sample
from bot.demo.people import Person
from bot.demo.sample import Cast, SampleError
from bot.demo.server import LOOPBACK
from bot.demo.site import Site
from bot.demo.standin import StandIn
from bot.demo.training import Training
from bot.surroundings import Surroundings
from handlers import texts
from handlers.start import LINK_PREFIX
from knowledge.decision import Answer

_PORTS = 50  # how many ports after the wanted one are tried
_TOKEN = re.compile(rf"start={LINK_PREFIX}(\S+)")
_PATIENCE = 30.0  # s for the bot to answer while the scene is set
_UNDO_S = 4  # long enough to see „Rückgängig“, short enough for whoever only watches
_STOPPED = 5.0  # s for the bot to end its last poll


@dataclass(frozen=True, slots=True)
class Show:
    """A running demo."""

    telegram: StandIn
    app: app.App
    employer: Person
    lotse: Person
    admin: Person
    editor: Person
    knowledge: Path
    polling: asyncio.Task[None]

    @property
    def address(self) -> str:
        """Where the page is."""
        return self.telegram.base_url


async def run(port: int, cache: Path, *, once: bool) -> None:
    """Show until SIGINT or SIGTERM; with ``once`` only start, say where, and end.

    ``port`` 0 means any free one; when the wanted one is taken, the next free one is used. The index stays in the folder
    ``cache`` for the next time: it holds nothing of what is said in the demo.
    """
    logging.basicConfig(level=logging.WARNING, format="%(levelname)s %(name)s: %(message)s")
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, stop.set)
    _say("Das Wissen wird geladen, einen Augenblick …")
    stopped = asyncio.ensure_future(stop.wait())
    with tempfile.TemporaryDirectory(prefix="lotsenbot-vorfuehrung-") as folder:
        async with showing(port, Path(folder), cache, undo_seconds=_UNDO_S) as show:
            _say(f"Die Vorführung läuft: {show.address} – beenden mit Strg+C")
            _say(f"Wissen zum Ändern (danach /reload als {sample.ADMIN.first_name}): {show.knowledge}")
            if not once:
                # A bot that ends by itself ends the demo with its error.
                await asyncio.wait((stopped, show.polling), return_when=asyncio.FIRST_COMPLETED)
    stopped.cancel()
    _say("Die Vorführung ist beendet, ihre Daten sind gelöscht.")


@asynccontextmanager
async def showing(
    port: int, folder: Path, cache: Path, *, undo_seconds: int = 0, office: Cast = sample.ADMIN
) -> AsyncIterator[Show]:
    """The demo on ``port`` with its data and its knowledge below ``folder``; the Lotse is linked when it is given out.

    ``undo_seconds``: how long an answer can be taken back before it goes; ``office``: whose the third phone is, the admin's or
    the editor's.
    """
    knowledge = folder / "wissen"
    init.fill(knowledge)
    lotse_id = sample.cast_lotse(knowledge)
    data = folder / "daten"
    data.mkdir()
    (data / "cache").symlink_to(_made(cache), target_is_directory=True)
    site = Site()
    async with StandIn.running(port=free_port(port), routes=site.routes()) as telegram:
        employer, lotse, admin, editor = (
            _person(telegram, cast) for cast in (sample.EMPLOYER, sample.LOTSE, sample.ADMIN, sample.EDITOR)
        )
        settings = Settings.from_env(
            {
                "BOT_TOKEN": telegram.token,
                "UNDO_SECONDS": str(undo_seconds),
                "ADMIN_IDS": str(admin.id),
                "EDITOR_IDS": str(editor.id) if office is sample.EDITOR else "",
                "DATA_KEY": base64.b64encode(secrets.token_bytes(KEY_BYTES)).decode(),
                "DATA_DIR": str(data),
                "KNOWLEDGE_DIR": str(knowledge),
                "TELEGRAM_URL": telegram.base_url,
            }
        )
        async with app.opened(settings, Surroundings.real()) as opened, _polling(opened) as poll:
            show = Show(telegram, opened, employer, lotse, admin, editor, knowledge, poll)
            await _link(show, lotse_id)
            if office is sample.EDITOR:
                await editor.starts()
                await telegram.until(lambda: bool(editor.received), _PATIENCE)
            await app.present(opened)
            _open(site, show, office)
            yield show


def _made(cache: Path) -> Path:
    with suppress(OSError):  # a cache that cannot be written is none
        cache.mkdir(parents=True, exist_ok=True)
    return cache.absolute()


def _person(telegram: StandIn, cast: Cast) -> Person:
    return telegram.user(cast.first_name, last_name=cast.last_name)


@asynccontextmanager
async def _polling(opened: app.App) -> AsyncIterator[asyncio.Task[None]]:
    stop = asyncio.Event()
    poll = asyncio.create_task(polling.Polling(opened.line.fetch, opened.updates, opened.clock).run(stop))
    try:
        yield poll
    finally:
        stop.set()
        with suppress(TimeoutError):
            await asyncio.wait_for(poll, _STOPPED)


async def _link(show: Show, lotse_id: str) -> None:
    """Link the Lotse as it happens in life: the admin invites, the Lotse opens the link, the admin confirms."""
    telegram, lotse, admin = show.telegram, show.lotse, show.admin
    await admin.says(f"/einladen {lotse_id}")
    await telegram.until(lambda: _TOKEN.search(_newest(admin)), _PATIENCE)
    token = _TOKEN.findall(_newest(admin))[0]
    await lotse.starts(f"{LINK_PREFIX}{token}")
    await telegram.until(lambda: admin.received and texts.KEY_CONFIRM in admin.last.labels, _PATIENCE)
    await admin.presses(texts.KEY_CONFIRM)
    await telegram.until(lambda: texts.LINK_CONFIRMED[0] in _newest(lotse), _PATIENCE)


def _newest(person: Person) -> str:
    """The bot's newest words to a person."""
    return person.last.text if person.received else ""


def _open(site: Site, show: Show, office: Cast) -> None:
    """Let the page know who is there and what the guided example says."""
    decision = show.app.library.current.understanding.find(sample.QUESTION)
    if not isinstance(decision, Answer):
        raise SampleError(f"no answer to {sample.QUESTION!r}")
    entry = decision.hits[0].entry.id
    third = show.editor if office is sample.EDITOR else show.admin
    people = zip((show.employer, show.lotse, third), (sample.EMPLOYER, sample.LOTSE, office), strict=True)
    site.people = [
        {"id": person.id, "name": cast.name, "role": cast.role, "does": cast.does} for person, cast in people
    ]
    site.edit = lambda: sample.edit(show.knowledge, entry, show.app.clock.now().astimezone())
    site.train = Training(show.telegram, show.lotse).prepare
    site.guide = sample.guide(show.knowledge)


def free_port(wanted: int) -> int:
    """The wanted port, or the first free one after it; 0 stays 0."""
    for port in range(wanted, min(wanted + _PORTS, 2**16)) if wanted else ():
        with socket.socket() as probe:
            # As the server itself will: a port in TIME_WAIT is free.
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind((LOOPBACK, port))
            except OSError:
                continue
            return port
    return 0


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()
