"""Where the answer goes, as people type it on a phone."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.contact import Contact, find


@pytest.mark.parametrize(
    ("text", "mail", "phone"),
    [
        ("info@firma.de", "info@firma.de", ""),
        ("  Info@Firma.DE ", "Info@firma.de", ""),
        ("bitte an anna.b+lotse@mail.firma-x.de.", "anna.b+lotse@mail.firma-x.de", ""),
        ("chef@bäckerei-müller.de", "", ""),
        ("0221 123456", "", "0221 123456"),
        ("Tel. 0221/12 34 56-0", "", "0221/12 34 56-0"),
        ("+49 (0)171  1234567", "", "+49 (0)171 1234567"),
        ("0049 171 1234567", "", "0049 171 1234567"),
        ("info@firma.de oder 0171 1234567", "info@firma.de", "0171 1234567"),
    ],
)
def test_what_is_understood(text: str, mail: str, phone: str) -> None:
    """An address, a number, or both."""
    if "bäckerei" in text:
        mail = f"chef@{'bäckerei-müller'.encode('idna').decode()}.de"
    assert find(text) == Contact(mail, phone)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "weiß nicht",
        "info@firma",
        "info@@firma.de",
        "info@firma.de, chef@firma.de",
        "0221 123456 oder 0171 1234567",
        "50667",
        "12345",
        "0221",
        "0221 1234567890123456789",
        "müller@firma.de",
        "a@b.de\r\nBcc: c@d.de",
        f"{'a' * 65}@firma.de",
        f"a@{'b' * 64}.de",
        f"a@{'b.' * 130}de",
        ".a@firma.de",
        "a..b@firma.de",
        "Darf ich 2026 jemanden mit Duldung ausbilden?",
    ],
)
def test_what_is_not(text: str) -> None:
    """None, two of a kind, or not readable: the person is asked again."""
    assert find(text) is None


@given(st.text())
def test_whatever_comes_is_one_harmless_line(text: str) -> None:
    """Nothing that is accepted can break a header, and reading it again finds the same."""
    found = find(text)
    if found is not None:
        assert str(found).isprintable()
        assert found.mail.isascii()
        assert find(str(found)) == found
