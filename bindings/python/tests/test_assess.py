"""Households in as Python values, decisions out."""

from __future__ import annotations

import datetime
import threading
from decimal import Decimal
from typing import Any

import pytest
from conftest import HOUSEHOLDS, POLICIES, Example, examples, policy

import jiuzhu

MUDANJIANG = "heilongjiang/mudanjiang"
COUPLE = next(example for example in examples() if example.file == "elderly-couple.json")


def program(document: dict[str, Any], id: str, household: int = 0) -> dict[str, Any]:
    """The decision about a programme."""
    found: dict[str, Any] = next(
        program for program in document["households"][household]["programs"] if program["program"] == id
    )
    return found


def test_every_example_is_in_the_table() -> None:
    files = {path.name for path in HOUSEHOLDS.iterdir() if path.suffix in (".json", ".yaml")}
    assert {example.file for example in examples()} == files


@pytest.mark.parametrize("example", examples(), ids=lambda example: example.file)
def test_an_answer_is_what_the_command_writes(example: Example) -> None:
    answer = policy(example.policy).assess(
        example.household, date=example.date, stage=example.stage, explain=True)
    assert answer == example.by_command("--explain")


def test_without_explanation() -> None:
    answer = policy(MUDANJIANG).assess(COUPLE.household, date=datetime.date(2026, 6, 1))
    assert answer == COUPLE.by_command()


def test_several_households_are_decided_in_their_order() -> None:
    households = [{**COUPLE.household, "id": id} for id in ("b", "a", "c")]
    answer = policy(MUDANJIANG).assess(households, date="2026-06-01")
    assert [household["id"] for household in answer["households"]] == ["b", "a", "c"]
    assert answer == policy(MUDANJIANG).assess({"schema": 1, "households": households}, date="2026-06-01")


def test_decimals_and_days_are_written_exactly() -> None:
    household = COUPLE.household
    household["rigid_expenditure"]["total"] = Decimal("4800.00")
    household["members"][0]["birth"] = datetime.date(1951, 3, 8)
    household["members"] = tuple(household["members"])
    answer = policy(MUDANJIANG).assess(household, date="2026-06-01")
    assert program(answer, "low-income") == program(COUPLE.by_command(), "low-income")


def test_what_had_been_published_by_a_day() -> None:
    answer = policy(MUDANJIANG).assess(COUPLE.household, date="2026-06-01", known_on="2025-06-01")
    assert answer["households"][0]["receipt"]["known_on"] == "2025-06-01"
    assert answer == COUPLE.by_command("--known-on", "2025-06-01")


def test_what_is_not_said_is_unknown() -> None:
    answer = policy("heilongjiang/harbin").assess(
        {"residence": "urban", "members": [{"relation": "head", "birth": "1980-05-01"}]}, date="2026-06-01")
    low_income = program(answer, "low-income")
    assert low_income["status"] == "undetermined"
    assert low_income["missing"]


def test_only_the_programmes_that_were_asked_for() -> None:
    loaded = jiuzhu.Policy(MUDANJIANG, policies=str(POLICIES), programs=["low-income", "heating"])
    answer = loaded.assess(COUPLE.household, date="2026-06-01")
    assert {program["program"] for program in answer["households"][0]["programs"]} <= {"low-income", "heating"}
    assert program(answer, "low-income")["status"] == "eligible"


def test_the_digest_is_that_of_the_receipt() -> None:
    answer = policy(MUDANJIANG).assess(COUPLE.household, date="2026-06-01")
    assert answer["households"][0]["receipt"]["policy_digest"] == policy(MUDANJIANG).digest


def test_facts_say_what_households_may_state() -> None:
    facts = {fact.name: fact for fact in policy(MUDANJIANG).facts}
    wages = facts["member.income.wages"]
    assert (wages.key, wages.type, wages.unit) == ("income.wages", "amount", "yuan/year")
    assert [code.name for code in facts["household.residence"].codes] == ["urban", "rural"]
    assert facts["household.area"].standard == "GB/T 2260"


def test_diagnostics_of_loading_and_of_an_area() -> None:
    assert all(finding.severity != "error" for finding in policy("heilongjiang").diagnostics())
    assert all(finding.severity != "error" for finding in policy("heilongjiang").diagnostics("230102"))


def test_threads_share_a_policy() -> None:
    loaded = jiuzhu.Policy(MUDANJIANG, policies=POLICIES)
    expected = COUPLE.by_command()
    answers: list[dict[str, Any]] = []

    def decide() -> None:
        for _ in range(4):
            answers.append(loaded.assess(COUPLE.household, date="2026-06-01"))

    threads = [threading.Thread(target=decide) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(answers) == 32
    assert all(answer == expected for answer in answers)
