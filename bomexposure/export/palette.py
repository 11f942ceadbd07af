"""The light colours of the report by role; specs never name a colour themselves."""

from __future__ import annotations

TEXT = "#1B2126"
QUIET = "#555C62"
LINE = "#DEDED9"
LINE_STRONG = "#85888A"
SURFACE = "#FFFFFF"
CANVAS = "#F3F3F0"
SUNKEN = "#EBEBE7"

ROLES: dict[str, str] = {
    "reliance": "#2463A6",
    "china": "#B14A0B",
    "neutral": "#555C62",
    "accent": "#0B6264",
    "warn": "#7D5700",
    "worse": "#96569E",
    "better": "#5F8A45",
    "nodata": "#D3D4D0",
}

SEQUENCE = ("#F0F3EC", "#C6DFCE", "#93C5BC", "#58A4A7", "#2A778C", "#1A4868")
"""Steps of a share, light to dark, so that they survive print in grey."""
SEQUENCE_TEXT = (TEXT, TEXT, TEXT, TEXT, SURFACE, SURFACE)
