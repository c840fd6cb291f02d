"""The page of the demo over HTTP: static files and what is special about this demo (who is shown, the guided example)."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from importlib.resources import files

from aiohttp import web

from bot.demo.control import guarded
from bot.demo.envelope import Json

_TYPES = {
    ".html": "text/html",
    ".css": "text/css",
    ".js": "text/javascript",
    ".svg": "image/svg+xml",
}
HEADERS = {
    # Nothing from elsewhere, nothing inline: what a message says can never become a script.
    "Content-Security-Policy": (
        "default-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; object-src 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cache-Control": "no-cache",
}


def _nothing() -> Json:
    return {}


async def _nobody() -> Json:
    return {"steps": []}


@dataclass(slots=True)
class Site:
    """The page's routes; ``people`` and ``guide`` are filled once the demo knows them, ``edit`` is an editor's hand.

    ``people``: ``id``, ``name``, ``role``, ``does`` of each phone, from left to right. ``edit`` changes the knowledge of
    the demo and returns what it changed. ``train`` prepares cases to practise on and returns the ``steps`` there are.
    """

    people: list[Json] = field(default_factory=list)
    guide: Json | None = None
    edit: Callable[[], Json] = _nothing
    train: Callable[[], Awaitable[Json]] = _nobody
    training: list[Json] = field(default_factory=list)

    def routes(self) -> list[web.RouteDef]:
        """For ``StandIn.running(routes=…)``."""
        return [
            web.get("/", guarded(self._index)),
            web.get("/page/setup.json", guarded(self._setup)),
            web.get("/page/{name:[a-z]+\\.[a-z]+}", guarded(self._static)),
            web.get("/favicon.ico", guarded(self._icon)),
            web.post("/page/edit", guarded(self._edit)),
            web.post("/page/training", guarded(self._train)),
        ]

    async def _index(self, _request: web.Request) -> web.StreamResponse:
        return _file("index.html")

    async def _static(self, request: web.Request) -> web.StreamResponse:
        return _file(request.match_info["name"])

    async def _icon(self, _request: web.Request) -> web.StreamResponse:
        return _file("bot.svg")

    async def _setup(self, _request: web.Request) -> web.StreamResponse:
        setup = {"people": self.people, "guide": self.guide, "training": self.training}
        return web.json_response(setup, headers=HEADERS)

    async def _edit(self, _request: web.Request) -> web.StreamResponse:
        return web.json_response(self.edit(), headers=HEADERS)

    async def _train(self, _request: web.Request) -> web.StreamResponse:
        prepared = await self.train()
        self.training = prepared["steps"]
        return web.json_response(prepared, headers=HEADERS)


def _file(name: str) -> web.Response:
    """A file of the folder ``page``; 404 for everything else."""
    file = files("bot.demo") / "page" / name
    kind = _TYPES.get(name[name.rfind(".") :])
    if kind is None or not file.is_file():
        return web.Response(status=404, text="Nicht gefunden.", headers=HEADERS)
    return web.Response(body=file.read_bytes(), content_type=kind, charset="utf-8", headers=HEADERS)
