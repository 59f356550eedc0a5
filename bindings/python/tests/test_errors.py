"""What is wrong, and how it is said."""

from __future__ import annotations

import copy
import datetime
import math
import os
import pickle
import subprocess
import sys
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from conftest import POLICIES, policy

import jiuzhu

HARBIN = "heilongjiang/harbin"


def refused(household: Any, **options: Any) -> jiuzhu.Error:
    with pytest.raises(jiuzhu.Error) as caught:
        policy(HARBIN).assess(household, **options)
    return caught.value


def test_every_mistake_of_a_household_is_named() -> None:
    error = refused({"residense": "urban", "members": [{"relation": "head", "birth": "1980-02-30"}]})
    assert isinstance(error, jiuzhu.InputError)
    assert error.code == 30
    assert [finding.code for finding in error.findings] == ["unknown-fact", "bad-date"]
    assert error.findings[0].suggestion == "residence"
    assert str(error) == error.message


def test_a_sum_of_floats_is_refused() -> None:
    error = refused({"residence": "urban", "financial_assets": 0.1 + 0.2})
    assert isinstance(error, jiuzhu.InputError)
    assert [finding.code for finding in error.findings] == ["too-many-decimals"]


def test_no_citizen_number_is_quoted() -> None:
    error = refused({"residence": "urban", "members": [{"relation": "head", "citizen_number": "340524198001010011"}]})
    assert "340524198001010011" not in repr(error) + str(error) + repr(error.findings)


def test_an_area_that_is_not_of_the_policy() -> None:
    error = refused({"area": "110101", "residence": "urban"})
    assert isinstance(error, jiuzhu.InputError)
    assert error.code == 36


@pytest.mark.parametrize(
    ("value", "error", "message"),
    [
        (math.nan, ValueError, "a household has a number that is infinite or none"),
        (math.inf, ValueError, "a household has a number that is infinite or none"),
        (Decimal("sNaN"), ValueError, None),
        (b"urban", TypeError, "household files have no bytes"),
        ({1, 2}, TypeError, "household files have no set"),
        (datetime.datetime(2026, 6, 1), TypeError, "household files have no datetime"),
        ({1: "urban"}, TypeError, "the keys of a household are texts, and this is int"),
    ],
)
def test_values_that_household_files_do_not_have(value: Any, error: type[Exception], message: str | None) -> None:
    with pytest.raises(error, match=message):
        policy(HARBIN).assess({"residence": value})


def test_a_household_within_itself() -> None:
    household: dict[str, Any] = {"residence": "urban"}
    household["members"] = [household]
    with pytest.raises(ValueError, match="a household is at most 64 levels deep"):
        policy(HARBIN).assess(household)


@pytest.mark.parametrize("text", ['", "area": "110101', "\ud800", "\0", "urban\n"])
def test_a_text_cannot_leave_its_quotes(text: str) -> None:
    error = refused({"residence": text})
    assert isinstance(error, jiuzhu.InputError)


def test_neither_a_household_nor_a_list() -> None:
    for value in (17, "urban", None):
        assert isinstance(refused(value), jiuzhu.InputError)


@pytest.mark.parametrize(
    ("day", "error"),
    [("2026-02-30", ValueError), ("yesterday", ValueError), (20260601, TypeError),
     (datetime.datetime(2026, 6, 1), TypeError)],
)
def test_days_that_are_none(day: Any, error: type[Exception]) -> None:
    with pytest.raises(error):
        policy(HARBIN).assess({"residence": "urban"}, date=day)
    with pytest.raises(error):
        policy(HARBIN).assess({"residence": "urban"}, known_on=day)


def test_a_stage_that_is_none() -> None:
    with pytest.raises(ValueError, match="stage is 'appeal', and 'application' or 'review' was expected"):
        policy(HARBIN).assess({"residence": "urban"}, stage="appeal")  # type: ignore[arg-type]


@pytest.mark.parametrize("name", ["atlantis", "", "../Policies/heilongjiang", "heilongjiang\0", "x" * 5_000])
def test_a_jurisdiction_that_is_none(name: str) -> None:
    with pytest.raises(jiuzhu.Error) as caught:
        jiuzhu.Policy(name, policies=POLICIES)
    assert isinstance(caught.value, jiuzhu.PolicyError | jiuzhu.LimitError)


def test_a_folder_that_is_none(tmp_path: Path) -> None:
    with pytest.raises(jiuzhu.PolicyError) as caught:
        jiuzhu.Policy(HARBIN, policies=tmp_path / "none")
    assert caught.value.code == 20


@pytest.mark.parametrize("programs", [["low-incom"], [], ["low-income"] * 257])
def test_programmes_that_are_none(programs: list[str]) -> None:
    with pytest.raises((jiuzhu.InputError, jiuzhu.UsageError)):
        jiuzhu.Policy(HARBIN, policies=POLICIES, programs=programs)


def test_the_programme_that_was_meant_is_named() -> None:
    with pytest.raises(jiuzhu.InputError, match="there is no programme 'low-incom'; did you mean 'low-income'?"):
        jiuzhu.Policy(HARBIN, policies=POLICIES, programs=["low-incom"])


def test_a_nul_in_the_id_of_a_programme() -> None:
    with pytest.raises(ValueError, match="the id of a programme has no NUL"):
        jiuzhu.Policy(HARBIN, policies=POLICIES, programs=["low-income\0"])


@pytest.mark.parametrize("pack", [b"", b"\0", b"jiuzhu", b"\xff" * 1_000])
def test_bytes_that_are_no_pack(pack: bytes) -> None:
    with pytest.raises(jiuzhu.PolicyError) as caught:
        jiuzhu.Policy.from_pack(pack)
    assert caught.value.code == 21
    assert caught.value.findings


def test_a_policy_with_mistakes(tmp_path: Path) -> None:
    (tmp_path / "nowhere").mkdir()
    (tmp_path / "nowhere" / "low-income.yaml").write_text("area: 990000\nfrom: 2026-02-30\n", encoding="utf-8")
    with pytest.raises(jiuzhu.PolicyError) as caught:
        jiuzhu.Policy("nowhere", policies=tmp_path)
    assert caught.value.findings


def test_an_area_that_is_no_code() -> None:
    with pytest.raises(jiuzhu.InputError) as caught:
        policy(HARBIN).diagnostics("Harbin")
    assert caught.value.code == 36


def test_errors_survive_between_processes() -> None:
    error = refused({"residense": "urban"})
    again = pickle.loads(pickle.dumps(error))
    assert (type(again), again.code, again.message, again.findings) == (
        type(error), error.code, error.message, error.findings)


def test_a_policy_is_not_copied() -> None:
    for attempt in (pickle.dumps, copy.copy, copy.deepcopy):
        with pytest.raises(TypeError, match="load it in the process that uses it"):
            attempt(policy(HARBIN))


@pytest.mark.parametrize(
    ("library", "message"),
    [("/nowhere/libjiuzhu.so.0", "install libjiuzhu, or name its file in JIUZHU_LIBRARY"),
     ("libc.so.6", "libc.so.6 has no function jz_abi")],
)
def test_a_library_that_is_none(library: str, message: str) -> None:
    run = subprocess.run(
        [sys.executable, "-c", "import jiuzhu; jiuzhu.version()"], capture_output=True, text=True,
        env={**os.environ, "JIUZHU_LIBRARY": library, "PYTHONPATH": str(Path(jiuzhu.__file__).parents[1])},
    )
    assert run.returncode == 1
    assert message in run.stderr.splitlines()[-1]
