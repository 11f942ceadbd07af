"""The words of the report's method page: what each figure means, and what was read."""

from __future__ import annotations

from bomexposure.model.analysis import Analysis
from bomexposure.present import numbers
from bomexposure.present.actions import __doc__ as action_rules
from bomexposure.present.glossary import DEFINITIONS, METHOD_WORDS

_TERMS = (
    ("Coverage", "coverage"),
    ("Net import reliance", "reliance"),
    ("China's share", "china-share"),
    ("China-led", "china-led"),
    ("Index", "index"),
    ("Acute", "acute"),
    ("Lesser roles", "acute-minor"),
    ("Spend", "spend"),
    ("Gated value", "gated"),
    ("Presence", "presence"),
    ("Evidence", "evidence"),
    ("Concentration", "hhi"),
    ("Sourcing score", "score"),
)


def method_rows(analysis: Analysis) -> list[list[str]]:
    """Terms and their definitions, with the choices that changed a number."""
    choices = analysis.choices
    rows = [[name, DEFINITIONS[key]] for name, key in _TERMS]
    rows.append(["Index used", METHOD_WORDS.get(choices.method, choices.method)])
    rows.append(["Acute from", f"index {numbers.figure(choices.acute_threshold)}, high bound"])
    countries = analysis.reference.countries
    names = dict(zip(countries["iso3"].tolist(), countries["country"].tolist(), strict=True))
    left_out = [names.get(code, code) for code in choices.excluded]
    rows.append(["Not offered as sources", ", ".join(left_out) or "none is left out"])
    if choices.volume is not None:
        rows.append(["Products per year", numbers.figure(choices.volume)])
    for code in sorted(choices.rates):
        rows.append(["Rate", f"1 {code} = {choices.rates[code]:g} USD, as given by the user"])
    rows.append(["Small is not safe", "No threshold of mass hides a mineral: presence and function "
                                      "are told apart from mass."])  # fmt: skip
    rows.append(["Actions on page one", _rules()])
    return rows


def _rules() -> str:
    """The rules of the suggested actions as they are stated where they are carried out."""
    text = " ".join((action_rules or "").split())
    return text[text.index("The rules") :]


def reading_rows(analysis: Analysis) -> list[list[str]]:
    """Which sheet and columns were read, and what was not."""
    bom = analysis.bom
    rows = [["File", f"{bom.file}, SHA-256 {bom.sha256[:32]} {bom.sha256[32:]}"]]
    for read in bom.read:
        where = f"Sheet {read.sheet}" if read.sheet else "Table"
        columns = ", ".join(
            f"{role.replace('_', ' ')} from “{column.header or column.letter}”"
            for role, column in read.columns.items()
        )
        rows.append([f"{where}, header in row {read.header_row}",
                     f"{numbers.count(read.line_count, 'line')}; {columns}."])  # fmt: skip
    for more in bom.more_sheets:
        rows.append([f"Sheet {more.sheet}", f"not read: {numbers.count(more.line_count, 'line')}"])
    if len(analysis.issues):
        counts = analysis.issues["code"].value_counts(sort=False).sort_index()
        told = ", ".join(f"{code} {count}" for code, count in counts.items())
        rows.append(["Issues", f"{told}. The workbook lists each with row and remedy."])
    return rows
