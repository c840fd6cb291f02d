"""Directories for tests: the packaged sample (read once a process), and files as editors write them."""

from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Any

import yaml

from knowledge.directory import Branch, Directory, ParsedDirectory, Relation, parse
from knowledge.region_places import Place
from knowledge.regions import Regions
from tests.regions_at_hand import germany


@cache
def sample_directory() -> Directory:
    """The packaged sample; immutable, so all tests share it."""
    content = (files("knowledge") / "data" / "lotsen.yaml").read_bytes()
    parsed = parse({"lotsen.yaml": content}, germany())
    assert parsed.problems == ()
    assert parsed.directory is not None
    return parsed.directory


def lotse(lotse_id: str, **changed: Any) -> dict[str, Any]:
    """The fields of one Lotse as an editor writes them; ``None`` leaves a field out."""
    fields: dict[str, Any] = {
        "id": lotse_id,
        "name": f"Muster {lotse_id}",
        "organisation": "IHK zu Köln",
        "art": "IHK",
        "ort": "Köln",
        "land": "NW",
        "kreise": ["05315"],
        "email": "lotse@ihk.example",
        **changed,
    }
    return {name: value for name, value in fields.items() if value is not None}


def read(regions: Regions, *lotsen: Mapping[str, Any], **top: Any) -> ParsedDirectory:
    """The directory of a file with these Lotsen."""
    text = yaml.safe_dump(
        {**top, "lotsen": [dict(one) for one in lotsen]}, allow_unicode=True, sort_keys=False
    )
    return parse({"lotsen.yaml": text.encode()}, regions)


def good(regions: Regions, *lotsen: Mapping[str, Any], **top: Any) -> Directory:
    """The same, without problems."""
    parsed = read(regions, *lotsen, **top)
    assert parsed.problems == ()
    assert parsed.directory is not None
    return parsed.directory


def place(regions: Regions, key: str) -> Place:
    """The place of a key that exists."""
    found = regions.by_key(key)
    assert found is not None
    return found


def served(directory: Directory, where: Place, branch: Branch) -> list[tuple[str, Relation]]:
    """Ids and relations of the candidates."""
    return [(item.lotse.id, item.relation) for item in directory.serving(where, branch).candidates]


def problems(parsed: ParsedDirectory) -> list[str]:
    """The problems of a file that was refused."""
    assert parsed.directory is None
    return [str(problem) for problem in parsed.problems]
