"""Python values as the JSON of household files."""

from __future__ import annotations

import json
import math
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any

# As deep as the library reads.
_DEPTH = 64


def encoded(value: Any) -> bytes:
    """The JSON of a household or of several, on one line.

    A Decimal becomes a number with all its digits, a date its text; a float the shortest number that it stands for.

    Raises:
        TypeError: A value of a type that household files do not have.
        ValueError: A number that is none, or what is deeper than 64 levels.
    """
    return "".join(_pieces(value, 0)).encode("ascii")


def _pieces(value: Any, depth: int) -> Iterator[str]:
    if depth > _DEPTH:
        raise ValueError(f"a household is at most {_DEPTH} levels deep")
    if isinstance(value, Mapping):
        yield "{"
        for place, (key, item) in enumerate(value.items()):
            if not isinstance(key, str):
                raise TypeError(f"the keys of a household are texts, and this is {_kind(key)}")
            yield ("," if place else "") + json.dumps(key) + ":"
            yield from _pieces(item, depth + 1)
        yield "}"
    elif isinstance(value, Sequence) and not isinstance(value, str | bytes | bytearray | memoryview):
        yield "["
        for place, item in enumerate(value):
            if place:
                yield ","
            yield from _pieces(item, depth + 1)
        yield "]"
    else:
        yield _scalar(value)


def _scalar(value: Any) -> str:
    if value is None or isinstance(value, bool | int | str):
        return json.dumps(value)
    if isinstance(value, Decimal | float):
        if not math.isfinite(value):
            raise ValueError("a household has a number that is infinite or none")
        return format(value, "f") if isinstance(value, Decimal) else repr(float(value))
    if isinstance(value, date) and not isinstance(value, datetime):
        return f'"{value.isoformat()}"'
    raise TypeError(f"household files have no {_kind(value)}")


def _kind(value: Any) -> str:
    return type(value).__name__


def decoded(text: bytes) -> dict[str, Any]:
    """What the library wrote. Sums are texts in it; no number becomes a float."""
    document: dict[str, Any] = json.loads(text, parse_float=Decimal)
    return document
