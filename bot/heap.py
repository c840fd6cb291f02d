"""What the garbage collector need not look through.

The FAQ, its index and the regions are some 350,000 objects that stay until a reload. Each full collection walks all of them,
which stops every chat for 0.3 to 0.7 seconds and took a tenth of the time of all answers. They hold no cycles, so an old
edition is freed by counting references as soon as the last answer from it is done (``tests/test_heap.py``).
"""

import ctypes
import gc
from collections.abc import Iterator
from contextlib import contextmanager, suppress

_YOUNG = 20_000  # objects more than there were, from which the youngest are looked through; Python's 700 suits small programs

# M_ARENA_MAX, M_MMAP_THRESHOLD and M_TRIM_THRESHOLD of malloc.h
_ARENAS, _MAPPED_FROM, _TRIMMED_FROM = -8, -3, -1
_LARGE = 131_072  # bytes; glibc's own value before it adapts


def returned() -> None:
    """Give memory that is free again back to the machine, as far as the C library can be told so (glibc).

    By itself it keeps a heap for every thread and, once a large block was freed, keeps all that are smaller: a sixth of all
    the memory of the bot. To be called before anything large is made.
    """
    with suppress(OSError, AttributeError):
        tune = ctypes.CDLL(None).mallopt
        for option, value in ((_ARENAS, 1), (_MAPPED_FROM, _LARGE), (_TRIMMED_FROM, _LARGE)):
            tune(option, value)


def lasting() -> None:
    """Take all that lives now for lasting: the collector looks through it no more. To be called after each load.

    Begins to collect where the start put that off.
    """
    gc.freeze()
    gc.set_threshold(_YOUNG, 10, 10)
    gc.enable()


@contextmanager
def loading() -> Iterator[None]:
    """The collector looks through nothing while much is made that lasts; of two at a time the first to end lets it again."""
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was:
            gc.enable()
