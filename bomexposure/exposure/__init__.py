"""How far the lines, groups and minerals of a BOM hang on risky supply."""

from bomexposure.exposure.score import score

__all__ = ["score"]
