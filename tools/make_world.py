"""Turn Natural Earth's 1:110m countries into resources/geo/world.json.

    uv run --with pycountry python tools/make_world.py PATH/TO/countries-110m.json

The input is the TopoJSON file `countries-110m.json` of the npm package `world-atlas` (Natural Earth
4.1.0, public domain). The outlines are projected once, here, to Equal Earth (Savric, Patterson and
Jenny 2018, doi 10.1080/13658816.2018.1504949), so that the program needs no projection code.
"""

from __future__ import annotations

import json
import math
import sys
from pathlib import Path
from typing import Any

TARGET = Path(__file__).resolve().parents[1] / "resources" / "geo" / "world.json"
UNNUMBERED = {"N. Cyprus": "", "Somaliland": "SOM", "Kosovo": "XKX"}
# coefficients A1 to A4 of the paper, equation 1
A1, A2, A3, A4 = 1.340264, -0.081106, 0.000893, 0.003796


def equal_earth(longitude: float, latitude: float) -> tuple[float, float]:
    """Degrees to Equal Earth on a sphere of radius 1; y points north."""
    theta = math.asin(math.sqrt(3) / 2 * math.sin(math.radians(latitude)))
    t2 = theta * theta
    t6 = t2 * t2 * t2
    x = (
        2 * math.sqrt(3) * math.radians(longitude) * math.cos(theta)
        / (3 * (9 * A4 * t6 * t2 + 7 * A3 * t6 + 3 * A2 * t2 + A1))
    )  # fmt: skip
    y = theta * (A1 + A2 * t2 + t6 * (A3 + A4 * t2))
    return x, y


def decoded_arcs(topology: dict[str, Any]) -> list[list[tuple[float, float]]]:
    """The arcs as longitude and latitude: TopoJSON stores quantized differences."""
    (scale_x, scale_y), (move_x, move_y) = (
        topology["transform"]["scale"], topology["transform"]["translate"],
    )  # fmt: skip
    arcs = []
    for arc in topology["arcs"]:
        x = y = 0
        points = []
        for dx, dy in arc:
            x, y = x + dx, y + dy
            points.append((x * scale_x + move_x, y * scale_y + move_y))
        arcs.append(points)
    return arcs


def ring(indexes: list[int], arcs: list[list[tuple[float, float]]]) -> list[tuple[float, float]]:
    """One closed outline; a negative index ~i is arc i run backwards."""
    points: list[tuple[float, float]] = []
    for index in indexes:
        arc = arcs[index] if index >= 0 else arcs[~index][::-1]
        points += arc[1:] if points else arc
    return points


def main() -> None:
    import pycountry

    topology = json.loads(Path(sys.argv[1]).read_text(encoding="utf-8"))
    arcs = decoded_arcs(topology)
    countries = []
    for shape in topology["objects"]["countries"]["geometries"]:
        name = shape["properties"]["name"]
        if name == "Antarctica":
            continue
        if "id" in shape:
            iso3 = pycountry.countries.get(numeric=shape["id"]).alpha_3
        else:
            iso3 = UNNUMBERED[name]
        polygons = shape["arcs"] if shape["type"] == "MultiPolygon" else [shape["arcs"]]
        outlines = []
        for polygon in polygons:
            for indexes in polygon:
                flat = []
                for longitude, latitude in ring(indexes, arcs):
                    x, y = equal_earth(longitude, latitude)
                    flat += [round(x, 4), round(-y, 4)]
                outlines.append(flat)
        countries.append({"iso3": iso3, "name": name, "outlines": outlines})
    countries.sort(key=lambda country: (country["iso3"], country["name"]))
    told = {
        "source": "Natural Earth 1:110m Admin 0 countries, version 4.1.0 (public domain)",
        "projection": "Equal Earth, sphere of radius 1, y down",
        "countries": countries,
    }
    TARGET.parent.mkdir(parents=True, exist_ok=True)
    TARGET.write_text(json.dumps(told, separators=(",", ":")) + "\n", encoding="utf-8")
    print(f"{TARGET.name}: {len(countries)} countries, {TARGET.stat().st_size} bytes")


if __name__ == "__main__":
    main()
