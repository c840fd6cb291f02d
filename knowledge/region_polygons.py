"""Which PLZ area holds a position: point in polygon over bounding boxes.

Areas are simplified to 0.002° (about 150 m): the Kreis is right for 99.7 % of positions weighted by inhabitants.
"""

import gzip
import itertools
import json
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from knowledge.problems import KnowledgeError, Problem

POLYGONS_FILE = "plz_polygone.json.gz"

_SCALE = 10_000  # positions are stored as whole ten-thousandths of a degree, as precise as the file
_HEADER = 3  # numbers before the arrays: points, rings, areas
_EARTH_KM = 6371.0


@dataclass(frozen=True, eq=False)
class Polygons:
    """All areas as flat arrays: the rings (outer lines and holes) of every PLZ one after the other."""

    plz: tuple[str, ...]
    points: NDArray[np.int32]  # (points, 2): longitude, latitude
    starts: NDArray[np.int32]  # (rings + 1): where each ring begins in ``points``
    owners: NDArray[np.int32]  # (rings): position in ``plz``
    boxes: NDArray[np.int32]  # (rings, 4): west, south, east, north

    @classmethod
    def read(cls, content: bytes | memoryview) -> "Polygons":
        """From ``[[plz, [[outer, hole, …], …]], …]`` (gzip); raises ``KnowledgeError`` when it is something else."""
        try:
            areas: list[tuple[str, list[list[list[list[float]]]]]] = json.loads(gzip.decompress(content))
            rings = [
                (number, ring) for number, (_, parts) in enumerate(areas) for part in parts for ring in part
            ]
            flat = [point for _, ring in rings for point in ring]
            points = np.rint(np.array(flat, dtype=np.float64) * _SCALE).astype(np.int32).reshape(-1, 2)
            starts = np.cumsum([0, *(len(ring) for _, ring in rings)], dtype=np.int32)
            owners = np.array([number for number, _ in rings], dtype=np.int32)
            return cls._of([plz for plz, _ in areas], points, starts, owners)
        except (OSError, EOFError, zlib.error, ValueError, TypeError) as error:
            message = (
                f"Die Datei mit den PLZ-Flächen ist nicht lesbar ({type(error).__name__}). Neu kopieren."
            )
            raise KnowledgeError([Problem(POLYGONS_FILE, 0, "", message)]) from error

    @classmethod
    def _of(
        cls,
        plz: Iterable[str],
        points: NDArray[np.int32],
        starts: NDArray[np.int32],
        owners: NDArray[np.int32],
    ) -> "Polygons":
        if len(owners):
            low = np.minimum.reduceat(points, starts[:-1], axis=0)
            high = np.maximum.reduceat(points, starts[:-1], axis=0)
            boxes = np.hstack([low, high])
        else:
            boxes = np.empty((0, 4), dtype=np.int32)
        return cls(tuple(plz), points, starts, owners, boxes)

    def find(self, lat: float, lon: float) -> tuple[str, ...]:
        """Every PLZ whose area holds the position (degrees, WGS 84); simplified borders may overlap or gape."""
        x, y = lon * _SCALE, lat * _SCALE
        near = (
            (self.boxes[:, 0] <= x)
            & (self.boxes[:, 1] <= y)
            & (self.boxes[:, 2] >= x)
            & (self.boxes[:, 3] >= y)
        )
        # A hole lies in its outer line: the position is in the area when an odd number of rings holds it.
        inside: dict[int, bool] = {}
        for ring in np.flatnonzero(near):
            owner = int(self.owners[ring])
            line = self.points[self.starts[ring] : self.starts[ring + 1]]
            inside[owner] = inside.get(owner, False) ^ _holds(line, x, y)
        return tuple(self.plz[owner] for owner, yes in inside.items() if yes)

    def rings(self) -> Iterator[tuple[str, list[NDArray[np.float64]]]]:
        """For every area its PLZ and its lines (outer ones and holes), each as (longitude, latitude) in degrees."""
        lines: dict[int, list[NDArray[np.float64]]] = {}
        for ring, owner in enumerate(self.owners.tolist()):
            line = self.points[self.starts[ring] : self.starts[ring + 1]] / _SCALE
            lines.setdefault(owner, []).append(line)
        for owner, found in lines.items():
            yield self.plz[owner], found

    def dump(self) -> bytes:
        """The arrays as they are, for :meth:`restore` on a machine of the same byte order."""
        sizes = np.array([len(self.points), len(self.owners), len(self.plz)], dtype=np.int32)
        numbers = np.array([int(plz) for plz in self.plz], dtype=np.int32)
        return b"".join(array.tobytes() for array in (sizes, numbers, self.owners, self.starts, self.points))

    @classmethod
    def restore(cls, data: bytes | memoryview) -> "Polygons":
        """What :meth:`dump` gave; raises ``ValueError`` when the lengths do not fit."""
        numbers = np.frombuffer(data, dtype=np.int32)
        if len(numbers) < _HEADER:
            raise ValueError("polygons: too short")
        points, rings, areas = (int(size) for size in numbers[:_HEADER])
        ends = np.cumsum([_HEADER, areas, rings, rings + 1, 2 * points])
        if min(points, rings, areas) < 0 or ends[-1] != len(numbers):
            raise ValueError("polygons: lengths do not fit")
        plz, owners, starts, flat = (numbers[a:b] for a, b in itertools.pairwise(ends))
        return cls._of((f"{number:05}" for number in plz), flat.reshape(-1, 2), starts, owners)


def distance_km(lat: float, lon: float, lats: Any, lons: Any) -> NDArray[np.float64]:
    """Great-circle distance from one position to many (haversine), in km; all in degrees."""
    a, b = np.radians(lat), np.radians(np.asarray(lats, dtype=np.float64))
    half = np.radians(np.asarray(lons, dtype=np.float64) - lon) / 2
    root = np.sin((b - a) / 2) ** 2 + np.cos(a) * np.cos(b) * np.sin(half) ** 2
    distance: NDArray[np.float64] = 2 * _EARTH_KM * np.arcsin(np.sqrt(np.minimum(1.0, root)))
    return distance


def _holds(line: NDArray[np.int32], x: float, y: float) -> bool:
    """Even-odd rule for a closed ring."""
    px, py = line[:-1, 0].astype(np.float64), line[:-1, 1].astype(np.float64)
    qx, qy = line[1:, 0].astype(np.float64), line[1:, 1].astype(np.float64)
    crosses = (py > y) != (qy > y)
    px, py, qx, qy = px[crosses], py[crosses], qx[crosses], qy[crosses]
    return bool(np.count_nonzero(x < (qx - px) * (y - py) / (qy - py) + px) % 2)
