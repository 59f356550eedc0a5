"""Streams of the Arrow C data interface, and who owns them.

A stream comes in within a PyCapsule, whose struct the library empties as by a move: what the capsule does at its end
finds nothing left to release. The answer is a struct of ours, which pyarrow empties in the same way.
"""

from __future__ import annotations

import ctypes
from ctypes import CFUNCTYPE, POINTER, Structure, byref, c_char_p, c_void_p, py_object, pythonapi
from typing import Any, Protocol, runtime_checkable

_NAME = b"arrow_array_stream"

# Functions of their own, so that nobody else's prototypes of the same ones are changed.
_pointer = ctypes.PYFUNCTYPE(c_void_p, py_object, c_char_p)(("PyCapsule_GetPointer", pythonapi))
_capsule = ctypes.PYFUNCTYPE(py_object, c_void_p, c_char_p, c_void_p)(("PyCapsule_New", pythonapi))


@runtime_checkable
class ArrowStream(Protocol):
    """Whatever gives its rows as a stream of Arrow: tables of pyarrow, polars, pandas, relations of DuckDB, and more."""

    def __arrow_c_stream__(self, requested_schema: object | None = None) -> object: ...


class Source:
    """A stream that is handed over."""

    def __init__(self, name: str, stream: ArrowStream) -> None:
        if not isinstance(stream, ArrowStream):
            raise TypeError(
                f"{name} is {type(stream).__name__}, which has no __arrow_c_stream__;"
                " a table of pyarrow, polars or DuckDB has it"
            )
        # Held as long as this, for the address is the capsule's.
        self._capsule = stream.__arrow_c_stream__()
        self.address: int = _pointer(self._capsule, _NAME)


class _Struct(Structure):
    """struct ArrowArrayStream"""


_Struct._fields_ = [
    ("get_schema", c_void_p),
    ("get_next", c_void_p),
    ("get_last_error", c_void_p),
    ("release", CFUNCTYPE(None, POINTER(_Struct))),
    ("private_data", c_void_p),
]


class Answer:
    """The stream of an answer, until pyarrow takes it over. It outlives the capsules that it gives."""

    def __init__(self) -> None:
        self._struct = _Struct()

    @property
    def pointer(self) -> Any:
        """Where the library puts it."""
        return byref(self._struct)

    def __arrow_c_stream__(self, requested_schema: object | None = None) -> object:
        # Without a destructor: the struct is ours, and released below where nobody takes it over.
        capsule: object = _capsule(ctypes.addressof(self._struct), _NAME, None)
        return capsule

    def release(self) -> None:
        """Releases what nobody took over."""
        if self._struct.release:
            self._struct.release(byref(self._struct))
