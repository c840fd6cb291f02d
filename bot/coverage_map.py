"""The map of /abdeckung: every PLZ area in the colour of its Kreis, as a PNG. Slow, so only ever drawn in a thread."""

from collections.abc import Mapping
from enum import StrEnum
from io import BytesIO
from math import cos, radians

from knowledge.regions import Regions

_MIDDLE = 51.2  # degrees north; near it a degree of longitude is this much shorter than one of latitude
_INCHES, _DOTS = (7.2, 9.6), 110


class Shade(StrEnum):
    """How well a Kreis is served; the value is its colour, told apart without red and green too."""

    BOTH = "#1b7837"  # IHK and HWK can be reached in Telegram
    ONE = "#f6c344"  # one of them
    NONE = "#d9d9d9"  # nobody: the employer gets the contact
    MISSING = "#8c2d04"  # the directory has nobody of one of them


def draw(regions: Regions, shades: Mapping[str, Shade], labels: Mapping[Shade, str]) -> bytes:
    """A PNG; ``shades`` by AGS of the Kreis."""
    # Imported here: nobody but an admin who asks for the map pays the half second and the memory.
    from matplotlib.backends.backend_agg import FigureCanvasAgg  # noqa: PLC0415
    from matplotlib.collections import PathCollection  # noqa: PLC0415
    from matplotlib.figure import Figure  # noqa: PLC0415
    from matplotlib.patches import Patch  # noqa: PLC0415
    from matplotlib.path import Path  # noqa: PLC0415

    areas: dict[str, list[Path]] = {}
    for plz, rings in regions.areas():
        areas.setdefault(plz, []).extend(Path(ring, closed=False) for ring in rings)
    paths, colours = [], []
    for plz, parts in areas.items():
        paths.append(Path.make_compound_path(*parts))
        colours.append(str(shades.get(regions.kreis_of_plz(plz), Shade.NONE)))
    figure = Figure(figsize=_INCHES, dpi=_DOTS, layout="tight")
    FigureCanvasAgg(figure)  # draws without a screen and without the global state of pyplot
    axes = figure.add_subplot()
    axes.add_collection(PathCollection(paths, facecolors=colours, edgecolors=colours, linewidths=0.3))
    axes.autoscale_view()
    axes.set_aspect(1 / cos(radians(_MIDDLE)))
    axes.set_axis_off()
    axes.legend(
        handles=[Patch(color=str(shade), label=labels[shade]) for shade in Shade],
        loc="lower left",
        frameon=False,
        fontsize=8,
    )
    png = BytesIO()
    figure.savefig(png, format="png")
    return png.getvalue()
