"""Which places the window has, by name; a new place is one row here."""

from __future__ import annotations

from bomexposure.gui.places.base import Place
from bomexposure.gui.places.exposure import ExposurePlace
from bomexposure.gui.places.importing import ImportPlace
from bomexposure.gui.places.lines import LinesPlace
from bomexposure.gui.places.portfolio import PortfolioPlace
from bomexposure.gui.places.reference import ReferencePlace
from bomexposure.gui.places.report import ReportPlace
from bomexposure.gui.places.scenarios import ScenariosPlace
from bomexposure.gui.places.sources import SourcesPlace
from bomexposure.gui.places.start import StartPlace
from bomexposure.gui.places.substitutes import SubstitutesPlace

PLACE_CLASSES: dict[str, type[Place]] = {
    "start": StartPlace,
    "lines": LinesPlace,
    "exposure": ExposurePlace,
    "sources": SourcesPlace,
    "substitutes": SubstitutesPlace,
    "scenarios": ScenariosPlace,
    "portfolio": PortfolioPlace,
    "reference": ReferencePlace,
    "report": ReportPlace,
    "import": ImportPlace,
}
