"""Policies, and what they decide."""

from __future__ import annotations

import json
import os
import warnings
import weakref
from collections.abc import Mapping, Sequence
from ctypes import byref, c_char_p, c_void_p
from dataclasses import dataclass
from datetime import date as Date
from datetime import datetime
from typing import TYPE_CHECKING, Any, Literal, NoReturn, overload

from . import _json
from ._arrow import Answer, ArrowStream, Source
from ._errors import Finding, InputError, InputWarning
from ._library import EXPLAIN, AssessOptions, BulkOptions, PolicyOptions, library, sized

if TYPE_CHECKING:
    import pyarrow

Stage = Literal["application", "review"]
Rows = Literal["household", "benefit"]

_STAGES: dict[str, int] = {"application": 0, "review": 1}
_ROWS: dict[str, int] = {"household": 0, "benefit": 1}
# JZ_E_INPUT
_INPUT = 30
# The most threads that one call may use.
_THREADS = 256

# Where packages of the system and `make install` put policies.
_FOLDERS = ("/usr/local/share/jiuzhu/Policies", "/usr/share/jiuzhu/Policies")


@dataclass(frozen=True)
class Code:
    """One of the codes that a fact can have."""

    name: str
    label_zh: str
    label_en: str


@dataclass(frozen=True)
class Fact:
    """A fact that households can state."""

    name: str
    """With its owner: "household.residence", "member.income.wages"."""
    key: str
    """Without it, as in household files and as the name of a column: "income.wages"."""
    type: str
    """"code", "codes", "bool", "date", "count", "amount" or "division"."""
    unit: str | None
    """Such as "yuan/year"."""
    label_zh: str
    label_en: str
    standard: str | None
    """The standard of the state that defines it, such as "GB/T 2260"."""
    codes: tuple[Code, ...]
    """Those of a fact of type "code" or "codes"."""

    @classmethod
    def _of(cls, description: Mapping[str, Any]) -> Fact:
        return cls(
            name=description["name"],
            key=description["key"],
            type=description["type"],
            unit=description["unit"],
            label_zh=description["label_zh"],
            label_en=description["label_en"],
            standard=description["standard"],
            codes=tuple(
                Code(code["name"], code["label_zh"], code["label_en"]) for code in description.get("codes", ())
            ),
        )


class Policy:
    """The policy of a jurisdiction and of all within it. Immutable; any number of threads may use one at once.

    Load it once for a process: the plans of an area and day are made when they are first asked for, and kept. It cannot
    be pickled; another process loads its own.
    """

    def __init__(
        self,
        jurisdiction: str,
        *,
        policies: str | os.PathLike[str] | None = None,
        programs: Sequence[str] | None = None,
    ) -> None:
        """Loads a policy from a folder of policies.

        Args:
            jurisdiction: A path below the folder, such as "heilongjiang/harbin".
            policies: The folder. Without it: what JIUZHU_POLICIES names, else the one that is installed with the library.
            programs: The ids of the programmes to assess, such as "low-income"; all without it.

        Raises:
            PolicyError: There is none, or it is wrong.
            InputError: There is no programme of that id.
        """
        folder = os.fspath(_installed() if policies is None else policies).encode("utf-8", "surrogateescape")
        name = jurisdiction.encode()
        self._keep(library().handle("jz_policy_load", folder, len(folder), name, len(name), _options(programs)))

    @classmethod
    def from_pack(cls, pack: bytes, *, programs: Sequence[str] | None = None) -> Policy:
        """A policy from the bytes of a pack, which `jiuzhu policy pack` makes: the same on every machine.

        Raises:
            PolicyError: It is no pack, or the policy in it is wrong.
            InputError: There is no programme of that id.
        """
        policy = cls.__new__(cls)
        policy._keep(library().handle("jz_policy_load_pack", pack, len(pack), _options(programs)))
        return policy

    def _keep(self, handle: c_void_p) -> None:
        self._handle = handle
        # Calls that are running hold the policy, so none runs when it is freed; and a process that ends frees nothing.
        weakref.finalize(self, library().jz_policy_free, handle).atexit = False

    def __reduce__(self) -> NoReturn:
        raise TypeError("a policy cannot be pickled or copied: load it in the process that uses it")

    @property
    def digest(self) -> str:
        """SHA-256 over the policy, 64 hexadecimal digits, as in every receipt."""
        text: bytes = library().jz_policy_digest(self._handle).bytes()
        return text.decode()

    @property
    def facts(self) -> tuple[Fact, ...]:
        """The facts that households can state under this policy, those that places declare among them."""
        description = json.loads(library().text("jz_describe", self._handle))
        return tuple(Fact._of(fact) for fact in description["facts"])

    def diagnostics(
        self, area: str | None = None, *, date: Date | str | None = None, known_on: Date | str | None = None,
        stage: Stage = "application",
    ) -> tuple[Finding, ...]:
        """What is worth knowing of the policy though it could be loaded.

        Args:
            area: A division code of GB/T 2260, whose plans of that day are made too. Without it: findings of loading.
            date, known_on, stage: As in `assess`.

        Raises:
            InputError: The area is no division code.
        """
        options = _assess_options(date, known_on, stage)
        code = None if area is None else area.encode()
        text = library().text("jz_policy_diagnostics", self._handle, code, len(code or b""), sized(options))
        return tuple(Finding._of(finding) for finding in json.loads(text)["findings"])

    def assess(
        self,
        households: Mapping[str, Any] | Sequence[Mapping[str, Any]],
        *,
        date: Date | str | None = None,
        known_on: Date | str | None = None,
        stage: Stage = "application",
        explain: bool = False,
    ) -> dict[str, Any]:
        """Decides one household, or several, as they stand in a household file.

        What they do not say is unknown, never zero. Amounts may be Decimal or int; a float stands for the shortest number
        that is written like it, so do not compute sums in floats.

        Args:
            households: One, a list of them, or {"schema": 1, "households": [...]}.
            date: The day of application; today in China (UTC+8) without it.
            known_on: Only policy that had been published by this day.
            stage: A first application, or the "review" of a running grant.
            explain: Whether every step is in the answer: its value, its rule, the article and the line of the policy.

        Returns:
            The document that `jiuzhu assess --format json` writes, with a decision on each of its "households". Sums are
            texts such as "897.00".

        Raises:
            InputError: A household is wrong; nothing is decided.
            PolicyError: The plans of its area cannot be made.
            TypeError, ValueError: A value of a type that household files do not have, or a day that is none.
        """
        options = _assess_options(date, known_on, stage)
        options.flags = EXPLAIN if explain else 0
        text = _json.encoded(households)
        return _json.decoded(library().text("jz_assess_json", self._handle, text, len(text), sized(options)))

    @overload
    def assess_batch(
        self, households: ArrowStream, members: ArrowStream | None = None, *, date: Date | str | None = None,
        known_on: Date | str | None = None, stage: Stage = "application", rows: Rows = "household", threads: int = 1,
        stream: Literal[False] = False,
    ) -> pyarrow.Table: ...

    @overload
    def assess_batch(
        self, households: ArrowStream, members: ArrowStream | None = None, *, date: Date | str | None = None,
        known_on: Date | str | None = None, stage: Stage = "application", rows: Rows = "household", threads: int = 1,
        stream: Literal[True],
    ) -> pyarrow.RecordBatchReader: ...

    def assess_batch(
        self,
        households: ArrowStream,
        members: ArrowStream | None = None,
        *,
        date: Date | str | None = None,
        known_on: Date | str | None = None,
        stage: Stage = "application",
        rows: Rows = "household",
        threads: int = 1,
        stream: bool = False,
    ) -> Any:
        """Decides the households of a table, which may be larger than memory.

        Args:
            households: Whatever has `__arrow_c_stream__`. A column is a fact by its key, such as "residence"; "household"
                is an id of your own, "area" the division code. Null, and a fact without a column, is unknown. Members
                are in a column "members" of lists of structs, or in a table of their own:
            members: One row a member, with a column "household"; both tables are sorted by it.
            date, known_on, stage: As in `assess`.
            rows: What a row of the answer is: a "household", with a column for the status of each programme and for each
                sum; or a "benefit", and one row for each programme without any.
            threads: How many decide a record batch, 1 to 256.
            stream: Whether the answer is a reader of record batches, in memory that does not grow with their number, in
                place of a table. To stop early, close the reader.

        Warns:
            InputWarning: A column is no fact and is passed over.

        Raises:
            InputError: A column or a row is wrong. A reader says so with pyarrow.ArrowInvalid when it comes to the row.
            TypeError: There is no `__arrow_c_stream__`.
        """
        import pyarrow

        if not 1 <= threads <= _THREADS:
            raise ValueError(f"threads is {threads}, and 1 to {_THREADS} was expected")
        options = BulkOptions(
            date=_day(date),
            known_on=_day(known_on),
            stage=_choice("stage", stage, _STAGES),
            rows=_choice("rows", rows, _ROWS),
            threads=threads,
        )
        first = Source("households", households)
        second = None if members is None else Source("members", members)
        answer, findings = Answer(), c_void_p()
        try:
            library().call(
                "jz_assess_arrow", self._handle, first.address, second and second.address, sized(options),
                answer.pointer, byref(findings),
            )
            _warn(findings)
            reader = pyarrow.RecordBatchReader.from_stream(answer)
            return reader if stream else reader.read_all()
        except pyarrow.ArrowInvalid as failure:
            raise InputError(_INPUT, str(failure)) from None
        finally:
            answer.release()


def _installed() -> str:
    """The folder of policies where none is named."""
    named = os.environ.get("JIUZHU_POLICIES")
    return named or next((folder for folder in _FOLDERS if os.path.isdir(folder)), _FOLDERS[-1])


def _options(programs: Sequence[str] | None) -> Any:
    """A pointer to jz_policy_options."""
    options = PolicyOptions()
    if programs is not None:
        if any("\0" in program for program in programs):
            raise ValueError("the id of a programme has no NUL")
        options.programs = (c_char_p * len(programs))(*(program.encode() for program in programs))
        options.program_count = len(programs)
    return sized(options)


def _assess_options(date: Date | str | None, known_on: Date | str | None, stage: str) -> AssessOptions:
    return AssessOptions(date=_day(date), known_on=_day(known_on), stage=_choice("stage", stage, _STAGES))


def _day(day: Date | str | None) -> int:
    """A day as the library has it, such as 20260601; 0 for none."""
    if day is None:
        return 0
    if isinstance(day, str):
        day = Date.fromisoformat(day)
    if not isinstance(day, Date) or isinstance(day, datetime):
        raise TypeError(f"a day is a date or a text such as '2026-06-01', and this is {type(day).__name__}")
    return day.year * 10_000 + day.month * 100 + day.day


def _choice(name: str, value: str, choices: Mapping[str, int]) -> int:
    try:
        return choices[value]
    except (KeyError, TypeError):
        words = " or ".join(repr(word) for word in choices)
        raise ValueError(f"{name} is {value!r}, and {words} was expected") from None


def _warn(findings: c_void_p) -> None:
    """Says what was found in the columns of a table, to the caller of `assess_batch`."""
    try:
        document = json.loads(library().taken(findings) or b'{"findings": []}')
    finally:
        library().jz_buffer_free(findings)
    for finding in document["findings"]:
        warnings.warn(finding["message"], InputWarning, stacklevel=3)
