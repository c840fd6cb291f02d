"""The way in. Most of a start is importing, so what can be done beside that begins first."""

import gc
import importlib
import sys
import threading

from bot import heap


def main() -> int:
    """Run the command line; returns the exit code."""
    if sys.argv[1:2] == ["run"]:
        heap.returned()
        gc.disable()  # nearly all that is made now stays; ``bot.heap`` enables it when everything is loaded
        # It reads the certificates of all authorities and does not hold the interpreter meanwhile.
        threading.Thread(target=importlib.import_module, args=("aiohttp",)).start()
    from bot import commands  # noqa: PLC0415 - what takes the time

    return commands.main()


if __name__ == "__main__":
    sys.exit(main())
