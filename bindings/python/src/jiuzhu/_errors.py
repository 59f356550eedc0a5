"""What can go wrong."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Finding:
    """One thing that was found in a policy or in households. No message quotes a name, an account or a citizen number."""

    severity: str
    """"error", "warning" or "note"."""
    code: str
    """Such as "unknown-fact"; `jiuzhu explain CODE` has an article on each."""
    file: str
    """The file as it was named to the library; empty where there is none."""
    line: int
    """From 1; 0 where there is none. Of households given as Python values it is a place in their JSON on one line."""
    column: int
    """From 1, in characters; 0 where there is none."""
    message: str
    """One sentence in English."""
    suggestion: str | None
    """What was probably meant, or how to mend it."""

    @classmethod
    def _of(cls, json: Mapping[str, Any]) -> Finding:
        return cls(
            severity=json["severity"],
            code=json["code"],
            file=json["file"],
            line=json["line"],
            column=json["column"],
            message=json["message"],
            suggestion=json["suggestion"],
        )


class Error(Exception):
    """Why libjiuzhu refused a call. What it is about says the subclass."""

    code: int
    """The number JZ_E_... of jiuzhu.h, fixed for ever."""
    message: str
    """One sentence in English: what is wrong, where, what was expected."""
    findings: tuple[Finding, ...]
    """Every finding of the text that was wrong."""

    def __init__(self, code: int, message: str, findings: Sequence[Finding] = ()) -> None:
        # All of them, so that the exception survives pickling between processes.
        super().__init__(code, message, tuple(findings))
        self.code = code
        self.message = message
        self.findings = tuple(findings)

    def __str__(self) -> str:
        return self.message


class UsageError(Error):
    """The calling program is wrong: a day that is none, a number of threads beyond 256."""


class LimitError(Error):
    """Beyond a stated limit: more than 64 MB of households in one call."""


class PolicyError(Error):
    """There is no such policy, or it is wrong; the findings name every mistake."""


class InputError(Error):
    """The households are wrong; the findings name every mistake."""


class InternalError(Error):
    """A mistake of the library's own; please report it."""


class InputWarning(UserWarning):
    """Something in a table of households is passed over, such as a column that is no fact."""


def error(code: int, message: str, findings: Sequence[Finding] = ()) -> Error:
    """The exception of the class that a number belongs to."""
    if code < 10:
        return UsageError(code, message, findings)
    if code < 20:
        return LimitError(code, message, findings)
    if code < 30:
        return PolicyError(code, message, findings)
    if code < 40:
        return InputError(code, message, findings)
    return InternalError(code, message, findings)
