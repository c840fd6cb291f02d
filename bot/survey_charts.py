"""The pictures of /statistik as PNG, made for a phone: upright, large type, light or dark. Slow, so only drawn in a thread."""

import threading
from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum
from io import BytesIO
from typing import Any

_INCHES_WIDE, _DOTS = 7.2, 150  # 1080 pixels: what phones show without scaling up
_BAR, _HEAD, _COLUMNS = 0.62, 0.85, 2.2  # inches: a bar with its label, a heading, a panel of columns
_EDGE = 0.22  # inches
_TITLE, _LABEL, _SMALL = 19, 15, 13  # points
_drawing = threading.Lock()  # matplotlib's font cache is not made for several threads


@dataclass(frozen=True, slots=True)
class Colours:
    """Of a picture."""

    paper: str
    ink: str
    faint: str
    bar: str


class Theme(Enum):
    """As Telegram looks by day and by night."""

    LIGHT = Colours("#ffffff", "#1c2733", "#5d6b78", "#2f7ab5")
    DARK = Colours("#17212b", "#f0f4f8", "#9fb0c0", "#6ab2f2")


@dataclass(frozen=True, slots=True)
class Bars:
    """Lying bars, each with its label above it and its number (as text) at the end."""

    title: str
    rows: Sequence[tuple[str, int, str]]


@dataclass(frozen=True, slots=True)
class Column:
    """``width`` units wide, as high as the average of them; ``number`` is what it says."""

    label: str
    width: int
    total: int
    number: str


@dataclass(frozen=True, slots=True)
class Columns:
    """Standing columns in the order of time."""

    title: str
    columns: Sequence[Column]


Panel = Bars | Columns


def draw(panels: Sequence[Panel], theme: Theme) -> bytes:
    """One picture with the panels one below the other."""
    # Imported here: nobody but an editor who asks for pictures pays the half second and the memory.
    from matplotlib.backends.backend_agg import FigureCanvasAgg  # noqa: PLC0415
    from matplotlib.figure import Figure  # noqa: PLC0415
    from matplotlib.layout_engine import ConstrainedLayoutEngine  # noqa: PLC0415

    colours: Colours = theme.value
    heights = [_height(panel) for panel in panels]
    with _drawing:
        figure = Figure(
            figsize=(_INCHES_WIDE, sum(heights)),
            dpi=_DOTS,
            facecolor=colours.paper,
            layout=ConstrainedLayoutEngine(w_pad=_EDGE, h_pad=_EDGE),
        )
        FigureCanvasAgg(figure)  # draws without a screen and without the global state of pyplot
        rows = figure.subplots(len(panels), 1, squeeze=False, height_ratios=heights)
        for panel, (axes,) in zip(panels, rows, strict=True):
            axes.set_facecolor(colours.paper)
            axes.set_title(
                panel.title,
                loc="left",
                color=colours.ink,
                fontsize=_TITLE,
                fontweight="bold",
                pad=14,
                parse_math=False,
            )
            if isinstance(panel, Bars):
                _bars(axes, panel, colours)
            else:
                _columns(axes, panel, colours)
        png = BytesIO()
        figure.savefig(png, format="png")
    return png.getvalue()


def _height(panel: Panel) -> float:
    return _HEAD + (_BAR * len(panel.rows) if isinstance(panel, Bars) else _COLUMNS)


def _bars(axes: Any, panel: Bars, colours: Colours) -> None:
    most = max(count for _, count, _ in panel.rows)
    for place, (label, count, number) in enumerate(panel.rows):
        axes.barh(place + 0.66, count, height=0.34, color=colours.bar)
        axes.text(0, place + 0.42, label, color=colours.ink, fontsize=_LABEL, va="bottom", parse_math=False)
        axes.text(
            count + most * 0.015,
            place + 0.66,
            number,
            color=colours.faint,
            fontsize=_SMALL,
            va="center",
            parse_math=False,
        )
    axes.set_xlim(0, most * 1.22)  # room for the number behind the longest bar
    axes.set_ylim(len(panel.rows), 0)
    axes.set_axis_off()


def _columns(axes: Any, panel: Columns, colours: Colours) -> None:
    start, ticks = 0, []
    for column in panel.columns:
        height, middle = column.total / column.width, start + column.width / 2
        axes.bar(middle, height, width=column.width - 0.2, color=colours.bar)
        axes.text(middle, height, column.number, color=colours.ink, fontsize=_SMALL, ha="center", va="bottom")
        ticks.append((start + 0.5, column.label))
        start += column.width
    step = -(-len(ticks) // 6)  # more dates than six do not fit
    axes.set_xticks([place for place, _ in ticks[::step]], [label for _, label in ticks[::step]])
    axes.tick_params(axis="x", colors=colours.faint, labelsize=_SMALL, length=0)
    axes.set_yticks([])
    axes.margins(y=0.15)
    for side in ("left", "right", "top"):
        axes.spines[side].set_visible(False)
    axes.spines["bottom"].set_color(colours.faint)
