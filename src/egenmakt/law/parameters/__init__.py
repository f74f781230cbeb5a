"""Dated values of law and regulation: amounts, limits, tables, each with its source.

What for: no amount or limit stands in code. A value says from when it holds, where it was read, when it
became known and whether a source confirms it. Serves K-07, K-13, H-30 and the law pages.
A day or a key without a value is the error `NoParameter`, never a default.
"""

from __future__ import annotations

from egenmakt.law.parameters.loader import ParameterFileFaulty, load_file, load_folder
from egenmakt.law.parameters.model import Counts, Dated, KeyKind, NoParameter, Parameter, Value
from egenmakt.law.parameters.store import DATA, all_parameters, parameter

__all__ = [
    "DATA",
    "Counts",
    "Dated",
    "KeyKind",
    "NoParameter",
    "Parameter",
    "ParameterFileFaulty",
    "Value",
    "all_parameters",
    "load_file",
    "load_folder",
    "parameter",
]
