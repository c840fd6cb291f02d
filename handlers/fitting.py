"""Text that has to fit into the bytes of a button."""

import re

UNSAFE = re.compile(r"[\x00-\x1f]")


def fit(text: str, room: int) -> str:
    """``text`` without control characters, cut at a word to ``room`` bytes."""
    text = UNSAFE.sub(" ", text)
    while len(text.encode()) > room:
        shorter = text.rpartition(" ")[0]
        text = shorter or text[:-1]
    return text
