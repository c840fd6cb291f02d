"""The lists of laws, pages and questions that come with the program."""

import pytest

from bot.editions import packaged
from knowledge import source
from knowledge.checklist import Official, read_checklist


@pytest.mark.parametrize(
    ("url", "owner"),
    [
        ("https://www.bamf.de/DE", "Bundesamt"),
        ("https://WWW.BAMF.DE", "Bundesamt"),
        ("https://koeln.ihk.de?x", "Kammern"),
        ("https://www.frankfurt-main.ihk.de/x", "Kammern"),
        ("https://ihk.de/", None),
        ("https://bamf.de/", None),
        ("https://www.bamf.de.example/", None),
        ("https://boeseihk.de/", None),
        ("https://www.bamf.de:8443/", None),
        ("https://www.bamf.de@example.org/", None),
        ("http://www.bamf.de/", None),
    ],
)
def test_who_runs_a_page(url: str, owner: str | None) -> None:
    """The host decides, whole or below a listed domain; tricks with ports and names in front do not pass."""
    official = Official(hosts={"www.bamf.de": "Bundesamt", "*.ihk.de": "Kammern"})

    assert official.owner(url) == owner


def test_the_shipped_lists_are_in_use() -> None:
    """quellen.yaml lists no page that no entry links to, fakten.yaml names the 168 questions of the sheets."""
    texts = source.read_folder(packaged())
    files = {file.name: file.content for file in texts}
    checklist, problems = read_checklist(files)
    urls = {link.url for one in source.parse(texts).entries.values() for link in one.sources}

    assert problems == ()
    assert checklist.questions is not None
    assert len(set(checklist.questions)) == len(checklist.questions) == 168
    assert checklist.official is not None
    owners = {checklist.official.owner(url) for url in urls}
    assert set(checklist.official.hosts.values()) == owners
