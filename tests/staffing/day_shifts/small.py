"""Small invented instances in the same text form as the public ones."""

from __future__ import annotations

import random

TWO_WEEKS = """\
# Three who share two kinds of shift
SECTION_HORIZON
14

SECTION_SHIFTS
E,480,
L,480,E

SECTION_STAFF
Ada,E=14|L=14,3840,2880,4,2,2,1
Bo,E=14|L=3,3840,2880,4,2,2,1
Cia,E=14|L=14,3840,1920,4,2,2,1

SECTION_DAYS_OFF
Ada,0
Bo,5

SECTION_SHIFT_ON_REQUESTS
Ada,2,E,2
Cia,6,L,3

SECTION_SHIFT_OFF_REQUESTS
Bo,1,E,4

SECTION_COVER
""" + "\n".join(f"{day},{shift},1,100,1" for day in range(14) for shift in "EL")


def generated(seed: int, days: int = 14, employees: int = 5, shifts: int = 2) -> str:
    """A random instance that has a roster for everybody: kinds of shift in order, a later never before an earlier."""
    rng = random.Random(seed)
    lengths = [rng.choice([480, 480, 600]) for _ in range(shifts)]
    names = [chr(ord("A") + number) for number in range(shifts)]
    lines = ["SECTION_HORIZON", str(days), "SECTION_SHIFTS"]
    lines += [
        f"{name},{length},{'|'.join(names[:number])}"
        for number, (name, length) in enumerate(zip(names, lengths, strict=True))
    ]
    lines.append("SECTION_STAFF")
    staff = [f"e{number}" for number in range(employees)]
    for one in staff:
        limits = "|".join(f"{name}={rng.choice([days, days, 4, 2])}" for name in names)
        most = 480 * (days // 2 + rng.randint(0, 2))
        in_a_row = rng.randint(3, 5)
        least, off = rng.randint(1, 2), rng.randint(1, 3)
        lines.append(
            f"{one},{limits},{most},{most // 3},{in_a_row},{least},{off},{rng.randint(1, days // 7)}"
        )
    lines.append("SECTION_DAYS_OFF")
    lines += [f"{one},{rng.randrange(days)}" for one in staff]
    for kind in ("ON", "OFF"):
        lines.append(f"SECTION_SHIFT_{kind}_REQUESTS")
        lines += [
            f"{one},{day},{rng.choice(names)},{rng.randint(1, 3)}"
            for one in staff
            for day in rng.sample(range(days), 3)
        ]
    lines.append("SECTION_COVER")
    lines += [
        f"{day},{name},{rng.randint(0, 2)},{rng.choice([20, 100])},{rng.choice([1, 2])}"
        for day in range(days)
        for name in names
    ]
    return "\n".join(lines)
