"""What the tests share: the folders of the clone, its command, and policies that are loaded once."""

from __future__ import annotations

import functools
import json
import os
import subprocess
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

import yaml

import jiuzhu

ROOT = Path(__file__).resolve().parents[3]
POLICIES = ROOT / "Policies"
HOUSEHOLDS = ROOT / "Examples" / "households"


@functools.cache
def policy(jurisdiction: str) -> jiuzhu.Policy:
    return jiuzhu.Policy(jurisdiction, policies=POLICIES)


@dataclass(frozen=True)
class Example:
    """A household of the examples, and how the table beside them says to assess it."""

    file: str
    policy: str
    date: str
    stage: Any

    @property
    def household(self) -> dict[str, Any]:
        text = (HOUSEHOLDS / self.file).read_text(encoding="utf-8")
        value: dict[str, Any] = yaml.safe_load(text) if self.file.endswith(".yaml") else json.loads(text)
        return value

    def by_command(self, *options: str) -> dict[str, Any]:
        """What the command writes about it."""
        command = os.environ.get("JIUZHU_COMMAND", str(ROOT / ".build" / "debug" / "jiuzhu"))
        answer = subprocess.run(
            [
                command, "assess", str(HOUSEHOLDS / self.file), "--policy", self.policy, "--policies", str(POLICIES),
                "--date", self.date, "--stage", self.stage, "--format", "json", *options,
            ],
            check=True, capture_output=True,
        )
        document: dict[str, Any] = json.loads(answer.stdout, parse_float=Decimal)
        return document


def examples() -> list[Example]:
    """The rows of the table."""
    rows = [
        [cell.strip().strip("`") for cell in line.split("|")]
        for line in (HOUSEHOLDS / "README.md").read_text(encoding="utf-8").splitlines()
        if line.startswith("| `")
    ]
    return [Example(file=row[1], policy=row[2], date=row[3], stage=row[4]) for row in rows]
