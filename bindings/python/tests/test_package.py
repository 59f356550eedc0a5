"""The package as others install it."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from conftest import POLICIES

PACKAGE = Path(__file__).resolve().parents[1]

CLIENT = """
import jiuzhu

policy = jiuzhu.Policy("heilongjiang/harbin")
answer = policy.assess({"residence": "urban"}, date="2026-06-01")
print(jiuzhu.__file__, len(policy.digest), len(answer["households"]))
"""


def run(*arguments: str, **environment: str) -> str:
    """What a program prints."""
    run = subprocess.run(
        [sys.executable, *arguments], capture_output=True, text=True, env={**os.environ, **environment})
    assert run.returncode == 0, run.stderr + run.stdout
    return run.stdout


def test_it_installs_without_a_compiler_and_has_types(tmp_path: Path) -> None:
    folder = tmp_path / "installed"
    run(
        "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--no-deps", "--no-index",
        "--no-build-isolation", "--target", str(folder), str(PACKAGE), CC="false", PYTHONPATH="",
    )
    client = tmp_path / "client.py"
    client.write_text(CLIENT, encoding="utf-8")
    printed = run(str(client), PYTHONPATH=str(folder), JIUZHU_POLICIES=str(POLICIES))
    assert printed.split() == [str(folder / "jiuzhu" / "__init__.py"), "64", "1"]
    # As a program that imports it is checked: the types come from the installed package.
    run("-m", "mypy", "--strict", "--cache-dir", os.devnull, str(client), MYPYPATH=str(folder), PYTHONPATH="")
