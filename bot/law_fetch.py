"""Statutes from the publisher: one zip a law, asked for again only when it has changed (ETag)."""

import asyncio
import logging
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import aiohttp

from bot.versions import write_whole

log = logging.getLogger(__name__)

_TIMEOUT = aiohttp.ClientTimeout(total=60)
_AT_ONCE = 2  # a public office's server
_LARGEST = 20_000_000  # bytes; the largest zip, SGB V, has a tenth of it
_OK, _NOT_MODIFIED = 200, 304


@dataclass(frozen=True, slots=True)
class Fetched:
    """What became of the laws that were asked for."""

    new: tuple[str, ...] = ()
    same: tuple[str, ...] = ()
    failed: tuple[str, ...] = ()  # what was fetched earlier is used, if there is something


async def fetch(url: str, places: Iterable[str], folder: Path) -> Fetched:
    """Fetch ``<url>/<place>/xml.zip`` of each place into ``folder``, with its ETag beside it."""
    await asyncio.to_thread(folder.mkdir, parents=True, exist_ok=True)
    wanted = sorted(set(places))
    gate = asyncio.Semaphore(_AT_ONCE)
    async with aiohttp.ClientSession(timeout=_TIMEOUT) as session:

        async def one(place: str) -> int:
            async with gate:
                return await _one(session, f"{url.rstrip('/')}/{place}/xml.zip", folder / place)

        states = await asyncio.gather(*map(one, wanted))
    by_state = list(zip(wanted, states, strict=True))
    return Fetched(
        tuple(place for place, state in by_state if state == _OK),
        tuple(place for place, state in by_state if state == _NOT_MODIFIED),
        tuple(place for place, state in by_state if state not in {_OK, _NOT_MODIFIED}),
    )


async def _one(session: aiohttp.ClientSession, url: str, target: Path) -> int:
    archive, tag = target.with_suffix(".zip"), target.with_suffix(".etag")
    known = tag.read_text("utf-8") if tag.exists() and archive.exists() else ""
    try:
        async with session.get(url, headers={"If-None-Match": known} if known else {}) as answer:
            if answer.status != _OK:
                return answer.status
            content = await answer.content.read(_LARGEST + 1)
            while not answer.content.at_eof() and len(content) <= _LARGEST:
                content += await answer.content.read(_LARGEST + 1)
            if len(content) > _LARGEST:
                return 0
            write_whole(archive, content)
            tag.unlink(missing_ok=True)
            if etag := answer.headers.get("ETag"):
                write_whole(tag, etag.encode())
            return _OK
    except (aiohttp.ClientError, TimeoutError, OSError) as error:
        log.warning("%s could not be fetched: %s", url, type(error).__name__)
        return 0
