"""Comparing timelines so that a failure names the period that failed, and what differs in it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence


def assert_timeline(actual: Sequence[Mapping[str, object]], expected: Sequence[Mapping[str, object]]) -> None:
    """Fail with the period and the fields that differ, or with both lists of periods when those differ."""
    periods = [(part["from"], part["to"]) for part in actual]
    wanted = [(part["from"], part["to"]) for part in expected]
    for got, want in zip(actual, expected, strict=False):
        if (got["from"], got["to"]) != (want["from"], want["to"]):
            break
        differing = {name: (got.get(name), value) for name, value in want.items() if got.get(name) != value}
        shown = ", ".join(
            f"{name} is {_hours(name, one)}, not {_hours(name, other)}"
            for name, (one, other) in differing.items()
        )
        assert not differing, f"{want['from']} – {want['to']}: {shown}"
    assert periods == wanted, f"the periods are {periods}, not {wanted}"


def _hours(name: str, value: object) -> object:
    if not name.endswith("_s") or not isinstance(value, int):
        return value
    return f"{value // 3600}:{value // 60 % 60:02}:{value % 60:02}"
