"""Who serves which Kreis, and which chambers nobody has verified: the coverage report of the admins."""

from collections.abc import Mapping
from dataclasses import dataclass

from knowledge.directory import Body, Branch, Directory, Lotse
from knowledge.region_places import Kammer, Kreis, Land
from knowledge.regions import Regions


@dataclass(frozen=True, slots=True)
class KreisCoverage:
    """One Kreis: who lists it, by kind of body, and its chambers of confidence C."""

    kreis: Kreis
    lotsen: Mapping[Body, tuple[Lotse, ...]]
    unverified: tuple[Kammer, ...]

    @property
    def missing(self) -> tuple[Branch, ...]:
        """Branches for which no chamber's Lotse lists the Kreis."""
        wanted = {Branch.HANDWERK: Body.HWK, Branch.IHK: Body.IHK}
        return tuple(branch for branch, body in wanted.items() if not self.lotsen[body])


@dataclass(frozen=True, slots=True)
class LandCoverage:
    """One Land: who coordinates it, and all its Kreise."""

    land: Land
    coordinator: Lotse | None
    kreise: tuple[KreisCoverage, ...]


@dataclass(frozen=True, slots=True)
class Coverage:
    """All Länder by name."""

    laender: tuple[LandCoverage, ...]

    @property
    def rows(self) -> tuple[KreisCoverage, ...]:
        """Every Kreis."""
        return tuple(row for land in self.laender for row in land.kreise)

    @property
    def unserved(self) -> tuple[KreisCoverage, ...]:
        """Kreise that lack a Lotse of the IHK or the HWK."""
        return tuple(row for row in self.rows if row.missing)

    @property
    def unverified(self) -> tuple[KreisCoverage, ...]:
        """Kreise with a chamber that is public knowledge only; ``regionen-korrekturen.csv`` settles them."""
        return tuple(row for row in self.rows if row.unverified)


def coverage(regions: Regions, directory: Directory) -> Coverage:
    """What the directory covers, Kreis by Kreis."""
    by_kreis: dict[str, dict[Body, list[Lotse]]] = {
        ags: {body: [] for body in Body} for ags in regions.kreise
    }
    for lotse in directory.lotsen.values():
        for ags in lotse.kreise:
            by_kreis[ags][lotse.art].append(lotse)
    by_land: dict[str, list[KreisCoverage]] = {code: [] for code in regions.lands}
    for ags, kreis in regions.kreise.items():
        lotsen = {body: tuple(found) for body, found in by_kreis[ags].items()}
        unverified = tuple(kammer for kammer in (kreis.ihk, kreis.hwk) if kammer.confidence == "C")
        by_land[kreis.land.code].append(KreisCoverage(kreis, lotsen, unverified))
    laender = sorted(regions.lands.values(), key=lambda land: land.name)
    return Coverage(
        tuple(
            LandCoverage(land, directory.coordinator(land.code), tuple(by_land[land.code]))
            for land in laender
        )
    )
