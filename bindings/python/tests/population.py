"""An invented population as tables of Arrow, and what the command decides about it."""

from __future__ import annotations

import csv
import functools
import os
import subprocess
import tempfile
from collections.abc import Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any

import pyarrow as pa
from conftest import POLICIES, ROOT

POLICY = "heilongjiang/mudanjiang"
DATE = "2026-06-01"
HOUSEHOLDS = 300

Row = dict[str, Any]
# A row of the answer: household, area, programme, status, benefit, period, least and most in fen.
Decision = tuple[str, str, str, str, str | None, str | None, int | None, int | None]


def _command(*arguments: str) -> None:
    command = os.environ.get("JIUZHU_COMMAND", str(ROOT / ".build" / "debug" / "jiuzhu"))
    subprocess.run(
        [command, *arguments, "--policy", POLICY, "--policies", str(POLICIES), "--quiet"],
        check=True, capture_output=True,
    )


def _read(path: Path) -> list[Row]:
    """The rows of a file in CSV: texts, and None for an empty cell."""
    with path.open(encoding="utf-8", newline="") as file:
        return [{key: value or None for key, value in row.items()} for row in csv.DictReader(file)]


@functools.cache
def _made() -> tuple[dict[str, list[Row]], list[Row]]:
    """The tables of a population, and the decisions about it."""
    with tempfile.TemporaryDirectory() as folder:
        families, decisions = Path(folder) / "families", Path(folder) / "decisions.csv"
        _command("population", "--households", str(HOUSEHOLDS), "--date", "2026-01-01", "--output", f"{families}/")
        _command("batch", f"{families}/", "--date", DATE, "--output", str(decisions))
        return {path.stem: _read(path) for path in families.glob("*.csv")}, _read(decisions)


def decided_by_command() -> list[Decision]:
    """What `jiuzhu batch` writes about the population."""

    def fen(text: str | None) -> int | None:
        return None if text is None else int(Decimal(text) * 100)

    return [
        (
            row["household"], row["area"], row["program"], row["status"], row["benefit"], row["period"],
            fen(row["amount"] or row["least"]), fen(row["amount"] or row["most"]),
        )
        for row in _made()[1]
    ]


@functools.cache
def nested() -> pa.Table:
    """One row a household, with members and all lists in it."""
    tables = _made()[0]
    members = [{**row, "member": number} for row, number in _numbered(tables["members"])]
    for name in ("obligors", "bills"):
        members = _with_list(members, name, tables[name], ("household", "member"))
    households = [_renamed(row) for row in tables["households"]]
    for name in ("plots", "losses"):
        households = _with_list(households, name, tables[name], ("household",))
    for member in members:
        del member["member"]
    households = _with_list(households, "members", members, ("household",))
    return pa.Table.from_pylist(households)


@functools.cache
def flat() -> tuple[pa.Table, pa.Table]:
    """Two tables, one of households and one of members, without what belongs to members, both sorted by number."""
    tables = _made()[0]
    households = pa.Table.from_pylist([_numbered_id(_renamed(row)) for row in tables["households"]])
    members = pa.Table.from_pylist([_numbered_id(_spaced(row)) for row in tables["members"]])
    return households.drop_columns(["plots", "losses"]), members.drop_columns(["obligors", "bills"])


def nested_of_flat() -> pa.Table:
    """The same households and members as one table."""
    households, members = (table.to_pylist() for table in flat())
    return pa.Table.from_pylist(_with_list(households, "members", members, ("household",)))


def _numbered(members: list[Row]) -> list[tuple[Row, str]]:
    """Members with their number in their household, from 1."""
    numbers: dict[str, int] = {}
    result = []
    for row in members:
        numbers[row["household"]] = numbers.get(row["household"], 0) + 1
        result.append((_spaced(row), str(numbers[row["household"]])))
    return result


def _renamed(row: Row) -> Row:
    return {("household" if key == "id" else key): value for key, value in _spaced(row).items()}


def _numbered_id(row: Row) -> Row:
    return {**row, "household": int(row["household"])}


def _spaced(row: Row) -> Row:
    """Several codes of a fact with spaces between them."""
    return {key: value.replace(";", " ") if isinstance(value, str) else value for key, value in row.items()}


def _with_list(parents: list[Row], name: str, rows: list[Row], keys: tuple[str, ...]) -> list[Row]:
    """The parents with their rows as a list; an empty one where `none` is said, None where nothing is."""
    lists: dict[tuple[str, ...], list[Row]] = {}
    for row in rows:
        entry = {key: value for key, value in _spaced(row).items() if key not in keys}
        lists.setdefault(tuple(row[key] for key in keys), []).append(entry)

    def entries(parent: Row) -> list[Row] | None:
        return lists.get(tuple(parent[key] for key in keys), [] if parent.get(name) == "none" else None)

    return [{**parent, name: entries(parent)} for parent in parents]


def typed(facts: Mapping[str, str], table: pa.Table) -> pa.Table:
    """A flat table whose columns have the types of their facts in place of texts."""
    types = {
        "amount": pa.decimal128(18, 2), "count": pa.int32(), "bool": pa.bool_(), "date": pa.date32(),
        "division": pa.int64(),
    }
    columns = {}
    for name in table.column_names:
        column = table.column(name)
        if name == "household":
            columns[name] = column
            continue
        kind = types.get(facts.get(name, ""))
        columns[name] = column.dictionary_encode() if kind is None else column.cast(kind)
    return pa.table(columns)
