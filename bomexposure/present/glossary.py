"""The words a reader meets and what they mean: one definition for tooltips, PDF and workbook."""

from __future__ import annotations

from bomexposure.present.words import tr

EVIDENCE_WORDS = {
    "declared": "declared",
    "designated": "designated",
    "inferred": "inferred",
    "assumed": "assumed",
    "none": "not recognised",
}

PRESENCE_WORDS = {"certain": "certain", "likely": "likely", "possible": "possible"}

FUNCTION_WORDS = {
    "primary": "carries the function",
    "dopant": "dopant",
    "alloying": "alloying element",
    "plating": "plating",
    "joining": "joining",
    "residual": "residual",
}

RELATION_WORDS = {
    "contained": "contained",
    "contained_partly": "contained in part from the listed commodity",
    "other_form": "contained, but not from the listed commodity",
    "process_input": "used in making",
    "not_listed": "contained, not listed",
}

METHOD_WORDS = {
    "import-china-peak": "Import-China index, China's highest stage",
    "import-china-headline": "Import-China index, headline stage",
    "hhi": "Concentration of producers (HHI)",
    "hhi-wgi": "Concentration weighted by governance (HHI-WGI)",
    "geopolrisk": "GeoPolRisk",
    "eu-on-us-figures": "EU form on U.S. figures, constants unconfirmed",
}

MASS_BASIS_WORDS = {
    "declared": "declared in the BOM",
    "dimensions": "worked out from dimensions",
    "energy": "worked out from volts and ampere hours",
    "package": "estimated from the package size",
    "class": "estimated from the class of part",
    "decided": "set by decision",
    "": "unknown",
}

STATUS_SHORT = {
    "announced": "announced",
    "in force": "in force",
    "suspended": "suspended",
    "ended": "ended",
    "end date passed, not verified": "not known",
}
"""Status words for narrow columns; the long form stands in panels and tables with room."""

TERMS = {
    "acute-minor": "Acute, in a lesser role",
    "reliance": "Net import reliance",
    "index": "Import-China index",
    "spend": "Spend in its lines",
    "gated": "Gated value",
    "hhi": "Concentration of producers (HHI)",
    "mass": "Mass in one product",
    "china-led": "China-led",
    "controls": "Export controls in force",
    "score": "Score of a sourcing option",
}
"""Terms of DEFINITIONS whose heading is not the term itself."""

DEFINITIONS = {
    "coverage": (
        "What part of the counted lines, of known spend and of known mass was recognised. The "
        "figures speak for this part only; the rest counts as unknown."
    ),
    "acute": (
        "A mineral is acute when the high bound of its Import-China index is at least the "
        "threshold, 50 unless changed. A line is acute when an acute mineral carries its function."
    ),
    "acute-minor": (
        "Lines that hold acute minerals only as alloying element, plating, joining or residual: "
        "shown beside the acute lines, never hidden."
    ),
    "reliance": (
        "U.S. net import reliance: imports minus exports plus changes of stocks, as a share of "
        "apparent consumption. >50 stands where the exact figure is withheld; E is net exporter."
    ),
    "china-share": (
        "China's share of world output at the named stage and year. The highest stage is the "
        "largest share over whole-market stages; stages are never mixed in one sum."
    ),
    "index": (
        "Import-China index: net import reliance times China's share at its highest stage, 0 to "
        "100. Ranges in the inputs stay ranges."
    ),
    "spend": (
        "Spend of the counted lines that hold the mineral certainly; with lines that likely hold "
        "it, the upper end."
    ),
    "gated": (
        "The value of the whole product where an acute mineral carries the function of some line: "
        "without that part there is no product."
    ),
    "presence": (
        "How often parts like this one hold the mineral: certain at least 95 %, likely 50 to 95 %, "
        "possible 5 to 50 %."
    ),
    "evidence": (
        "How the content is known: declared by supplier or material column, designated by an alloy "
        "or series named in the line, inferred from the class of part, assumed from its family."
    ),
    "hhi": (
        "Herfindahl-Hirschman index of producing countries, 0 to 10,000. Other countries count as "
        "nothing at the low end and as one country at the high end."
    ),
    "mass": "Mass of the element in one product: low, typical and high.",
    "china-led": "China is the largest producer at some whole-market stage; the stage is named.",
    "controls": (
        "Bans, licences and quotas in force on the as-of date that cut supply of a mineral of this "
        "BOM, by countries with at least 5 % of world output at the stages reached, or of U.S. "
        "imports. Tariffs, rules and small suppliers stand in the list of measures."
    ),
    "score": (
        "0 to 100 from named terms with weights kept as data. A missing term widens the score to "
        "a range; it is never filled in."
    ),
}


def defined(term: str) -> str:
    """The definition of a term, for a tooltip."""
    return tr(DEFINITIONS[term])


def headed(term: str) -> str:
    """A term as the heading of its definition.

    >>> headed("gated"), headed("china-share")
    ('Gated value', 'China share')
    """
    return TERMS.get(term, term.replace("-", " ").capitalize())
