"""Tables of households in, tables of decisions out."""

from __future__ import annotations

import gc
import threading
import weakref
from collections.abc import Iterator
from typing import Any

import duckdb
import polars
import population
import pyarrow as pa
import pytest
from conftest import POLICIES, policy
from population import DATE, HOUSEHOLDS, POLICY, Decision

import jiuzhu

COLUMNS = ["household", "area", "program", "status", "benefit", "period", "least", "most"]


def assessed(households: Any, members: Any = None, **options: Any) -> Any:
    return policy(POLICY).assess_batch(households, members, date=DATE, **options)


def decisions(table: pa.Table) -> list[Decision]:
    """The rows of an answer, in the order of the columns above."""
    rows: list[Decision] = [tuple(row[name] for name in COLUMNS) for row in table.to_pylist()]
    return rows


# ── The same answers as one after the other ──


def test_a_row_for_each_benefit_is_what_the_command_writes() -> None:
    answer = assessed(population.nested(), rows="benefit")
    assert decisions(answer) == population.decided_by_command()


def test_a_row_for_each_household_has_the_same_sums() -> None:
    rows = {row["household"]: row for row in assessed(population.nested()).to_pylist()}
    assert list(rows) == [str(number + 1) for number in range(HOUSEHOLDS)]
    sums: dict[tuple[str, str], dict[str, int | None]] = {}
    for id, area, program, status, _, period, least, most in population.decided_by_command():
        assert (rows[id]["area"], rows[id][f"{program}.status"]) == (area, status)
        if least is None:
            continue  # Given in kind, or a programme without any benefit: no part of a sum.
        known = sums.setdefault((id, program), {})
        for name, sum in ((f"{period}.least", least), (f"{period}.most", most)):
            before = known.get(name, 0)
            known[name] = None if before is None or sum is None else before + sum
    for (id, program), known in sums.items():
        for period in ("monthly", "yearly", "once"):
            for name in (f"{period}.least", f"{period}.most"):
                # Null where the area has no such sum, and where nothing limits it.
                found = rows[id][f"{program}.{name}"]
                assert found == known[name] if name in known else not found


def test_a_data_frame_of_polars() -> None:
    frame = polars.from_arrow(population.nested())
    assert decisions(assessed(frame, rows="benefit")) == population.decided_by_command()


def test_a_relation_of_duckdb() -> None:
    connection = duckdb.connect()
    connection.register("families", population.nested())
    relation = connection.sql("select * from families order by household::int")
    assert decisions(assessed(relation, rows="benefit")) == population.decided_by_command()


def test_members_in_a_table_of_their_own() -> None:
    households, members = population.flat()
    expected = decisions(assessed(population.nested_of_flat(), rows="benefit"))
    assert decisions(assessed(households, members, rows="benefit")) == expected
    frames = polars.DataFrame(households), polars.DataFrame(members)
    assert decisions(assessed(*frames, rows="benefit")) == expected


def test_two_tables_are_sorted_as_their_ids_are() -> None:
    frames = [
        polars.DataFrame(table).with_columns(polars.col("household").cast(polars.String)) for table in population.flat()
    ]
    # "10" comes before "2".
    with pytest.raises(jiuzhu.InputError, match="both streams are sorted by it"):
        assessed(*frames)
    answer = assessed(*(frame.sort("household", maintain_order=True) for frame in frames), rows="benefit")
    assert sorted(map(repr, decisions(answer))) == sorted(
        map(repr, decisions(assessed(*population.flat(), rows="benefit"))))


def test_columns_of_the_types_of_their_facts() -> None:
    facts = policy(POLICY).facts
    of_households = {fact.key: fact.type for fact in facts if fact.name.startswith("household.")}
    of_members = {fact.key: fact.type for fact in facts if fact.name.startswith("member.")}
    households, members = population.flat()
    answer = assessed(
        population.typed(of_households, households), population.typed(of_members, members), rows="benefit")
    assert decisions(answer) == decisions(assessed(households, members, rows="benefit"))


def test_many_record_batches_and_threads_change_nothing() -> None:
    households = population.nested()
    expected = decisions(assessed(households, rows="benefit"))
    for size, threads in ((1, 1), (7, 2), (1_000, 8)):
        reader = pa.RecordBatchReader.from_batches(households.schema, households.to_batches(max_chunksize=size))
        assert decisions(assessed(reader, rows="benefit", threads=threads)) == expected


def test_a_table_without_rows() -> None:
    nothing = population.nested().slice(0, 0)
    assert assessed(nothing).num_rows == 0
    assert assessed(nothing).schema == assessed(population.nested()).schema


def test_python_threads_share_a_policy() -> None:
    households = population.nested()
    expected = assessed(households)
    answers: list[pa.Table] = []
    threads = [threading.Thread(target=lambda: answers.append(assessed(households))) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [answer == expected for answer in answers] == [True] * 6


# ── Streams, and who owns them ──


class Counted:
    """A stream of record batches that says how many were pulled, and whether it was let go."""

    def __init__(self, batches: list[pa.RecordBatch]) -> None:
        self.pulled = 0
        source = self._batches(batches)
        self.let_go = weakref.ref(source)
        self._reader = pa.RecordBatchReader.from_batches(batches[0].schema, source)

    def _batches(self, batches: list[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        for batch in batches:
            self.pulled += 1
            yield batch

    def __arrow_c_stream__(self, requested_schema: object | None = None) -> object:
        return self._reader.__arrow_c_stream__(requested_schema)


def test_a_stream_is_decided_as_it_is_pulled() -> None:
    source = Counted(population.nested().to_batches(max_chunksize=50))
    reader = assessed(source, stream=True)
    assert isinstance(reader, pa.RecordBatchReader)
    assert reader.read_next_batch().num_rows == 50
    assert source.pulled <= 2
    reader.close()
    del reader
    del source._reader
    gc.collect()
    assert source.let_go() is None


def test_an_answer_outlives_its_policy() -> None:
    loaded = jiuzhu.Policy(POLICY, policies=POLICIES)
    reader = loaded.assess_batch(population.nested(), date=DATE, stream=True)
    del loaded
    gc.collect()
    assert reader.read_all() == assessed(population.nested())


def test_nothing_is_kept_however_it_ends() -> None:
    households = population.nested()
    wrong = households.set_column(households.column_names.index("vehicles"), "vehicles", pa.array(["-1"] * HOUSEHOLDS))
    assessed(households)
    gc.collect()
    before = pa.total_allocated_bytes()
    for _ in range(5):
        assessed(households)
        assessed(households, stream=True)
        assessed(households, stream=True).close()
        with pytest.raises(jiuzhu.InputError):
            assessed(wrong)
        with pytest.raises(TypeError):
            assessed(households, 17)
    gc.collect()
    assert pa.total_allocated_bytes() == before


class Again:
    """Gives the same capsule twice, which nobody may."""

    def __init__(self, table: pa.Table) -> None:
        self._capsule = table.__arrow_c_stream__()

    def __arrow_c_stream__(self, requested_schema: object | None = None) -> object:
        return self._capsule


def test_a_stream_that_was_used_up_is_refused() -> None:
    source = Again(population.nested())
    assert assessed(source).num_rows == HOUSEHOLDS
    with pytest.raises(jiuzhu.Error):
        assessed(source)


def test_one_stream_cannot_be_both_tables() -> None:
    source = Again(population.flat()[0])
    with pytest.raises(jiuzhu.Error):
        assessed(source, source)


# ── What is wrong ──


def test_a_column_that_is_no_fact_is_named_and_passed_over() -> None:
    households = population.nested()
    with pytest.warns(jiuzhu.InputWarning, match="telephone") as caught:
        answer = assessed(households.append_column("telephone", pa.array(["?"] * HOUSEHOLDS)))
    assert [warning.filename for warning in caught] == [__file__]
    assert answer == assessed(households)


def replaced(name: str, value: Any, row: int = 4, type: pa.DataType | None = None) -> pa.Table:
    """The households with another value in one row."""
    households = population.nested()
    values = households.column(name).to_pylist()
    values[row] = value
    column = pa.array(values, type or households.column(name).type)
    return households.set_column(households.column_names.index(name), name, column)


@pytest.mark.parametrize(
    ("name", "value", "words"),
    [
        ("residence", "moon", "households[4].residence"),
        ("vehicles", "-1", "households[4].vehicles"),
        ("financial_assets", "0.001", "households[4].financial_assets"),
        ("household", "x" * 65, "households[4]"),
        ("area", "990000", "990000"),
        ("plots", [{"mu": "1", "use": "rented"}], "households[4].plots[0].use"),
    ],
)
def test_a_wrong_value_is_named_with_its_row(name: str, value: Any, words: str) -> None:
    table = replaced(name, value)
    with pytest.raises(jiuzhu.InputError) as caught:
        assessed(table)
    assert words in str(caught.value)
    with pytest.raises(pa.ArrowInvalid) as raw:
        assessed(table, stream=True).read_all()
    assert str(raw.value) == str(caught.value)


def test_a_column_of_another_type() -> None:
    households = population.nested()
    floats = pa.array([0.5] * HOUSEHOLDS)
    table = households.set_column(households.column_names.index("financial_assets"), "financial_assets", floats)
    with pytest.raises(jiuzhu.InputError, match="financial_assets"):
        assessed(table)


def test_a_member_without_a_household() -> None:
    households, members = population.flat()
    with pytest.raises(jiuzhu.InputError):
        assessed(households.slice(1), members)
    with pytest.raises(jiuzhu.InputError):
        assessed(households.slice(0, HOUSEHOLDS - 1), members)


def test_what_is_no_table() -> None:
    for nothing in (17, None, [{"residence": "urban"}], population.nested().to_pylist()):
        with pytest.raises(TypeError, match="has no __arrow_c_stream__"):
            assessed(nothing)


class OfAnotherKind:
    def __init__(self, capsule: object) -> None:
        self._capsule = capsule

    def __arrow_c_stream__(self, requested_schema: object | None = None) -> object:
        return self._capsule


def test_a_capsule_of_another_kind() -> None:
    for capsule in (population.nested().schema.__arrow_c_schema__(), None, 17):
        with pytest.raises(ValueError, match="PyCapsule"):
            assessed(OfAnotherKind(capsule))


def test_a_source_that_fails_says_why() -> None:
    households = population.nested()

    def failing() -> Iterator[pa.RecordBatch]:
        yield households.to_batches()[0]
        raise RuntimeError("the tape is torn")

    reader = pa.RecordBatchReader.from_batches(households.schema, failing())
    with pytest.raises(jiuzhu.Error, match="households: the stream failed with error 22"):
        assessed(reader)


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"threads": 0}, "threads is 0, and 1 to 256 was expected"),
        ({"threads": 2**32 + 1}, "threads is 4294967297, and 1 to 256 was expected"),
        ({"rows": "member"}, "rows is 'member', and 'household' or 'benefit' was expected"),
        ({"stage": "appeal"}, "stage is 'appeal', and 'application' or 'review' was expected"),
        ({"known_on": "2026-13-01"}, "month must be in 1..12"),
    ],
)
def test_options_that_are_none(options: dict[str, Any], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        assessed(population.nested(), **options)
