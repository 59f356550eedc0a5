"""libjiuzhu as ctypes sees it: jiuzhu.h, so far as the package needs it."""

from __future__ import annotations

import functools
import json
import os
from collections.abc import Callable
from ctypes import CDLL, POINTER, Structure, byref, c_char, c_char_p, c_int32, c_size_t, c_uint32, c_void_p, sizeof
from typing import Any

from ._errors import Error, Finding, error

_NAME = "libjiuzhu.so.0"
_ABI = 0

Function = Callable[..., Any]


class View(Structure):
    """jz_view"""

    _fields_ = [("data", c_void_p), ("size", c_size_t)]

    def bytes(self) -> bytes:
        """A copy; string_at would cut off what has more than 2 GB."""
        return (c_char * self.size).from_address(self.data).raw if self.size else b""


class PolicyOptions(Structure):
    """jz_policy_options"""

    _fields_ = [
        ("struct_size", c_uint32),
        ("flags", c_uint32),
        ("programs", POINTER(c_char_p)),
        ("program_count", c_size_t),
    ]


class AssessOptions(Structure):
    """jz_assess_options"""

    _fields_ = [
        ("struct_size", c_uint32),
        ("flags", c_uint32),
        ("date", c_int32),
        ("known_on", c_int32),
        ("stage", c_int32),
        ("reserved", c_int32),
    ]


class BulkOptions(Structure):
    """jz_bulk_options"""

    _fields_ = [
        ("struct_size", c_uint32),
        ("flags", c_uint32),
        ("date", c_int32),
        ("known_on", c_int32),
        ("stage", c_int32),
        ("rows", c_int32),
        ("threads", c_int32),
        ("reserved", c_int32),
        ("progress", c_void_p),
        ("user_data", c_void_p),
    ]


EXPLAIN = 1

# Every function that is called: its result and its arguments.
_TEXT = [c_char_p, c_size_t]
_OUT = POINTER(c_void_p)
_PROTOTYPES: dict[str, tuple[Any, list[Any]]] = {
    "jz_abi": (c_int32, []),
    "jz_version": (c_char_p, []),
    "jz_buffer_view": (View, [c_void_p]),
    "jz_buffer_free": (None, [c_void_p]),
    "jz_error_json": (View, [c_void_p]),
    "jz_error_free": (None, [c_void_p]),
    "jz_policy_load": (c_int32, [*_TEXT, *_TEXT, POINTER(PolicyOptions), _OUT, _OUT]),
    "jz_policy_load_pack": (c_int32, [*_TEXT, POINTER(PolicyOptions), _OUT, _OUT]),
    "jz_policy_digest": (View, [c_void_p]),
    "jz_policy_free": (None, [c_void_p]),
    "jz_policy_diagnostics": (c_int32, [c_void_p, *_TEXT, POINTER(AssessOptions), _OUT, _OUT]),
    "jz_describe": (c_int32, [c_void_p, _OUT, _OUT]),
    "jz_assess_json": (c_int32, [c_void_p, *_TEXT, POINTER(AssessOptions), _OUT, _OUT]),
    "jz_assess_arrow": (c_int32, [c_void_p, c_void_p, c_void_p, POINTER(BulkOptions), c_void_p, _OUT, _OUT]),
}


class Library:
    """The loaded library. While one of its functions runs, other threads of Python run too."""

    def __init__(self, path: str) -> None:
        try:
            self._library = CDLL(path)
        except OSError as failure:
            raise OSError(
                f"{path} cannot be loaded ({failure}); install libjiuzhu, or name its file in JIUZHU_LIBRARY"
            ) from None
        for name, (result, arguments) in _PROTOTYPES.items():
            try:
                function = getattr(self._library, name)
            except AttributeError:
                raise OSError(f"{path} has no function {name}: it is older than this package, or another") from None
            function.restype = result
            function.argtypes = arguments
        if (abi := self._library.jz_abi()) != _ABI:
            raise OSError(f"{path} has the binary interface {abi}, and {_ABI} was expected")

    def __getattr__(self, name: str) -> Function:
        function: Function = getattr(self._library, name)
        return function

    def text(self, function: str, *arguments: Any) -> bytes:
        """Calls a function that makes a text."""
        buffer = self.handle(function, *arguments)
        try:
            return self.taken(buffer)
        finally:
            self.jz_buffer_free(buffer)

    def handle(self, function: str, *arguments: Any) -> c_void_p:
        """Calls a function that makes a handle, which the caller frees."""
        out = c_void_p()
        self.call(function, *arguments, byref(out))
        return out

    def call(self, function: str, *arguments: Any) -> None:
        """Calls a function that can fail."""
        failure = c_void_p()
        code: int = getattr(self, function)(*arguments, byref(failure))
        if code != 0:
            raise self._error(code, failure)

    def taken(self, buffer: c_void_p) -> bytes:
        """The text of a buffer."""
        view: View = self.jz_buffer_view(buffer)
        return view.bytes()

    def _error(self, code: int, handle: c_void_p) -> Error:
        try:
            document = json.loads(self.jz_error_json(handle).bytes())
        finally:
            self.jz_error_free(handle)
        return error(code, document["message"], [Finding._of(finding) for finding in document["findings"]])


def sized(options: PolicyOptions | AssessOptions | BulkOptions) -> Any:
    """A pointer to options that say their size."""
    options.struct_size = sizeof(options)
    return byref(options)


@functools.cache
def library() -> Library:
    """The library, loaded when it is first needed."""
    return Library(os.environ.get("JIUZHU_LIBRARY") or _NAME)


def version() -> str:
    """The version of the library at hand, such as "0.1.0"."""
    text: bytes = library().jz_version()
    return text.decode()
