"""`bomexposure substitute ID...`: substitutes of one material or class, or several side by side."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from bomexposure.cli import arguments
from bomexposure.cli.options import (
    as_of_option,
    check_json,
    choices_of,
    edition_option,
    examples,
    json_option,
    materials_option,
    project_option,
)


@click.command(epilog=examples("substitute TI_64", "substitute TI_64 AL_7075 --json -"))
@click.argument("subjects", metavar="ID...", nargs=-1, required=True)
@as_of_option
@edition_option
@project_option
@materials_option
@json_option
def substitute(
    subjects: tuple[str, ...],
    as_of: str | None,
    edition: str,
    project_file: Path | None,
    materials: Path | None,
    json_to: str | None,
) -> None:
    """Options for a material or component class, with what each changes; several IDs: compared.

    `bomexposure reference materials WORDS` finds the IDs; a name or designation that
    only one material bears, such as Ti-6Al-4V, will do as well.
    """
    from bomexposure import reference
    from bomexposure.scenario.subjects import named_subject
    from bomexposure.scenario.substitution import side_by_side
    from bomexposure.scenario.substitution import substitute as options_for

    check_json(json_to, project_file, materials)
    choices = choices_of(as_of, project_file, materials, edition)
    facts = reference.load(edition)
    subjects = tuple(named_subject(one, facts.knowledge) for one in subjects)
    if len(subjects) > 1:
        told = side_by_side(subjects, facts, choices)
    else:
        told = options_for(subjects[0], facts, choices)
    if json_to:
        arguments.deliver(arguments.json_bytes(told), json_to)
    elif len(subjects) > 1:
        click.echo("\n".join(_compared(told["subjects"])))
    else:
        click.echo("\n".join(_options(told)))


def _compared(sides: list[dict[str, Any]]) -> list[str]:
    """One column a material: exposure first, then the content of each listed mineral."""
    from bomexposure.present.columns_of_text import aligned, clipped

    minerals = dict.fromkeys(
        one["mineral"] for side in sides for one in side["minerals"] if one["critical_2025"]
    )
    rows = [("", *(clipped(one["name"], 26) for one in sides))]
    rows.append(("index", *(_span(one["index"]) for one in sides)))
    rows.append(("acute", *(one["acute"] or "unknown" for one in sides)))
    rows.append(("worst mineral", *(one["top_mineral"] or "-" for one in sides)))
    rows.append(("density, g/cm3", *(_plain(one["density_g_cm3"]) for one in sides)))
    for mineral in minerals:
        rows.append((f"{mineral}, wt%", *(_content(side, mineral) for side in sides)))
    return aligned(rows)


def _content(side: dict[str, Any], mineral: str) -> str:
    if not side["known"]:
        return "unknown"
    own = [one for one in side["minerals"] if one["mineral"] == mineral]
    if not own:
        return "-"
    told = own[0]["wt_pct"]
    words = _span({"low": told["low"], "high": told["high"]})
    return words if own[0]["presence"] == "certain" else f"{words} ({own[0]['presence']})"


def _plain(value: float | None) -> str:
    return "unknown" if value is None else f"{value:.4g}"


def _options(told: dict[str, Any]) -> list[str]:
    own = told["subject"]
    said = [f"{own['name']} ({own['id']}): {_exposure(own)}"]
    for option in told["options"]:
        after = option["to"]
        said.append(f"\n{after['name']} ({after['id']}): {_exposure(after)}")
        if option["alarm"]:
            said.append(f"  Mind: {option['alarm']}")
        said += [
            f"  {words}: {', '.join(minerals)}"
            for words, minerals in (
                ("removes", option["removed"]),
                ("adds", option["added"]),
                ("holds less of", option["reduced"]),
                ("holds more of", option["increased"]),
                ("still holds as residual", option["residual"]),
            )
            if minerals
        ]
        if option["removed"] is None:
            said.append("  composition not known: its exposure is unknown, not lower")
        said += [_property(one) for one in option["properties"]]
        said += [
            f"  mass ratio at equal {one['equal']}: {_span(one)}" for one in option["mass_ratio"]
        ]
        if option["tradeoff"]:
            said.append(f"  {option['tradeoff']}")
        said.append(
            f"  effort: {option['effort']}; source ({option['source_kind']}): {option['source']}"
        )
    if not told["options"]:
        said.append("No substitute is recorded for it.")
    if told["alike"]:
        said.append(f"\nOf the same family: {', '.join(told['alike'])}")
    return said


def _property(one: dict[str, Any]) -> str:
    """'Yield strength: 830–900 to 430–505 MPa at 20 °C, 0.2 % offset (worse)'."""
    unit = "" if one["unit"] == "-" else f" {one['unit']}"
    warmth = "" if one["temperature_c"] is None else f" at {one['temperature_c']:g} °C"
    condition = f", {one['condition']}" if one["condition"] else ""
    return (
        f"  {one['name']}: {_span(one['from'])} to {_span(one['to'])}{unit}{warmth}{condition}"
        f" ({one['verdict']})"
    )


def _exposure(side: dict[str, Any]) -> str:
    if not side["known"]:
        return "exposure unknown, no composition"
    return (
        f"index {_span(side['index'])}"
        + (f", worst mineral {side['top_mineral']}" if side["top_mineral"] else "")
        + (", acute" if side["acute"] != "no" else "")
    )


def _span(ends: dict[str, Any]) -> str:
    low, high = ends["low"], ends["high"]
    if low is None and high is None:
        return "unknown"
    if low == high:
        return f"{low:.4g}"
    return f"{low:.4g}–{high:.4g}" if high is not None else f"{low:.4g} and more"
