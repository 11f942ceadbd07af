"""Which places the window has, by name; a new place is one row here."""

from __future__ import annotations

from bomexposure.gui.places.base import Place
from bomexposure.gui.places.exposure import ExposurePlace
from bomexposure.gui.places.lines import LinesPlace
from bomexposure.gui.places.start import StartPlace

PLACE_CLASSES: dict[str, type[Place]] = {
    "start": StartPlace,
    "lines": LinesPlace,
    "exposure": ExposurePlace,
}
