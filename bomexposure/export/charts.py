"""Charts as files: each figure as SVG text and as PNG, both drawn from the same FigureSpec."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import orjson
import typst

from bomexposure.export.fonts import Typesetter
from bomexposure.export.svg import figure_svg
from bomexposure.model.analysis import Analysis
from bomexposure.model.errors import OutputError
from bomexposure.model.progress import SILENT, Progress
from bomexposure.model.resources import resource
from bomexposure.model.whole_file import whole_folder, write_whole
from bomexposure.present.charts import dumbbell, pareto, quadrant
from bomexposure.present.heat import heat_map
from bomexposure.present.policy import calendar
from bomexposure.present.specs import FigureSpec


def write_svg(spec: FigureSpec, path: Path, width: float = 720.0) -> None:
    """Write a figure as SVG, whole or not at all. Raises OutputError."""
    write_whole(path, figure_svg(spec, width, titled=True).encode())


def write_png(spec: FigureSpec, path: Path, width: float = 720.0, ppi: float = 192.0) -> None:
    """Write a figure as PNG on white, whole or not at all. Raises OutputError."""
    write_whole(path, png_bytes(spec, width, ppi))


def png_bytes(spec: FigureSpec, width: float = 720.0, ppi: float = 192.0) -> bytes:
    """A figure as PNG: the SVG set by the report's engine with the report's fonts."""
    told = {"svg": Typesetter().text(figure_svg(spec, width, titled=True)), "width": width}
    try:
        made: Any = typst.compile(
            str(resource("report", "chart.typ")),
            root=str(resource("report")),
            font_paths=[str(resource("fonts"))],
            ignore_system_fonts=True,
            format="png",
            ppi=ppi,
            sys_inputs={"data": orjson.dumps(told).decode()},
        )
    except typst.TypstError as fault:
        raise OutputError(
            f"The chart could not be drawn: {fault}.", "Export it as SVG instead."
        ) from fault
    return bytes(made)


def charts_of(analysis: Analysis) -> dict[str, FigureSpec]:
    """The charts of an analysis by file stem, in the order of the report.

    Heat maps by what this BOM does not name are left out.
    """
    heats = {
        "heat-map-assembly": heat_map(analysis, "assembly"),
        "heat-map-supplier": heat_map(analysis, "supplier"),
        "heat-map-kind-of-part": heat_map(analysis, "family"),
    }
    return {
        "reliance-and-china-share": dumbbell(analysis),
        "quadrant": quadrant(analysis),
        "spend-by-mineral": pareto(analysis),
        **{name: spec for name, spec in heats.items() if spec.column_labels},
        "controls": calendar(analysis, cutting=True),
    }


def write_charts(analysis: Analysis, folder: Path, progress: Progress = SILENT) -> list[Path]:
    """Write every chart as SVG and PNG into `folder` (made if missing); return the files.

    All or none. Raises OutputError.
    """
    specs = charts_of(analysis)
    with whole_folder(folder) as scratch:
        for at, (name, spec) in enumerate(specs.items()):
            progress.step("Drawing charts", at, len(specs))
            write_svg(spec, scratch / f"{name}.svg")
            write_png(spec, scratch / f"{name}.png")
    return [folder / f"{name}.{kind}" for name in specs for kind in ("svg", "png")]
