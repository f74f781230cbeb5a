"""What a check found."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import StrEnum


class Status(StrEnum):
    """How bad it is. A warning does not stop; a fault does."""

    OK = "ok"
    WARNING = "warning"
    FAULT = "fault"


@dataclass(frozen=True)
class Finding:
    """One thing examined: what, how it is, and (when it is not right) how to mend it. In Swedish."""

    name: str
    title: str
    status: Status
    detail: str = ""
    mend: str = ""


Check = Callable[[], Iterator[Finding]]


def ok(name: str, title: str, detail: str = "") -> Finding:
    """It is right."""
    return Finding(name, title, Status.OK, detail)


def warning(name: str, title: str, detail: str, mend: str) -> Finding:
    """It works, but ought to be mended."""
    return Finding(name, title, Status.WARNING, detail, mend)


def fault(name: str, title: str, detail: str, mend: str) -> Finding:
    """It must be mended before real people's data are kept here."""
    return Finding(name, title, Status.FAULT, detail, mend)
