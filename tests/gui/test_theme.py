"""What the colours promise (contrast, colour-blindness), recomputed from the tokens."""

from __future__ import annotations

import math

import pytest

from bomexposure.gui.theme import DARK, LIGHT, Theme, contrast, step_of

THEMES = (LIGHT, DARK)

# role, ground, least contrast: text at least 4.5, marks and borders at least 3 (WCAG 2.x)
PAIRS = (
    ("text", "canvas", 4.5), ("text", "surface", 4.5), ("text", "raised", 4.5),
    ("text_2", "sunken", 4.5), ("text_2", "canvas", 4.5), ("text_2", "select", 4.5),
    ("line_strong", "canvas", 3.0), ("line_strong", "surface", 3.0), ("text_off", "surface", 3.0),
    ("accent", "canvas", 4.5), ("accent_on", "accent", 4.5), ("accent", "accent_tint", 4.5),
    ("focus", "surface", 3.0), ("reliance", "surface", 4.5), ("china", "surface", 4.5),
    ("text", "reliance_tint", 4.5), ("text", "china_tint", 4.5), ("text", "chip_plain", 4.5),
    ("warn", "surface", 4.5), ("text", "warn_tint", 4.5), ("error", "surface", 4.5),
    ("text", "error_tint", 4.5), ("text", "select", 4.5), ("info", "surface", 4.5),
    ("text", "sunken", 4.5), ("text", "accent_tint", 4.5), ("text_2", "surface", 4.5),
    ("text_2", "raised", 4.5), ("text_2", "accent_tint", 4.5), ("text_2", "chip_plain", 4.5),
    ("text_2", "warn_tint", 4.5), ("accent", "surface", 4.5), ("accent", "raised", 4.5),
    ("accent", "sunken", 4.5), ("accent", "select", 4.5), ("accent", "warn_tint", 4.5),
    ("warn", "canvas", 4.5), ("warn", "warn_tint", 4.5), ("warn", "sunken", 4.5),
    ("error", "canvas", 4.5), ("error", "error_tint", 4.5), ("error", "sunken", 4.5),
    # what is switched off says so by its words, so these stay readable too
    ("text_off", "canvas", 3.0), ("text_off", "sunken", 3.0), ("text_off", "raised", 3.0),
    ("text_off", "select", 3.0), ("line_strong", "sunken", 3.0), ("line_strong", "raised", 3.0),
    ("focus", "canvas", 3.0), ("focus", "sunken", 3.0), ("focus", "raised", 3.0),
    ("focus", "select", 3.0), ("focus", "accent_tint", 3.0),
    ("reliance", "select", 3.0), ("china", "select", 3.0), ("reliance", "canvas", 4.5),
    ("china", "canvas", 4.5), ("reliance", "reliance_tint", 3.0), ("china", "china_tint", 3.0),
)  # fmt: skip


@pytest.mark.parametrize("theme", THEMES, ids=lambda theme: theme.name)
@pytest.mark.parametrize(("role", "ground", "least"), PAIRS)
def test_contrast(theme: Theme, role: str, ground: str, least: float) -> None:
    assert contrast(getattr(theme, role), getattr(theme, ground)) >= least


@pytest.mark.parametrize("theme", THEMES, ids=lambda theme: theme.name)
def test_words_on_the_share_ramp_can_be_read(theme: Theme) -> None:
    for fill, role in zip(theme.seq, theme.seq_label, strict=True):
        assert contrast(fill, getattr(theme, role)) >= 4.5


def test_contrast_of_known_pairs() -> None:
    # WCAG: black on white is 21; #767676 on white is the textbook 4.54
    assert contrast("#000000", "#FFFFFF") == pytest.approx(21.0)
    assert contrast("#767676", "#FFFFFF") == pytest.approx(4.54, abs=0.01)


def test_the_ramp_is_ordered_by_lightness() -> None:
    light = [lab(color)[0] for color in LIGHT.seq]
    dark = [lab(color)[0] for color in DARK.seq]
    assert light == sorted(light, reverse=True)
    assert dark == sorted(dark)


def test_steps_of_shares() -> None:
    assert [step_of(v) for v in (0, 0.4, 0.5, 19.9, 20, 40, 60, 80, 100)] == [
        0, 0, 1, 1, 2, 3, 4, 5, 5,
    ]  # fmt: skip


# --- colour-blindness: Machado, Oliveira, Fernandes 2009, severity 1.0 ---------------------------

MACHADO = {
    "deuteranopia": (
        (0.367322, 0.860646, -0.227968),
        (0.280085, 0.672501, 0.047413),
        (-0.011820, 0.042940, 0.968881),
    ),
    "protanopia": (
        (0.152286, 1.052583, -0.204868),
        (0.114503, 0.786281, 0.099216),
        (-0.003882, -0.048116, 1.051998),
    ),
    "tritanopia": (
        (1.255528, -0.076749, -0.178779),
        (-0.078411, 0.930809, 0.147602),
        (0.004733, 0.691367, 0.303900),
    ),
}


def linear(color: str) -> tuple[float, float, float]:
    parts = [int(color[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts)
    return red, green, blue


def seen(color: str, kind: str) -> tuple[float, float, float]:
    rgb = linear(color)
    if kind == "normal":
        return rgb
    red, green, blue = (
        min(1.0, max(0.0, sum(a * b for a, b in zip(line, rgb, strict=True))))
        for line in MACHADO[kind]
    )
    return red, green, blue


def lab_of(rgb: tuple[float, float, float]) -> tuple[float, float, float]:
    red, green, blue = rgb
    x = (0.4124564 * red + 0.3575761 * green + 0.1804375 * blue) / 0.95047
    y = 0.2126729 * red + 0.7151522 * green + 0.0721750 * blue
    z = (0.0193339 * red + 0.1191920 * green + 0.9503041 * blue) / 1.08883
    fx, fy, fz = (
        t ** (1 / 3) if t > 216 / 24389 else (24389 / 27 * t + 16) / 116 for t in (x, y, z)
    )
    return 116 * fy - 16, 500 * (fx - fy), 200 * (fy - fz)


def lab(color: str) -> tuple[float, float, float]:
    return lab_of(linear(color))


def ciede2000(one: tuple[float, float, float], two: tuple[float, float, float]) -> float:
    """Sharma, Wu, Dalal 2005, equations 2 to 22."""
    l1, a1, b1 = one
    l2, a2, b2 = two
    mean_c = (math.hypot(a1, b1) + math.hypot(a2, b2)) / 2
    g = 0.5 * (1 - math.sqrt(mean_c**7 / (mean_c**7 + 25**7)))
    a1, a2 = a1 * (1 + g), a2 * (1 + g)
    c1, c2 = math.hypot(a1, b1), math.hypot(a2, b2)
    h1, h2 = (math.degrees(math.atan2(b, a)) % 360 for a, b in ((a1, b1), (a2, b2)))
    dl, dc = l2 - l1, c2 - c1
    dh = 0.0
    if c1 * c2:
        dh = (h2 - h1 + 180) % 360 - 180
    big_dh = 2 * math.sqrt(c1 * c2) * math.sin(math.radians(dh / 2))
    ml, mc = (l1 + l2) / 2, (c1 + c2) / 2
    mh = h1 + h2
    if c1 * c2:
        mh = (h1 + h2) / 2 if abs(h1 - h2) <= 180 else (h1 + h2 + 360) / 2
        if abs(h1 - h2) > 180 and h1 + h2 >= 360:
            mh = (h1 + h2 - 360) / 2
    rad = math.radians
    t = (
        1
        - 0.17 * math.cos(rad(mh - 30))
        + 0.24 * math.cos(rad(2 * mh))
        + 0.32 * math.cos(rad(3 * mh + 6))
        - 0.20 * math.cos(rad(4 * mh - 63))
    )
    sl = 1 + 0.015 * (ml - 50) ** 2 / math.sqrt(20 + (ml - 50) ** 2)
    sc, sh = 1 + 0.045 * mc, 1 + 0.015 * mc * t
    turn = 30 * math.exp(-(((mh - 275) / 25) ** 2))
    rt = -2 * math.sqrt(mc**7 / (mc**7 + 25**7)) * math.sin(rad(2 * turn))
    return math.sqrt(
        (dl / sl) ** 2 + (dc / sc) ** 2 + (big_dh / sh) ** 2 + rt * (dc / sc) * (big_dh / sh)
    )


def test_ciede2000_against_published_pairs() -> None:
    # pairs 1, 7 and 17 of the test data of Sharma, Wu, Dalal 2005
    assert ciede2000((50, 2.6772, -79.7751), (50, 0, -82.7485)) == pytest.approx(2.0425, abs=1e-4)
    assert ciede2000((50, 0, 0), (50, -1, 2)) == pytest.approx(2.3669, abs=1e-4)
    assert ciede2000((50, 2.5, 0), (73, 25, -18)) == pytest.approx(27.1492, abs=1e-4)


@pytest.mark.parametrize("theme", THEMES, ids=lambda theme: theme.name)
@pytest.mark.parametrize("kind", ["normal", *MACHADO])
@pytest.mark.parametrize(
    ("one", "other", "least"),
    [
        ("reliance", "china", 40), ("reliance", "text_2", 15), ("china", "text_2", 25),
        ("china_tint", "reliance_tint", 10),
    ],
)  # fmt: skip
def test_marks_are_told_apart(theme: Theme, kind: str, one: str, other: str, least: float) -> None:
    distance = ciede2000(
        lab_of(seen(getattr(theme, one), kind)), lab_of(seen(getattr(theme, other), kind))
    )
    assert distance >= least


@pytest.mark.parametrize("theme", THEMES, ids=lambda theme: theme.name)
def test_a_blue_chip_stands_out_on_a_selected_line(theme: Theme) -> None:
    assert ciede2000(lab_of(seen(theme.reliance_tint, "normal")),
                     lab_of(seen(theme.select, "normal"))) >= 8  # fmt: skip


@pytest.mark.parametrize("theme", THEMES, ids=lambda theme: theme.name)
@pytest.mark.parametrize("kind", ["normal", *MACHADO])
def test_worse_and_better_are_told_apart(theme: Theme, kind: str) -> None:
    # steps 1 and 2 on both sides of the middle
    for worse, better in ((1, 5), (2, 4)):
        distance = ciede2000(
            lab_of(seen(theme.div[worse], kind)), lab_of(seen(theme.div[better], kind))
        )
        assert distance >= 20
