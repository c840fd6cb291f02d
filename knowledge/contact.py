"""How somebody can be answered outside Telegram: an e-mail address, a telephone number, or both, out of what was typed."""

import re
from dataclasses import dataclass
from typing import Final

# RFC 5321 allows more (quotes, letters beyond ASCII) than any mail server of a firm uses; what is left cannot break a header.
_LOCAL = r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(?:\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*"
_LABEL = r"[^\W_](?:[\w-]*[^\W_])?"
_MAIL: Final = re.compile(rf"(?<![\w.+-])({_LOCAL})@((?:{_LABEL}\.)+[^\W\d_]{{2,}})(?![\w@-])")
_PHONE: Final = re.compile(r"(?<![\w+])(?:\+|00?)[1-9(][0-9 ()/.–-]{4,28}[0-9](?!\w)")
_LONGEST_MAIL, _LONGEST_LOCAL = 254, 64
_FEWEST_DIGITS, _MOST_DIGITS = 6, 15  # ITU-T E.164 has 15 at most


@dataclass(frozen=True, slots=True)
class Contact:
    """Where the answer goes; at least one of the two is set."""

    mail: str = ""
    phone: str = ""

    def __str__(self) -> str:
        return ", ".join(filter(None, (self.mail, self.phone)))


def find(text: str) -> Contact | None:
    """The contact in ``text``; ``None`` when there is none, or two of a kind, so that nobody knows which is meant."""
    mails = {_ascii_domain(*found) for found in _MAIL.findall(text)}
    phones = {_tidy(found) for found in _PHONE.findall(_MAIL.sub(" ", text))} - {""}
    if len(mails) > 1 or len(phones) > 1 or "" in mails or "@" in _MAIL.sub("", text):
        return None
    contact = Contact(*mails, *phones) if mails else Contact("", *phones)
    return contact if contact != Contact() else None


def _ascii_domain(local: str, domain: str) -> str:
    """The address as mail servers write it (bäcker.de → xn--bcker-gra.de); empty when it cannot be one."""
    try:
        plain = domain.encode("idna").decode("ascii")
    except UnicodeError:
        return ""
    mail = f"{local}@{plain.lower()}"
    return mail if len(mail) <= _LONGEST_MAIL and len(local) <= _LONGEST_LOCAL else ""


def _tidy(phone: str) -> str:
    """The number in one line without doubled spaces; empty when it has too few or too many digits."""
    digits = sum(letter.isdigit() for letter in phone)
    return " ".join(phone.split()) if _FEWEST_DIGITS <= digits <= _MOST_DIGITS else ""
