"""OpenFisca-Core, installed for the benchmark only, into an environment of its own under a temporary folder."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

from egenmakt import law

SCRIPT = Path(__file__).parent / "openfisca_rules.py"
PACKAGE = "OpenFisca-Core"


class NoPeer(Exception):
    """The peer cannot be had here. Says why."""


@dataclass(frozen=True)
class Peer:
    """What the peer took, in microseconds, as (middle, best): with its facts set, and from the facts."""

    version: str
    answer: dict[str, object]
    calculating: tuple[float, float]
    whole: tuple[float, float]


class OpenFisca:
    """The environment, for as long as the benchmark runs."""

    def __init__(self) -> None:
        """Raises NoPeer."""
        self._folder = tempfile.TemporaryDirectory(prefix="egenmakt-peer-")
        self.python = Path(self._folder.name) / "bin" / "python"
        uv = shutil.which("uv")
        if uv is None:
            raise NoPeer("uv is not installed")
        for command in (
            [uv, "venv", "-q", "--python", sys.executable, self._folder.name],
            [uv, "pip", "install", "-q", "--python", str(self.python), PACKAGE],
        ):
            done = subprocess.run(command, capture_output=True, text=True, check=False)
            if done.returncode:
                raise NoPeer(f"{PACKAGE} could not be installed: {done.stderr.strip().splitlines()[-1:]}")

    def measure(self, person: law.AssessmentFacts, turns: int) -> Peer:
        """The person's case. Raises NoPeer when it fails there."""
        done = subprocess.run(
            [self.python, SCRIPT], input=json.dumps({**_case(person), "turns": turns}), capture_output=True,
            text=True, check=False,
        )  # fmt: skip
        if done.returncode:
            raise NoPeer(f"{PACKAGE} could not run the case: {done.stderr.strip().splitlines()[-1:]}")
        told = json.loads(done.stdout)
        times = {name: tuple(seconds * 1e6 for seconds in told[name]) for name in ("calculating", "whole")}
        return Peer(told["version"], told["answer"], times["calculating"], times["whole"])

    def close(self) -> None:
        """Remove the environment."""
        self._folder.cleanup()


def _case(person: law.AssessmentFacts) -> dict[str, object]:
    moments = person.moments
    return {
        "moments": {
            "micro_minutes": [int(one.minutes * 1_000_000) for one in moments],
            "met_otherwise_micro_minutes": [int(one.met_otherwise_minutes * 1_000_000) for one in moments],
            "is_health_care": [one.self_care is not None for one in moments],
            "times": [one.times for one in moments],
            "assistants": [one.assistants for one in moments],
            "intimate": [bool(one.intimate) for one in moments],
            "tube_feeding": [one.tube_feeding for one in moments],
            "need": [one.need.value for one in moments],
            "per": [one.per.value for one in moments],
        },
        "application": {
            "days_per_week": person.days_per_week,
            "deduction_s_per_day": 0,  # of an adult
            "age_in_years": person.on.year - person.born.year,
            "age_limit": 67,
            "personkrets_group": 1,
            "personkrets_tried": True,
            "granted_before_age_limit": False,
            "current_s_per_week": 0,
            "housing_adaptation_tried": bool(person.double_assistance.housing_adaptation_tried),
            "aids_tried": bool(person.double_assistance.aids_tried),
        },
    }
