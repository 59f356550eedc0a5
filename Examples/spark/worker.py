"""What runs on the workers of a cluster. It is sent to them with --py-files."""

from __future__ import annotations

import functools
from collections.abc import Iterator

import pyarrow
from pyspark import SparkFiles

import jiuzhu

# A row for each benefit, its sums in fen.
SCHEMA = pyarrow.schema(
    [(name, pyarrow.string()) for name in ("household", "program", "status", "benefit", "period")]
    + [(name, pyarrow.int64()) for name in ("least", "most")]
)


@functools.cache
def policy() -> jiuzhu.Policy:
    """The policy of the pack that --files sent: the same bytes on every machine, loaded once in a process."""
    with open(SparkFiles.get("policy.pack"), "rb") as pack:
        return jiuzhu.Policy.from_pack(pack.read())


def decided(batches: Iterator[pyarrow.RecordBatch], date: str) -> Iterator[pyarrow.RecordBatch]:
    """The decisions about households, for `mapInArrow`; each is in one column, `family`."""
    for batch in batches:
        families = pyarrow.RecordBatch.from_struct_array(batch.column("family"))
        for answer in policy().assess_batch(families, date=date, rows="benefit", stream=True):
            # Spark has no columns of codes that are numbered in a dictionary.
            yield answer.select(SCHEMA.names).cast(SCHEMA)
