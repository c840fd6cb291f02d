"""A local stand-in for Telegram's Bot API: the fixture of the tests, the engine of ``lotsenbot demo``, a load server."""

from bot.demo.judges import StandInUnavailableError
from bot.demo.people import ImpossibleError, Person
from bot.demo.standin import NotIdleError, StandIn

__all__ = ["ImpossibleError", "NotIdleError", "Person", "StandIn", "StandInUnavailableError"]
