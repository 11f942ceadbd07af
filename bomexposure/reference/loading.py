"""From the sets on disk to one `Reference`."""

from __future__ import annotations

import pandas as pd

from bomexposure import reference
from bomexposure.model.knowledge import COMPOSITIONS, SUBJECTS, Knowledge
from bomexposure.model.sources import FIGURES, Sources
from bomexposure.model.supply import Reference
from bomexposure.reference import editions, figures, places, policy, producers
from bomexposure.reference.rules import read_rules
from bomexposure.reference.sets import DataSet, open_set
from bomexposure.reference.supply import supply

SHIPPED = (
    "rules", "processing", "processing-facts", "uranium", "countries", "governance", "suppliers",
    "substitutes", "policy",
)  # fmt: skip
"""The sets beside the USGS release, which is chosen by edition."""


def load(edition: str = "", knowledge: bool = True) -> Reference:
    """The facts of one Edition.

    Args:
        edition: id or title of a USGS release ("mcs2026", "MCS 2026"), shipped or imported by the
            user; "" takes the newest.
        knowledge: False leaves out what parts hold, for commands that do not need it.

    Raises ReferenceDataError for an unknown edition and for a set that is damaged.
    """
    usgs = editions.choose(edition)
    sets = {name: open_set(editions.shipped_folder(name)) for name in SHIPPED}
    rules = read_rules(sets["rules"])
    others = [
        (sets["processing"], "shares.csv"),
        (sets["processing-facts"], "facts.csv"),
        (sets["uranium"], "facts.csv"),
    ]
    output = producers.producers(usgs, others, rules)
    known = (
        reference.load_knowledge()
        if knowledge
        else Knowledge(COMPOSITIONS.empty(), SUBJECTS.empty(), {}, FIGURES.empty())
    )
    events, event_figures = policy.events(sets["policy"], rules.mineral_names)
    cited = figures.all_figures(
        [
            *figures.release_figures(usgs),
            *_set_figures(sets),
            event_figures,
            *([known.figures] if len(known.figures) else []),
        ]
    )
    return Reference(
        edition=usgs.source.edition,
        sets=(usgs.source, *(one.source for one in sets.values())),
        supply=supply(usgs, sets["uranium"], output, rules),
        producers=output,
        import_sources=producers.import_sources(usgs, rules),
        reserves=producers.reserves(usgs, rules),
        prices=producers.prices(usgs, rules),
        countries=places.countries(sets["countries"], sets["governance"]),
        suppliers=places.suppliers(sets["suppliers"], rules.mineral_names),
        substitutes=places.substitutes(sets["substitutes"]),
        events=events,
        sources=Sources(cited),
        knowledge=known,
    )


def _set_figures(sets: dict[str, DataSet]) -> list[pd.DataFrame]:
    governance, substitutes = sets["governance"], sets["substitutes"]
    wgi = governance.table("wgi.csv")
    named = substitutes.table("substitutes.csv")
    countries = sets["countries"].table("countries.csv")
    suppliers = sets["suppliers"].table("suppliers.csv")
    return [
        figures.cited_figures(sets["processing"], "shares.csv"),
        figures.cited_figures(sets["processing-facts"], "facts.csv"),
        figures.cited_figures(sets["uranium"], "facts.csv"),
        figures.share_figures(sets["uranium"]),
        figures.own_figures(
            governance, wgi, "row " + wgi["wgi_code"], wgi["year"], wgi["political_stability"]
        ),
        figures.own_figures(substitutes, named, named["locator"], "2026", ""),
        figures.statement_figures(sets["countries"], countries, countries["date"]),
        figures.statement_figures(sets["suppliers"], suppliers, suppliers["as_of"]),
    ]
