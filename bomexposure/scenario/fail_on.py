"""Rules such as `minerals_acute > 3 or spend_acute_pct.certain >= 20`, for release pipelines.

The language: names of headline fields and of `coverage.` (dots lead into parts), numbers, the
comparisons > >= < <= == !=, `and`, `or`, `not` and round brackets; `and` binds closer than `or`.
A figure that
is unknown (null) makes its comparison unknown; a rule holds only when it is surely true, and
`known(name)` asks whether a figure is known at all.
"""

from __future__ import annotations

import operator
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields
from typing import Any

from bomexposure.model.errors import UsageError
from bomexposure.model.exposure import Coverage, Headline, Share

_TOKEN = re.compile(
    r"\s*(?:(?P<number>-?\d+(?:\.\d+)?)|(?P<compare>>=|<=|==|!=|>|<)"
    r"|(?P<name>[A-Za-z_][A-Za-z0-9_]*(?:\.[A-Za-z_0-9]+)*)|(?P<bracket>[()])|(?P<other>\S))"
)
_COMPARE: dict[str, Callable[[Any, Any], bool]] = {
    ">": operator.gt,
    ">=": operator.ge,
    "<": operator.lt,
    "<=": operator.le,
    "==": operator.eq,
    "!=": operator.ne,
}
_WORDS = ("and", "or", "not", "known")
_COUNTS = (
    "minerals",
    "minerals_acute",
    "minerals_nir_50",
    "minerals_nir_100",
    "spend",
    "controls_in_force",
)
Verdict = bool | None
"""True, False, or None where a figure in it is unknown."""


def field_names() -> tuple[str, ...]:
    """The names that a rule may use: those of the JSON headline, and `coverage.` with its own."""
    shares = [
        f"{one.name}.{part.name}"
        for one in fields(Headline)
        if one.name.startswith("spend_") and one.name.endswith("_pct")
        for part in fields(Share)
    ]
    spoken_for = [f"coverage.{one.name}" for one in fields(Coverage) if one.name.endswith("_pct")]
    return (*_COUNTS, *shares, *spoken_for)


@dataclass(frozen=True, slots=True)
class Rule:
    """A parsed rule; see `parse_rule`."""

    text: str
    judge: Callable[[Mapping[str, Any]], Verdict]

    def holds(self, headline: Mapping[str, Any]) -> bool:
        """Whether the rule is surely true of a JSON `headline` object."""
        return self.judge(headline) is True

    def unknown(self, headline: Mapping[str, Any]) -> bool:
        """Whether a figure that is not known leaves the rule open."""
        return self.judge(headline) is None


def parse_rule(text: str) -> Rule:
    """Parse a rule. Raises UsageError that names the position of what it does not understand."""
    return Rule(text, _Parser(text).whole())


@dataclass(frozen=True, slots=True)
class _Token:
    kind: str
    text: str
    at: int


class _Parser:
    """Recursive descent: or < and < not < comparison or bracket."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._tokens = _tokens(text)
        self._at = 0

    def whole(self) -> Callable[[Mapping[str, Any]], Verdict]:
        judge = self._either()
        if self._peek().kind != "end":
            raise self._wrong("'and', 'or' or the end")
        return judge

    def _peek(self) -> _Token:
        return self._tokens[self._at]

    def _take(self) -> _Token:
        token = self._tokens[self._at]
        self._at += 1
        return token

    def _word(self, word: str) -> bool:
        token = self._peek()
        if token.kind == "name" and token.text == word:
            self._at += 1
            return True
        return False

    def _wrong(self, wanted: str) -> UsageError:
        token = self._peek()
        found = f"'{token.text}'" if token.text else "the end"
        return UsageError(
            f"The rule '{self._text}' is not understood at character {token.at + 1}: "
            f"{wanted} is expected, {found} is there.",
            "Write, for example, 'minerals_acute > 3 or spend_acute_pct.certain >= 20'.",
        )

    def _either(self) -> Callable[[Mapping[str, Any]], Verdict]:
        parts = [self._both()]
        while self._word("or"):
            parts.append(self._both())
        return lambda headline: _any([part(headline) for part in parts])

    def _both(self) -> Callable[[Mapping[str, Any]], Verdict]:
        parts = [self._one()]
        while self._word("and"):
            parts.append(self._one())
        return lambda headline: _all([part(headline) for part in parts])

    def _one(self) -> Callable[[Mapping[str, Any]], Verdict]:
        if self._word("not"):
            inner = self._one()
            return lambda headline: _not(inner(headline))
        if self._peek().text == "(":
            self._take()
            inside = self._either()
            self._close()
            return inside
        if self._word("known"):
            if self._peek().text != "(":
                raise self._wrong("'('")
            self._take()
            name = self._name()
            self._close()
            return lambda headline: _figure(headline, name) is not None
        return self._comparison()

    def _close(self) -> None:
        if self._peek().text != ")":
            raise self._wrong("')'")
        self._take()

    def _comparison(self) -> Callable[[Mapping[str, Any]], Verdict]:
        left = self._value()
        if self._peek().kind != "compare":
            raise self._wrong("a comparison such as '>='")
        compare = _COMPARE[self._take().text]
        right = self._value()

        def judge(headline: Mapping[str, Any]) -> Verdict:
            a, b = left(headline), right(headline)
            return None if a is None or b is None else compare(a, b)

        return judge

    def _value(self) -> Callable[[Mapping[str, Any]], float | None]:
        if self._peek().kind == "number":
            number = float(self._take().text)
            return lambda _headline: number
        name = self._name()
        return lambda headline: _figure(headline, name)

    def _name(self) -> str:
        token = self._peek()
        if token.kind != "name" or token.text in _WORDS:
            raise self._wrong("a field or a number")
        if token.text not in field_names():
            raise UsageError(
                f"The rule '{self._text}' names '{token.text}' at character {token.at + 1}, "
                "which is no figure of the headline.",
                f"Use one of {', '.join(field_names())}.",
            )
        return self._take().text


def _tokens(text: str) -> list[_Token]:
    tokens = []
    for found in _TOKEN.finditer(text):
        kind = str(found.lastgroup)
        tokens.append(_Token(kind, found.group(kind), found.start(kind)))
    return [*tokens, _Token("end", "", len(text))]


def _figure(headline: Mapping[str, Any], name: str) -> float | None:
    value: Any = headline
    for part in name.split("."):
        value = value.get(part) if isinstance(value, Mapping) else None
    return float(value) if isinstance(value, (int, float)) else None


def _any(verdicts: list[Verdict]) -> Verdict:
    if any(verdict is True for verdict in verdicts):
        return True
    return None if any(verdict is None for verdict in verdicts) else False


def _all(verdicts: list[Verdict]) -> Verdict:
    if any(verdict is False for verdict in verdicts):
        return False
    return None if any(verdict is None for verdict in verdicts) else True


def _not(verdict: Verdict) -> Verdict:
    return None if verdict is None else not verdict
