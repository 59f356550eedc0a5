"""Decides a population on a cluster, and prints what each programme comes to.

    spark-submit --master MASTER --py-files ... --files policy.pack totals.py FOLDER DATE
"""

from __future__ import annotations

import functools
import sys

import households
import worker
from pyspark.sql import DataFrame, SparkSession
from pyspark.sql import functions as F
from pyspark.sql.pandas.types import from_arrow_schema

# How many parts the households are divided into; a part that is lost is done again.
PARTS = 8


def totals(decisions: DataFrame) -> DataFrame:
    """How many rows each programme, status and benefit has, and their sums in fen."""
    return (
        decisions.groupBy("program", "status", "benefit", "period")
        .agg(F.count("*").alias("rows"), F.sum("least").alias("least"), F.sum("most").alias("most"))
        .orderBy("program", "status", "benefit", "period")
    )


def main(folder: str, date: str) -> None:
    spark = SparkSession.builder.appName("jiuzhu").getOrCreate()
    families = households.nested(spark, folder).repartition(PARTS)
    decisions = families.mapInArrow(functools.partial(worker.decided, date=date), from_arrow_schema(worker.SCHEMA))
    totals(decisions).show(1_000, truncate=False)
    spark.stop()


if __name__ == "__main__":
    main(*sys.argv[1:])
