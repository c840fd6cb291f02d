"""Places by key: every Gemeinde, PLZ, Ortsteil and Kreis as a :class:`Place` with its chambers.

Keys are stable over data updates as far as the official keys are, and stay valid in buttons and rows:

==================  ==============================================================
``p50667``          a PLZ whose chambers are the same everywhere
``p22145-01062011`` the part of a PLZ in one Gemeinde
``p53520-07131``    the part of a PLZ in one Kreis
``g05315000``       a Gemeinde
``o44866-wattens…`` an Ortsteil
``k05315``          a Kreis, without the Gemeinden that a chamber border cuts out
==================  ==============================================================
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

from knowledge.region_entries import ortsteil_key
from knowledge.region_places import MOST_BUTTONS, ChamberKind, Place
from knowledge.region_tables import Ortsteil, PlzArea, Tables

_KEY = re.compile(r"g([0-9]{8})|k([0-9]{5})|p([0-9]{5})(?:-([0-9]{8}|[0-9]{5}))?")


@dataclass(frozen=True)
class Catalogue:
    """Makes places from the tables; pure."""

    tables: Tables

    def by_key(self, key: str) -> Place | None:
        """The place of a key, or ``None`` for anything that is no key (any more)."""
        if key.startswith("o"):
            ortsteil = self._ortsteile.get(key)
            return self._of_ortsteil(key, ortsteil) if ortsteil else None
        match = _KEY.fullmatch(key)
        if match is None:
            return None
        gemeinde, kreis, plz, part = match.groups()
        if gemeinde:
            return self.of_gemeinde(gemeinde) if gemeinde in self.tables.gemeinden else None
        if kreis:
            return self.of_kreis(kreis) if kreis in self.tables.kreise else None
        area = self.tables.plz.get(plz)
        if area is None:
            return None
        if part is None:
            options = self.of_plz(plz)
            return options[0] if options[0].key == key else None
        inside = [ags for ags in area.gemeinden if part in (ags, self.tables.gemeinden[ags].kreis)]
        return self._of_part(area, part, inside) if self._one_pair(inside) else None

    def of_gemeinde(self, ags: str) -> Place:
        """A Gemeinde that exists."""
        gemeinde = self.tables.gemeinden[ags]
        areas = [self.tables.plz[plz] for plz in gemeinde.plz if plz in self.tables.plz]
        kreis = self.tables.kreise[gemeinde.kreis]
        lat = sum(area.lat for area in areas) / len(areas) if areas else kreis.lat
        lon = sum(area.lon for area in areas) / len(areas) if areas else kreis.lon
        return self._place(f"g{ags}", gemeinde.name, gemeinde.kreis, ags, (lat, lon))

    def of_kreis(self, ags: str) -> Place:
        """A Kreis that exists; where a chamber border runs through it, its main part."""
        kreis = self.tables.kreise[ags]
        label = f"{kreis.label} (übrige Orte)" if kreis.split else kreis.label
        return self._place(f"k{ags}", label, ags, "", (kreis.lat, kreis.lon))

    def parts_of_kreis(self, ags: str) -> list[Place]:
        """The Kreis, and the Gemeinden that a chamber border cuts out of it, largest first."""
        whole = self.of_kreis(ags)
        cut = {
            gemeinde: self.tables.gemeinden[gemeinde].inhabitants
            for (gemeinde, kind), kammer in self.tables.exceptions.items()
            if self.tables.gemeinden[gemeinde].kreis == ags
            and kammer.name != self.tables.kammer(ags, kind, "").name
        }
        largest_first = sorted(cut, key=lambda gemeinde: (-cut[gemeinde], gemeinde))
        return [whole, *(self.of_gemeinde(gemeinde) for gemeinde in largest_first)]

    def of_plz(self, plz: str) -> list[Place]:
        """One place when all of a known PLZ has the same chambers; otherwise its Orte or Kreise, likeliest first."""
        area = self.tables.plz[plz]
        if self._one_pair(area.gemeinden):
            return [self._of_whole(area)]
        main, *others = area.gemeinden
        others.sort(key=lambda ags: (-self.tables.gemeinden[ags].inhabitants, ags))
        if len(area.gemeinden) <= MOST_BUTTONS:
            return [self._of_part(area, ags, [ags]) for ags in (main, *others)]
        # 25 villages are no choice; their Kreise are one. A Kreis that is itself cut still shows its Orte.
        places: list[Place] = []
        for kreis, inside in self._by_kreis((main, *others)).items():
            if self._one_pair(inside):
                places.append(self._of_part(area, kreis, inside))
            else:
                places += [self._of_part(area, ags, [ags]) for ags in inside]
        return places

    def of_plz_and_gemeinde(self, plz: str, ags: str) -> Place:
        """The part of a known PLZ in one of its Gemeinden."""
        return self._of_part(self.tables.plz[plz], ags, [ags])

    def coarse(self, plz: str) -> list[Place]:
        """As :meth:`of_plz`, but no finer than the chambers need: Kreise, Gemeinden only where a border runs."""
        places: dict[str, Place] = {}
        for part in self.of_plz(plz):
            if self.tables.kreise[part.kreis].split:
                ags = part.gemeinde_ags or next(
                    ags
                    for ags in self.tables.plz[plz].gemeinden
                    if self.tables.gemeinden[ags].kreis == part.kreis
                )
                place = self.of_gemeinde(ags)
            else:
                place = self.of_kreis(part.kreis)
            places.setdefault(place.key, place)
        return list(places.values())

    @cached_property
    def _ortsteile(self) -> Mapping[str, Ortsteil]:
        return {ortsteil_key(ortsteil): ortsteil for ortsteil in self.tables.ortsteile}

    def _of_ortsteil(self, key: str, ortsteil: Ortsteil) -> Place:
        inside = [
            ags
            for ags in self.tables.plz[ortsteil.plz].gemeinden
            if self.tables.gemeinden[ags].kreis == ortsteil.kreis
        ]
        ags = inside[0] if self._one_pair(inside) else ""
        label = f"{ortsteil.name} ({self.tables.gemeinden[ags].name})" if len(inside) == 1 else ortsteil.name
        return self._place(key, label, ortsteil.kreis, ags, (ortsteil.lat, ortsteil.lon))

    def _of_whole(self, area: PlzArea) -> Place:
        main = self.tables.gemeinden[area.gemeinden[0]]
        alone = len(area.gemeinden) == 1
        # A town of several PLZ may reach into a village; villages that share one have no main one.
        name = main.name if alone or len(main.plz) > 1 else f"{main.name} u. a."
        further = tuple(kreis for kreis in self._by_kreis(area.gemeinden) if kreis != main.kreis)
        # The main Gemeinde decides the chambers also where there are several: they all have the same ones.
        return self._place(
            f"p{area.plz}", f"{area.plz} {name}", main.kreis, main.ags, (area.lat, area.lon), further
        )

    def _of_part(self, area: PlzArea, part: str, inside: list[str]) -> Place:
        gemeinde = self.tables.gemeinden[inside[0]]
        whole_kreis = part == gemeinde.kreis
        name = self.tables.kreise[part].label if whole_kreis else gemeinde.name
        return self._place(
            f"p{area.plz}-{part}", f"{area.plz} {name}", gemeinde.kreis, gemeinde.ags, (area.lat, area.lon)
        )

    def _by_kreis(self, gemeinden: Iterable[str]) -> dict[str, list[str]]:
        found: dict[str, list[str]] = {}
        for ags in gemeinden:
            found.setdefault(self.tables.gemeinden[ags].kreis, []).append(ags)
        return found

    def _one_pair(self, gemeinden: Iterable[str]) -> bool:
        pairs = {
            tuple(
                self.tables.kammer(self.tables.gemeinden[ags].kreis, kind, ags).name for kind in ChamberKind
            )
            for ags in gemeinden
        }
        return len(pairs) == 1

    def _place(
        self,
        key: str,
        label: str,
        kreis_ags: str,
        gemeinde: str,
        centre: tuple[float, float],
        further: tuple[str, ...] = (),
    ) -> Place:
        kreis = self.tables.kreise[kreis_ags]
        return Place(
            key=key,
            label=label,
            kreis=kreis_ags,
            kreis_name=kreis.label,
            land=kreis.land.code,
            land_name=kreis.land.name,
            gemeinde_ags=gemeinde,
            ihk=self.tables.kammer(kreis_ags, ChamberKind.IHK, gemeinde),
            hwk=self.tables.kammer(kreis_ags, ChamberKind.HWK, gemeinde),
            lat=round(centre[0], 4),
            lon=round(centre[1], 4),
            further_kreise=further,
        )
