"""The event stream of the page: every change of any chat as a server-sent event."""

import asyncio
from contextlib import suppress

from aiohttp import web

from bot.demo.changes import Changes
from bot.demo.envelope import Json, to_text

_MOST_WAITING = 2_000  # events; a reader that is further behind is cut off and may begin anew
_KEEP_ALIVE = 2.0  # s: so long a reader that has gone is not noticed


def _is_noise(kind: str, payload: Json) -> bool:
    """Polls that went well are no news."""
    return kind == "call" and payload["method"] == "getUpdates" and payload["status"] == 200  # noqa: PLR2004 - HTTP


async def stream(request: web.Request, changes: Changes, closed: asyncio.Event) -> web.StreamResponse:
    """Send events until the reader or the stand-in goes; ``event:`` is the kind, ``data:`` its JSON."""
    answer = web.StreamResponse(headers={"Content-Type": "text/event-stream", "Cache-Control": "no-store"})
    await answer.prepare(request)
    waiting: asyncio.Queue[str] = asyncio.Queue(_MOST_WAITING)
    behind = asyncio.Event()

    def on_event(kind: str, payload: Json) -> None:
        if _is_noise(kind, payload):
            return
        try:
            waiting.put_nowait(f"event: {kind}\ndata: {to_text(payload)}\n\n")
        except asyncio.QueueFull:
            behind.set()

    stop = changes.listen(on_event)
    try:
        await answer.write(b"event: hello\ndata: {}\n\n")
        with suppress(ConnectionError):
            while not (closed.is_set() or behind.is_set()):
                await _forward(answer, waiting, closed)
    finally:
        stop()
    return answer


async def _forward(answer: web.StreamResponse, waiting: asyncio.Queue[str], closed: asyncio.Event) -> None:
    """Write what waits; nothing for a while is a comment, which fails when the reader has gone."""
    getting, closing = asyncio.ensure_future(waiting.get()), asyncio.ensure_future(closed.wait())
    done, pending = await asyncio.wait(
        (getting, closing), timeout=_KEEP_ALIVE, return_when=asyncio.FIRST_COMPLETED
    )
    for task in pending:
        task.cancel()
    await answer.write(getting.result().encode() if getting in done else b": still here\n\n")
