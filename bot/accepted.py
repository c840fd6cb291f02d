"""What answers after a start: the newest accepted version, never the editors' unfinished work."""

import asyncio
import logging
from dataclasses import dataclass
from datetime import datetime

from bot.clock import Clock, to_ms
from bot.editions import Editions
from bot.library import Edition
from bot.model import ChatId, NoticeKind
from bot.storage import StorageError, Store
from bot.tables import outbox
from bot.versions import NEWS_LAST, Meta, Origin, Version, Versions, read_files
from knowledge import source
from knowledge.news import News, following
from knowledge.problems import KnowledgeError
from knowledge.source import TextFile

log = logging.getLogger(__name__)

_PROGRAM = 0  # the author of what no person accepted


@dataclass(frozen=True, slots=True)
class Begun:
    """The edition in use after a start.

    ``waiting``: the digest of what nobody has accepted yet, or empty; ``folder``: it lies in the editors' folder, else it
    came with the program.
    """

    edition: Edition
    waiting: str = ""
    folder: bool = False
    news: tuple[News, ...] = ()


def begin(editions: Editions, versions: Versions, now: datetime) -> Begun:
    """Load the newest version; the first start accepts the folder, or the packaged knowledge.

    Raises ``KnowledgeError`` when there is nothing that can be used, ``StorageError`` when a version cannot be kept.
    """
    newest = versions.newest()
    if newest is None:
        return _accept(editions, versions, now)
    offered = _digest_offered(editions)
    if newest.meta.origin is Origin.PACKAGED and editions.folder is None and offered != newest.meta.digest:
        # The knowledge of a new program was judged when the program was made, and nobody edits it here.
        log.info("the program brings other knowledge than version %d", newest.meta.number)
        return _accept(editions, versions, now)
    edition = _load(editions, versions, newest)
    if edition is None:
        log.error("version %d cannot be used, the folder is used instead", newest.meta.number)
        return _accept_or_return(editions, versions, now)
    known = {newest.meta.digest}
    if editions.folder is None:  # the packaged knowledge is news only if it never was in use
        known |= {version.meta.digest for version in versions.all()}
    waiting = "" if offered in known else offered
    return Begun(edition, waiting, folder=editions.folder is not None, news=newest.meta.news)


async def tell_waiting(
    begun: Begun, versions: Versions, store: Store, clock: Clock, admins: tuple[int, ...]
) -> bool:
    """Tell the admins, once, that changes wait; whether there was something to tell."""
    if not begun.waiting or await asyncio.to_thread(versions.told) == begun.waiting:
        return False
    now = to_ms(clock.now())
    async with store.transaction() as tx:
        for admin in admins:
            dedupe = f"waiting:{begun.waiting}:{admin}"
            kind, data = NoticeKind.KNOWLEDGE_WAITING, {"folder": begun.folder}
            await outbox.put(tx, ChatId(admin), kind, dedupe=dedupe, now=now, data=data)
    try:
        await asyncio.to_thread(versions.remember_told, begun.waiting)
    except OSError as error:
        log.warning("admins may be told again: %s", type(error).__name__)
    return True


def _load(editions: Editions, versions: Versions, version: Version, *, linted: bool = True) -> Edition | None:
    if not versions.is_whole(version):
        log.error("version %d is damaged", version.meta.number)
        return None
    try:
        return editions.at(version.path).load(linted=linted)
    except KnowledgeError as error:
        log.error("version %d has %d problems now", version.meta.number, len(error.problems))  # noqa: TRY400  # texts of the knowledge belong to /reload
        return None


def _accept(editions: Editions, versions: Versions, now: datetime) -> Begun:
    """The folder, or the packaged knowledge, becomes a version; what it says otherwise than the last one is news."""
    files = read_files(editions.origin)
    edition = editions.load()
    origin = Origin.PACKAGED if editions.folder is None else Origin.FOLDER
    news = _news(versions, edition, now)
    _record(versions, files, Meta.of(edition, _PROGRAM, now, origin, news=news))
    return Begun(edition, folder=editions.folder is not None, news=news)


def _news(versions: Versions, edition: Edition, now: datetime) -> tuple[News, ...]:
    """What differs from the version that was in use, if that can still be read."""
    last = versions.newest()
    if last is None or not versions.is_whole(last):
        return ()
    try:
        before = source.load(last.path)
    except KnowledgeError:
        log.warning("version %d cannot be read any more: what is new stays unknown", last.meta.number)
        return ()
    return following(last.meta.news, before, edition.knowledge, now, now - NEWS_LAST)


def _accept_or_return(editions: Editions, versions: Versions, now: datetime) -> Begun:
    """The folder, else the newest version that can be read at all: an answer that was accepted under older rules is better
    than none."""
    try:
        return _accept(editions, versions, now)
    except KnowledgeError:
        newest, *older = versions.all()
        folder = editions.folder is not None
        edition = _load(editions, versions, newest, linted=False)
        if edition is not None:
            return Begun(edition, folder=folder, news=newest.meta.news)
        for version in older:
            edition = _load(editions, versions, version, linted=False)
            if edition is not None:
                meta = Meta.of(edition, _PROGRAM, now, Origin.ROLLBACK, returned_to=version.meta.number)
                _record(versions, read_files(version.path), meta)
                return Begun(edition, folder=folder)
        raise


def _record(versions: Versions, files: tuple[TextFile, ...], meta: Meta) -> None:
    try:
        version = versions.record(files, meta)
    except OSError as error:
        message = f"Die Fassung des Wissens kann nicht abgelegt werden ({error.strerror}). DATA_DIR prüfen."
        raise StorageError(message) from error
    log.info("version %d accepted at the start", version.meta.number)


def _digest_offered(editions: Editions) -> str:
    """The digest of what the next /reload would look at; empty when it cannot be read."""
    try:
        return source.digest(read_files(editions.origin))
    except KnowledgeError as error:
        log.warning("the knowledge folder cannot be read: %d problems", len(error.problems))
        return ""
