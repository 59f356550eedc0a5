"""Social assistance decisions (社会救助), exact and explained, from Python.

    import jiuzhu

    policy = jiuzhu.Policy("heilongjiang/harbin")
    answer = policy.assess({"residence": "urban", "members": [{"relation": "head", "birth": "1980-05-01"}]})

It calls libjiuzhu through ctypes, so nothing is compiled. The library is the file that JIUZHU_LIBRARY names, else the
system's libjiuzhu.so.0. What a fact means, and what an answer says, is written in the manuals of Jiuzhu itself.
"""

from ._errors import Error, Finding, InputError, InputWarning, InternalError, LimitError, PolicyError, UsageError
from ._library import version
from ._policy import Code, Fact, Policy

__all__ = [
    "Code",
    "Error",
    "Fact",
    "Finding",
    "InputError",
    "InputWarning",
    "InternalError",
    "LimitError",
    "Policy",
    "PolicyError",
    "UsageError",
    "version",
]
