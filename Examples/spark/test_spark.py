"""The example on a cluster of two workers, each a process of its own."""

from __future__ import annotations

import csv
import functools
import os
import shutil
import signal
import subprocess
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import pyarrow
import pytest
from pyspark.sql import SparkSession
from pyspark.sql.pandas.types import from_arrow_schema

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[1]
COMMAND = os.environ.get("JIUZHU_COMMAND", str(ROOT / ".build" / "debug" / "jiuzhu"))
DATE = "2026-06-01"

sys.path.insert(0, str(HERE))

# Programme, status, benefit, period → rows, least and most in fen.
Totals = dict[tuple[Any, ...], tuple[int, int | None, int | None]]


def command(*arguments: str) -> None:
    subprocess.run([COMMAND, *arguments], check=True, stdout=subprocess.DEVNULL, cwd=ROOT)


@pytest.fixture(scope="session")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A population, and the pack of its policy."""
    folder = tmp_path_factory.mktemp("spark")
    policy = ("--policy", "heilongjiang/mudanjiang")
    command("policy", "pack", "Policies/heilongjiang/mudanjiang", "--output", str(folder / "policy.pack"))
    command("population", *policy, "--households", "400", "--output", f"{folder / 'families'}/", "--quiet")
    command(
        "batch", f"{folder / 'families'}/", *policy, "--date", DATE, "--output", str(folder / "decisions.csv"), "--quiet")
    return folder


@pytest.fixture(scope="session")
def by_one_process(folder: Path) -> Totals:
    """What `jiuzhu batch` comes to."""
    rows: Counter[tuple[Any, ...]] = Counter()
    sums: dict[tuple[Any, ...], list[list[int]]] = defaultdict(lambda: [[], []])
    with (folder / "decisions.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            key = tuple(row[name] or None for name in ("program", "status", "benefit", "period"))
            rows[key] += 1
            for place, bound in enumerate(("least", "most")):
                if text := row["amount"] or row[bound]:
                    sums[key][place].append(int(Decimal(text) * 100))
    # As SQL has it: the sum of nothing is null.
    return {
        key: (count, *(sum(bound) if bound else None for bound in sums[key]))  # type: ignore[misc]
        for key, count in rows.items()
    }


@pytest.fixture(scope="session")
def spark(folder: Path) -> Iterator[SparkSession]:
    """Two workers with a core and 1 GB each. They get the package, the policy and what they run from the driver."""
    package = shutil.make_archive(str(folder / "jiuzhu"), "zip", ROOT / "bindings" / "python" / "src")
    session = (
        SparkSession.builder.master("local-cluster[2,1,1024]")
        .config("spark.executorEnv.JIUZHU_LIBRARY", os.environ.get("JIUZHU_LIBRARY", ""))
        .config("spark.ui.enabled", "false")
        .config("spark.sql.execution.arrow.maxRecordsPerBatch", "20")
        .config("spark.sql.shuffle.partitions", "4")
        .getOrCreate()
    )
    for file in (package, str(HERE / "worker.py")):
        session.sparkContext.addPyFile(file)
    session.sparkContext.addFile(str(folder / "policy.pack"))
    yield session
    session.stop()


def computed(spark: SparkSession, folder: Path, decide: Any) -> Totals:
    """What the cluster comes to."""
    import households
    import totals
    import worker

    families = households.nested(spark, str(folder / "families")).repartition(totals.PARTS)
    decisions = families.mapInArrow(functools.partial(decide, date=DATE), from_arrow_schema(worker.SCHEMA))
    return {
        (row.program, row.status, row.benefit, row.period): (row.rows, row.least, row.most)
        for row in totals.totals(decisions).collect()
    }


def test_a_cluster_comes_to_the_totals_of_one_process(
    spark: SparkSession, folder: Path, by_one_process: Totals
) -> None:
    import worker

    assert computed(spark, folder, worker.decided) == by_one_process


def test_a_worker_that_is_killed_changes_nothing(
    spark: SparkSession, folder: Path, by_one_process: Totals
) -> None:
    killed = folder / "killed"

    def decided_until_killed(batches: Iterator[pyarrow.RecordBatch], date: str) -> Iterator[pyarrow.RecordBatch]:
        """The first worker to have decided a batch is killed, with all it had done; it has given some away already."""
        import worker

        for batch in batches:
            yield from worker.decided(iter([batch]), date)
            try:
                killed.touch(exist_ok=False)
            except FileExistsError:
                continue
            os.kill(executor(), signal.SIGKILL)
            signal.pause()

    def executor() -> int:
        """The process of the worker: the nearest above this one that runs Java."""
        process = os.getpid()
        while process > 1:
            if Path(f"/proc/{process}/comm").read_text().strip() == "java":
                killed.write_text(str(process))
                return process
            status = Path(f"/proc/{process}/stat").read_text()
            process = int(status.rpartition(")")[2].split()[1])
        raise RuntimeError("no worker was found")

    assert computed(spark, folder, decided_until_killed) == by_one_process
    # It was killed indeed, and was no process of ours.
    process = killed.read_text()
    assert not Path(f"/proc/{process}").exists()
