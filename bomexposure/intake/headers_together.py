"""What the headers of a table say together: of pairs, packs, sums, groups and variants.

Each function looks at all headers at once and mends in place what `roles_of` said of each alone.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from bomexposure.intake.headers import roles_of, says_pack, says_total, within
from bomexposure.intake.looks import Look
from bomexposure.intake.presets import CERTAIN
from bomexposure.intake.units import header_unit, mass_factor
from bomexposure.intake.words import (
    IGNORED,
    currency_words,
    fold,
    header_words,
    is_cjk,
    marks,
    squeeze,
    unit_key,
)

Named = list[dict[str, float]]
"""Per column role -> how surely its header names it."""

_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")


_TRIMMINGS = re.compile(r"[^\W\d_]+|[€$£¥₩₹₽₺]|\d+")


def _stem(header: str) -> str:
    """A header without its currency and numbers, by which headers of one price differ."""
    words = [word for word in _TRIMMINGS.findall(header) if unit_key(word) not in currency_words()]
    return fold(" ".join(word for word in words if not word.isdigit()))


PACK_SIZE = "pack_size"
"""What headers such as "Pcs/reel" name: `price_per` beside a price for a pack, else nothing."""


def favour_child_table(headers: Sequence[str], named: Named, looks: Sequence[Look]) -> None:
    """In exports of a document with its rows ("Qty (Items)"), the row's columns win.

    ERPNext writes the field's table in brackets, Odoo before a slash; where three or more headers
    carry the same word so and it is no unit or currency, those columns speak of the line. Columns
    of the document are filled in its first row only, and say little of the lines.
    """
    words = Counter(within(header)[0] for header in headers if roles_of(header))
    for word, count in words.items():
        if count >= 3 and len(word) >= 4:
            for column, header in enumerate(headers):
                table, field = within(header)
                if table == word and field != header:
                    named[column] = dict(roles_of(field)) or named[column]
                factor = 1.12 if table == word else 0.85
                if factor < 1 and looks[column].filled < 0.5:
                    factor = 0.5
                named[column] = {role: weight * factor for role, weight in named[column].items()}


_MEASURES = {"unit": "quantity", "price_per": "unit_cost", "currency": "unit_cost"}
"""What only says how to read an amount, and the amount that the head above both must name."""


def read_below_group_heads(headers: Sequence[str], named: Named) -> None:
    """A unit under a head that spans it and its amount: "Menge" over "Anz." and "ME".

    Joined they read "Menge ME", which names a quantity twice; the rest alone says what it is.
    """
    words = [header.split() for header in headers]
    for column, own in enumerate(words):
        beside = [words[at] for at in (column - 1, column + 1) if 0 <= at < len(words)]
        shared = max((_shared(own, other) for other in beside), default=0)
        if not 0 < shared < len(own):
            continue
        if squeeze(headers[column]) in header_words():
            continue
        rest = header_words().get(squeeze(" ".join(own[shared:])), {})
        found = {
            role: weight
            for role, weight in rest.items()
            if _MEASURES.get(role, "") in named[column]
        }
        if found:
            kept = {role: 0.4 * weight for role, weight in named[column].items()}
            named[column] = {**kept, **found}


def _shared(one: Sequence[str], other: Sequence[str]) -> int:
    """How many words both begin with."""
    count = 0
    for mine, theirs in zip(one, other, strict=False):
        if mine.casefold() != theirs.casefold():
            break
        count += 1
    return count


def tell_parents_apart(headers: Sequence[str], named: Named, looks: Sequence[Look]) -> None:
    """In lists of pairs (product, component) the first names the parent, whatever else it means.

    A column beside one of components is the parent when its header names a product and its cells
    repeat from line to line more than theirs. Further columns of the parent, such as its name,
    say nothing of the line.
    """
    folded = [f" {fold(_CAMEL.sub(' ', header))} " for header in headers]
    above = {c for c, text in enumerate(folded) if _says(text, marks("parent-of"))}
    below = {c for c, text in enumerate(folded) if _says(text, marks("child-of"))} - above
    parts = {c for c, text in enumerate(folded) if _says(text, marks("part-of"))} - above
    products = {c for c, text in enumerate(folded) if text.replace(" ", "") in marks("product-of")}
    made = {c for c, text in enumerate(folded) if text.replace(" ", "") in marks("made-of")}
    known = any(roles.get("parent", 0.0) >= 0.75 for roles in named)
    for column in above | (products if known and below else set()):
        for role in named[column].keys() - {"parent", "quantity", "base_quantity", "level"}:
            named[column] = {**named[column], role: 0.3 * named[column][role]}
    if known:
        for column in below:
            if looks[column].words < 0.5 and "part_number" in named[column]:
                named[column] = {**named[column], "part_number": 1.0}
        if any(named[column].get("description", 0.0) >= 0.45 for column in below):
            for column in range(len(named)):
                if column not in below and "description" in named[column]:
                    weight = 0.5 * named[column]["description"]
                    named[column] = {**named[column], "description": weight}
        return
    for column, look in enumerate(looks):
        beside = below if column in made else below | parts if column in products else set()
        finer = [c for c in beside - {column} if looks[c].distinct > look.distinct]
        one = look.count * look.distinct < 1.5 and not below
        if finer and look.numeric < 0.6 and look.distinct < 0.75 and look.filled > 0.9 and not one:
            named[column] = {"parent": 0.9}
            return


def _says(text: str, words: frozenset[str]) -> bool:
    """Whether a padded, folded header holds one of the (squeezed) words."""
    if is_cjk(text):
        packed = text.replace(" ", "")
        return any(is_cjk(word) and word in packed for word in words)
    tokens = text.split()
    return any("".join(tokens[i:j]) in words for i in range(len(tokens)) for j in (i + 1, i + 2))


def tell_packs(headers: Sequence[str], named: Named, looks: Sequence[Look]) -> None:
    """Beside a price for a pack, the size of the pack says what it buys; else it says nothing."""
    packed = [
        column
        for column, header in enumerate(headers)
        if says_pack(header)
        and max(named[column].get(role, 0.0) for role in ("unit_cost", "price_per")) >= 0.35
        and not named[column].get(PACK_SIZE)
        and looks[column].numeric > 0.6
    ]
    for column in packed:
        named[column] = {"unit_cost": 0.95}
    for column, roles in enumerate(named):
        if roles.get(PACK_SIZE, 0.0) >= 0.5:
            named[column] = {"price_per": CERTAIN} if packed else {IGNORED: 0.9}


def tell_sums_from_prices(named: Named, looks: Sequence[Look]) -> None:
    """A plain "Price" beside "Unit price" or "Price per pack" is that of the whole line."""
    for column, roles in enumerate(named):
        plain = 0.7 < roles.get("unit_cost", 0.0) < 0.95 and roles.get("extended_cost", 0.0) > 0
        if not plain or not looks[column].count:
            continue
        beside = [
            (r, looks[c]) for c, r in enumerate(named) if c != column and looks[c].numeric > 0.6
        ]
        single = any(
            # powers of ten are the number of pieces that a price is for, not a price
            r.get("unit_cost", 0.0) >= 0.95 or (r.get("price_per", 0.0) >= 0.6 and at.powers < 0.5)
            for r, at in beside
        )
        summed = any(r.get("extended_cost", 0.0) >= 0.9 for r, _ in beside)
        if single and not summed:
            named[column] = {"extended_cost": 0.75, "unit_cost": 0.35}


def tell_weights_from_sums(headers: Sequence[str], named: Named) -> None:
    """A sum in kilograms or pounds is one of weights: "Ext. Wt (lbs)"."""
    for column, (header, roles) in enumerate(zip(headers, named, strict=True)):
        weighed = mass_factor(header_unit(header)) > 0 and not roles.get("unit_cost")
        if weighed and roles.get("extended_cost"):
            rest = {role: w for role, w in roles.items() if role != "extended_cost"}
            named[column] = {"mass": 0.45, **rest}


def tell_prices_alike(headers: Sequence[str], named: Named) -> None:
    """One price in several currencies, or several prices by number, are no sum of a line."""
    stems: dict[str, list[int]] = {}
    for column, roles in enumerate(named):
        if roles.get("unit_cost", 0.0) >= 0.6 and roles["unit_cost"] > roles.get(
            "extended_cost", 0
        ):
            stems.setdefault(_stem(headers[column]), []).append(column)
    for columns in stems.values():
        several = len({headers[column] for column in columns}) == len(columns) > 1
        for column in columns if several else ():
            named[column] = {r: w for r, w in named[column].items() if r != "extended_cost"}


def tell_sums_from_values(named: Named, looks: Sequence[Look]) -> None:
    """A word for a component's value that is also that for a sum of money ("Wartość", "Valor").

    Over amounts beside a price and a quantity it is the line's sum, save on a list of a board.
    """
    marked = any(look.marks > 0.6 for look in looks)
    if marked or any(roles.get("designator", 0.0) >= 0.5 for roles in named):
        return
    beside = [
        {role for role, weight in roles.items() if weight >= 0.7 and looks[column].numeric > 0.6}
        for column, roles in enumerate(named)
    ]
    if not {"quantity", "unit_cost"} <= set().union(*beside) or any(
        "extended_cost" in roles for roles in beside
    ):
        return
    for column, roles in enumerate(named):
        both = roles.get("value", 0.0) > 0 and roles.get("extended_cost", 0.0) > 0
        if both and looks[column].numeric > 0.9:
            named[column] = {"extended_cost": 0.9}


def take_codes_for_part_numbers(named: Named, looks: Sequence[Look]) -> None:
    """A plain "No." above codes, each another one, is the part's number where no header names one.

    So is one above numbers that do not count the lines, beside a column that does.
    """
    numbers = ("part_number", "mpn", "supplier_part")
    if any(roles.get(role, 0.0) >= 0.6 for roles in named for role in numbers):
        return
    items = [
        column
        for column, roles in enumerate(named)
        if roles.get("item", 0.0) >= 0.5 and max(roles, key=lambda role: roles[role]) == "item"
    ]
    counted = any(looks[column].running > 0.9 and looks[column].integer > 0.9 for column in items)
    for column in items:
        look = looks[column]
        lettered = look.code > 0.8 and look.numeric < 0.2 and look.level < 0.5
        other = counted and look.length >= 4 and look.integer > 0.8 and look.running < 0.9
        if look.distinct > 0.6 and look.count > 1 and (lettered or other) and look.marks < 0.6:
            named[column] = {**named[column], "part_number": 0.9, "item": 0.45}
            return


def take_ordered_for_needed(headers: Sequence[str], named: Named, looks: Sequence[Look]) -> None:
    """Where no header names a quantity, what was ordered is one: a shop's cart, an order."""
    if any(roles.get("quantity", 0.0) >= 0.5 for roles in named):
        return
    for column, header in enumerate(headers):
        if squeeze(header) in marks("ordered") and looks[column].numeric > 0.6:
            named[column] = {"quantity": 0.75}
            return


def weigh_variants_alike(headers: Sequence[str], named: Named, looks: Sequence[Look]) -> None:
    """Quantities for several variants ("Qty Basic", "Qty Pro"): the first is read, not the one
    whose name is shortest."""
    partly = [
        column
        for column, roles in enumerate(named)
        if 0.45 <= roles.get("quantity", 0.0) < 0.9
        and max(roles, key=lambda role: roles[role]) == "quantity"
        and looks[column].numeric > 0.6
        and not says_total(headers[column])
    ]
    if len(partly) > 1 and max(roles.get("quantity", 0.0) for roles in named) < 0.9:
        weight = max(named[column]["quantity"] for column in partly)
        for column in partly:
            first = 0.08 if column == partly[0] else 0.0
            named[column] = {**named[column], "quantity": weight + first}
