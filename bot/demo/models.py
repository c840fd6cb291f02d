"""aiogram's models, each made ready when it is first needed: importing them in the usual way takes eight seconds.

aiogram completes all 450 models at the end of its import. Here they are only noted; the few that a conversation is made of
complete themselves in a fraction of a second when something is judged by them.
"""

import importlib
import sys
import threading
import typing
from collections.abc import Iterator
from types import ModuleType
from typing import Any

from pydantic import BaseModel

_importing = threading.Lock()


def loaded() -> ModuleType:
    """``aiogram``, imported; raises ``ModuleNotFoundError``."""
    with _importing:
        if "aiogram" in sys.modules:
            return importlib.import_module("aiogram")
        names: dict[str, Any] = {}

        def noted(cls: type[BaseModel], *, _types_namespace: dict[str, Any] | None = None) -> None:
            del cls
            names.update(_types_namespace or {})

        complete = BaseModel.__dict__["model_rebuild"]
        BaseModel.model_rebuild = classmethod(noted)  # type: ignore[assignment,method-assign]  # put back below
        try:
            aiogram = importlib.import_module("aiogram")
        finally:
            BaseModel.model_rebuild = complete  # type: ignore[method-assign]  # what it was

        def completed(cls: type[BaseModel], /, *, force: bool = False, **options: Any) -> bool | None:
            # pydantic calls this by itself at the first use, but knows none of the names.
            options["_types_namespace"] = names
            return typing.cast("bool | None", complete.__func__(cls, force=force, **options))

        for base in (aiogram.types.TelegramObject, aiogram.methods.TelegramMethod):
            base.model_rebuild = classmethod(completed)
        return aiogram


def ready(annotation: Any) -> Any:
    """The same annotation; every model in it is complete, and with it all that its fields hold."""
    for model in _models(annotation):
        model.model_rebuild()
    return annotation


def _models(annotation: Any) -> Iterator[type[BaseModel]]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation
    for part in typing.get_args(annotation):
        yield from _models(part)
