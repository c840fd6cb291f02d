"""What kind of question is asked: how long, how much, may I, what if. Told by a few patterns over normalised text."""

import re

_PATTERNS = {
    "was ist": (
        r"^(?:was|wer) (?:ist|sind|war) (?:denn |eigentlich |genau )?(?!wenn|mit|uber|los|zu|falls|dein|ihr|euer|eure|mein|unser)"
        r"(?:\w+ ){0,3}\w+$|was (?:bedeutet|heisst)|versteht man|definition|\berklar|was genau (?:ist|sind)"
    ),
    "was wenn": r"was (?:passiert|geschieht|ist|gilt|tun|macht|mache)\b.*\b(?:wenn|falls|bei|mit)\b",
    "was tun": (
        r"was (?:muss|soll|sollte|kann|konnen|mussen|mache|machen|tue|tun)\b.*\b(?:tun|machen|beachten|ich|wir|man)\b|worauf"
    ),
    "wie lange": r"wie lang|bis wann|\bdauer|wie schnell|zeitraum",
    "wie viel": r"wie ?viel\b|wie hoch|\bkostet|wie teuer|\bkosten",
    "wie viele": r"wie ?viele\b",
    "wann": r"\bwann\b|zeitpunkt",
    "wo": r"^(?:und )?wo\b(?!.*\bher$)|\bwohin\b|in welch\w+ (?:land|ort|stadt|region)",
    "woher": r"\bwoher\b|^wo\b.*\bher$",
    "warum": r"\bwarum\b|\bwieso\b|\bweshalb\b|\bwozu\b|aus welchem grund",
    "wer": r"^(?:und )?(?:wer|wem|wen)\b|\ban wen\b|\bfur wen\b|welche (?:person|stelle|behorde)",
    "darf": r"\bdarf|\bdurf|\berlaub|\bverbot|\bverbiet|\bzulassig",
    "muss": r"\bmuss|\bpflicht|\bverpflicht|\bnotwendig|\bnotig",
    "wie": r"^(?:und )?(?:wie|womit|woran|wodurch|auf welche)\b(?! (?:viel|lang|hoch|schnell|alt|heiss|teuer|oft|gross))",
    "gibt es": r"\bgibt es\b|\bgibts\b|\bexistier",
    "kann": r"\b(?:kann|konnen|konnte) (?:ich|man|er|sie|wir|ein)\b",
    "nicht": r"\bnicht\b|\bkein\w*\b|\bohne\b|\bnie\b",
    "ja oder nein": (
        r"^(?:ist|sind|hat|hast|haben|darf|muss|kann|soll|sollte|wird|werden|bist|gibt|konnen|mussen|durfen|magst|willst)\b"
    ),
}
_CUES = tuple((name, re.compile(pattern)) for name, pattern in _PATTERNS.items())
_LONGEST = 400  # characters that are looked at: the kind of a question shows early


def cues(normalised: str) -> tuple[str, ...]:
    """The kinds of question that a text (from ``knowledge.language.normalise``) shows; often none or several."""
    start = normalised[:_LONGEST]
    return tuple(name for name, pattern in _CUES if pattern.search(start))
