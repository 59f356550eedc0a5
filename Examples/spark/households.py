"""Tables of households, as `jiuzhu population` and `jiuzhu batch` have them in CSV, put together by Spark."""

from __future__ import annotations

from pyspark.sql import Column, DataFrame, SparkSession, Window
from pyspark.sql import functions as F


def nested(spark: SparkSession, folder: str) -> DataFrame:
    """One row a household, all of it in one column `family`: a struct of the columns of `assess_batch`, with members, plots
    and losses as lists of structs in it. For `mapInArrow` takes no column with a dot in its name, and facts have them."""
    members = _table(spark, folder, "members")
    # Obligors and bills name a member by its number in the household, from 1.
    number = F.row_number().over(Window.partitionBy("household").orderBy("place"))
    members = members.withColumn("member", number)
    for name in ("obligors", "bills"):
        members = _with_list(members, name, _table(spark, folder, name), ["household", "member"])

    households = _table(spark, folder, "households").withColumnRenamed("id", "household")
    for name in ("plots", "losses"):
        households = _with_list(households, name, _table(spark, folder, name), ["household"])
    households = _with_list(households, "members", members.drop("member"), ["household"])
    return households.select(_row(households, ["place"]).alias("family"))


def _table(spark: SparkSession, folder: str, name: str) -> DataFrame:
    """A table whose columns are texts, as the library takes them, with the place of each row; an empty cell is null, and
    unknown."""
    table = spark.read.csv(f"{folder}/{name}.csv", header=True)
    # Several codes of a fact: with semicolons between them in CSV, with spaces in Arrow.
    several = [column for column in ("illness", "unmet_needs") if column in table.columns]
    return table.withColumns(
        {"place": F.monotonically_increasing_id(), **{column: F.translate(column, ";", " ") for column in several}})


def _with_list(parents: DataFrame, name: str, rows: DataFrame, keys: list[str]) -> DataFrame:
    """The parents with their rows as a list, in order. Where `none` stands in their column of that name they have none;
    where nothing stands there and there are no rows, it stays unknown whether they have any."""
    in_order = F.array_sort(F.collect_list(F.struct("place", _row(rows, [*keys, "place"]).alias("row"))))
    lists = rows.groupBy(*keys).agg(in_order.alias("rows")).select(*keys, F.col("rows.row").alias("rows"))
    joined = parents.join(lists, keys, "left")
    if name not in parents.columns:
        return joined.withColumnRenamed("rows", name)
    rows_or_none = F.when(_column(name) == "none", F.coalesce("rows", F.array())).otherwise(F.col("rows"))
    return joined.withColumn(name, rows_or_none).drop("rows")


def _row(table: DataFrame, without: list[str]) -> Column:
    """A row as one struct."""
    return F.struct(*(_column(name).alias(name) for name in table.columns if name not in without))


def _column(name: str) -> Column:
    """A column, though it has a dot in its name."""
    return F.col(f"`{name}`")
