"""Colours, type and measures of the window: one place, two themes.

Everything that paints takes a `Theme`; nothing else names a colour. Blue is import reliance and
burnt orange is China in every view; the accent marks what can be pressed and is never data.
The contrast and colour-blindness figures that these values promise are recomputed in tests.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cache, lru_cache

from PySide6.QtGui import QColor, QFont, QFontDatabase, QPalette

from bomexposure.model.resources import resource


@dataclass(frozen=True, slots=True)
class Theme:
    """All colour roles of one appearance, as '#RRGGBB'."""

    name: str
    canvas: str
    surface: str
    raised: str
    sunken: str
    line: str
    line_strong: str
    text: str
    text_2: str
    text_off: str
    accent: str
    accent_on: str
    accent_tint: str
    select: str
    focus: str
    reliance: str
    reliance_tint: str
    china: str
    china_tint: str
    chip_plain: str
    info: str
    warn: str
    warn_tint: str
    error: str
    error_tint: str
    nodata: str
    seq: tuple[str, ...]
    seq_label: tuple[str, ...]
    div: tuple[str, ...]
    """From worse-3 over mid to better-3."""

    def color(self, role: str) -> QColor:
        """The QColor of a role; KeyError-like AttributeError for a role that does not exist."""
        return QColor(getattr(self, role))

    @property
    def dark(self) -> bool:
        return self.name == "dark"


LIGHT = Theme(
    name="light",
    canvas="#F3F3F0",
    surface="#FFFFFF",
    raised="#FFFFFF",
    sunken="#EBEBE7",
    line="#DEDED9",
    line_strong="#838689",
    text="#1B2126",
    text_2="#555C62",
    text_off="#7E8589",
    accent="#0B6264",
    accent_on="#FFFFFF",
    accent_tint="#DCECEB",
    select="#E3EFEE",
    focus="#0B6264",
    reliance="#2463A6",
    reliance_tint="#CFDEEF",
    china="#B14A0B",
    china_tint="#FBE9DC",
    chip_plain="#E6E6E1",
    info="#555C62",
    warn="#7D5700",
    warn_tint="#FBF0D3",
    error="#A4262C",
    error_tint="#FBE5E4",
    nodata="#D3D4D0",
    seq=("#F0F3EC", "#C6DFCE", "#93C5BC", "#58A4A7", "#2A778C", "#1A4868"),
    seq_label=("text", "text", "text", "text", "surface", "surface"),
    div=("#642A6B", "#96569E", "#D8BFDC", "#EFEFEB", "#C3D8B0", "#5F8A45", "#30561F"),
)

DARK = Theme(
    name="dark",
    canvas="#14171A",
    surface="#1C2125",
    raised="#252B30",
    sunken="#101316",
    line="#323A40",
    line_strong="#7B858C",
    text="#E9ECEE",
    text_2="#A9B2B9",
    text_off="#77818A",
    accent="#5CC3BE",
    accent_on="#0C2526",
    accent_tint="#1E3A3B",
    select="#21393B",
    focus="#7FDAD5",
    reliance="#74ABE8",
    reliance_tint="#20344A",
    china="#F0934E",
    china_tint="#472D1B",
    chip_plain="#343D43",
    info="#A9B2B9",
    warn="#E3B341",
    warn_tint="#3A301A",
    error="#F28B84",
    error_tint="#44221F",
    nodata="#3A4248",
    seq=("#22292C", "#25424A", "#2C6470", "#4A9BA2", "#80C3BD", "#D6EDDC"),
    seq_label=("text", "text", "text", "surface", "surface", "surface"),
    div=("#E6B3EC", "#B878C1", "#563A5C", "#2A3136", "#3A4F30", "#83AF63", "#C0E0A4"),
)

SEQ_EDGES = (0.5, 20.0, 40.0, 60.0, 80.0)
"""Upper edges of the first five steps of `seq` for shares in percent."""
MAP_EDGES = (0.0, 1.0, 5.0, 10.0, 25.0)
"""The same for the world map, where small shares matter."""


def step_of(percent: float, edges: tuple[float, ...] = SEQ_EDGES) -> int:
    """The step of the sequential ramp for a share; a share on an edge takes the higher step."""
    return sum(percent >= edge for edge in edges)


def sharper(theme: Theme) -> Theme:
    """The theme for raised contrast: hairlines take the colour of control borders."""
    return replace(theme, line=theme.line_strong, text_2=theme.text, text_off=theme.text_2)


def palette(theme: Theme) -> QPalette:
    """The QPalette that Fusion draws with."""
    made = QPalette()
    role, group = QPalette.ColorRole, QPalette.ColorGroup
    for name, value in (
        (role.Window, theme.canvas),
        (role.Base, theme.surface),
        (role.AlternateBase, theme.canvas),
        (role.Text, theme.text),
        (role.WindowText, theme.text),
        (role.ButtonText, theme.text),
        (role.PlaceholderText, theme.text_2),
        (role.Button, theme.surface),
        (role.Highlight, theme.select),
        (role.HighlightedText, theme.text),
        (role.Accent, theme.accent),
        (role.Link, theme.accent),
        (role.LinkVisited, theme.accent),
        (role.ToolTipBase, theme.raised),
        (role.ToolTipText, theme.text),
        (role.BrightText, theme.error),
        (role.Light, theme.raised),
        (role.Midlight, theme.line),
        (role.Mid, theme.line),
        (role.Dark, theme.line_strong),
        (role.Shadow, theme.line_strong),
    ):
        made.setColor(name, QColor(value))
    for name in (role.Text, role.WindowText, role.ButtonText):
        made.setColor(group.Disabled, name, QColor(theme.text_off))
    return made


# --- type ---------------------------------------------------------------------------------------

FACTORS = {
    "caption": (0.85, 400),
    "small": (0.95, 400),
    "body": (1.0, 400),
    "heading": (1.04, 600),
    "subject": (1.15, 600),
    "place": (1.38, 600),
    "figure": (1.54, 600),
    "title": (1.85, 600),
}
"""Style -> factor of the body size and weight."""


@dataclass(frozen=True, slots=True)
class Type:
    """Fonts of the window, scaled from the system's own font and the user's text size."""

    family: str
    body_px: float

    def px(self, style: str) -> float:
        return self.body_px * FACTORS[style][0]

    def font(self, style: str = "body", *, bold: bool = False, tabular: bool = True) -> QFont:
        """A font of one of FACTORS; tabular figures where the font has them."""
        factor, weight = FACTORS[style]
        size = max(7, round(self.body_px * factor))
        return QFont(_font(self.family, size, 600 if bold else weight, tabular))

    def s(self, size: float) -> int:
        """A length of the 13 px design, scaled with the text."""
        return round(size * self.body_px / 13.0)


@lru_cache(maxsize=256)
def _font(family: str, size: int, weight: int, tabular: bool) -> QFont:
    """Made once: a chart asks for the same few a thousand times."""
    made = QFont(family)
    made.setPixelSize(size)
    made.setWeight(QFont.Weight(weight))
    if tabular:
        made.setFeature(QFont.Tag("tnum"), 1)
    return made


def system_type(scale: float = 1.0, family: str = "") -> Type:
    """Type after the desktop's own font; `scale` is the user's text size, 0.9 to 2."""
    own = QFontDatabase.systemFont(QFontDatabase.SystemFont.GeneralFont)
    size = own.pixelSize() if own.pixelSize() > 0 else own.pointSizeF() * 96 / 72
    if not family:
        family = own.family()
        if family in _NO_CHOICE:
            # a desktop without a font setting answers with an alias: the shipped face is better
            family = shipped_family() or family
    return Type(family, max(13.0, size) * scale)


_NO_CHOICE = ("Sans Serif", "Sans", "sans-serif", "DejaVu Sans")


@cache
def shipped_family() -> str:
    """Load the shipped face and give its family; '' when it cannot be loaded."""
    family = ""
    for name in ("Inter-Regular.otf", "Inter-SemiBold.otf"):
        number = QFontDatabase.addApplicationFont(str(resource("fonts", name)))
        families = QFontDatabase.applicationFontFamilies(number) if number >= 0 else []
        family = family or (families[0] if families else "")
    return family


def ship_eastern_letters() -> None:
    """Load the shipped face for Chinese, Japanese and Korean where the desktop has none.

    Qt then takes it as a fallback for the letters that the chosen face lacks.
    """
    if not QFontDatabase.families(QFontDatabase.WritingSystem.Japanese):
        QFontDatabase.addApplicationFont(str(resource("fonts", "NotoSansCJKjp-Regular.otf")))


def blended(one: str, other: str, part: float) -> str:
    """A colour on the way from one to another; `part` 0 is the first."""
    pairs = ((int(one[at : at + 2], 16), int(other[at : at + 2], 16)) for at in (1, 3, 5))
    return "#" + "".join(f"{round(a + (b - a) * part):02X}" for a, b in pairs)


# --- contrast and colour-blindness --------------------------------------------------------------


def _linear(value: int) -> float:
    part = value / 255
    return part / 12.92 if part <= 0.04045 else float(((part + 0.055) / 1.055) ** 2.4)


def luminance(color: str) -> float:
    """Relative luminance of WCAG 2.x."""
    red, green, blue = (int(color[i : i + 2], 16) for i in (1, 3, 5))
    return 0.2126 * _linear(red) + 0.7152 * _linear(green) + 0.0722 * _linear(blue)


def contrast(one: str, other: str) -> float:
    """Contrast ratio of WCAG 2.x, 1 to 21."""
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)
