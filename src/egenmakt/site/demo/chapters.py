"""What happens in a case, on which day after the application, and how far it has come at each stage."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import Final

from egenmakt.site.demo.stages import Stage, Turn


class Chapter(StrEnum):
    """Something that happens in a case on one day, done by one of the staff."""

    REGISTER = "register"
    ASSIGN = "assign"
    CONTACT = "contact"
    VISIT = "visit"
    EVIDENCE = "evidence"
    TRIAL = "trial"
    AREAS = "areas"
    ASSESS = "assess"
    MOMENTS_HALF = "moments_half"
    MOMENTS = "moments"
    WITHDRAW = "withdraw"
    COMMUNICATE = "communicate"
    ANSWER = "answer"
    PROPOSE = "propose"
    RETURN = "return"
    SIGN = "sign"
    SERVE = "serve"
    NOTICE = "notice"
    APPEAL = "appeal"
    FOLLOW_UP = "follow_up"
    CLOSE = "close"
    OPEN_FOR_A_REASON = "open_for_a_reason"
    REVIEW_OPENING = "review_opening"


# On which day after the application, from and to.
INVESTIGATED: Final[Mapping[Chapter, tuple[int, int]]] = {
    Chapter.REGISTER: (0, 0),
    Chapter.ASSIGN: (1, 3),
    Chapter.CONTACT: (5, 10),
    Chapter.VISIT: (16, 21),
    Chapter.EVIDENCE: (23, 27),
    Chapter.TRIAL: (30, 34),
    Chapter.AREAS: (37, 41),
    Chapter.ASSESS: (43, 45),
    Chapter.MOMENTS_HALF: (48, 50),
    Chapter.MOMENTS: (53, 55),
    Chapter.COMMUNICATE: (57, 58),
    Chapter.ANSWER: (63, 70),
    Chapter.PROPOSE: (74, 77),
    Chapter.SIGN: (79, 82),
    Chapter.SERVE: (84, 88),
}
DISMISSED: Final[Mapping[Chapter, tuple[int, int]]] = {
    Chapter.REGISTER: (0, 0),
    Chapter.ASSIGN: (1, 3),
    Chapter.CONTACT: (5, 9),
    Chapter.COMMUNICATE: (28, 31),
    Chapter.PROPOSE: (48, 51),
    Chapter.SIGN: (53, 55),
    Chapter.SERVE: (57, 60),
}
WITHDRAWN: Final[Mapping[Chapter, tuple[int, int]]] = {
    Chapter.REGISTER: (0, 0),
    Chapter.ASSIGN: (1, 3),
    Chapter.CONTACT: (5, 9),
    Chapter.VISIT: (16, 21),
    Chapter.WITHDRAW: (25, 32),
    Chapter.PROPOSE: (35, 37),
    Chapter.SIGN: (39, 41),
    Chapter.SERVE: (44, 47),
}
FLOWS: Final = {Turn.DISMISSAL: DISMISSED, Turn.CLOSURE: WITHDRAWN}

# The last chapter of the investigation at each stage, and for how many days it has stood there.
STANDS: Final[Mapping[Stage, tuple[Chapter, int, int]]] = {
    Stage.REGISTERED: (Chapter.REGISTER, 1, 4),
    Stage.CONTACT: (Chapter.ASSIGN, 3, 6),
    Stage.CONTACT_LATE: (Chapter.ASSIGN, 20, 25),
    Stage.AUTHORITY: (Chapter.CONTACT, 5, 11),
    Stage.PERSONKRETS: (Chapter.EVIDENCE, 2, 8),
    Stage.INVESTIGATION: (Chapter.AREAS, 1, 9),
    Stage.MOMENTS: (Chapter.MOMENTS_HALF, 1, 6),
    Stage.COMMUNICATION: (Chapter.COMMUNICATE, 1, 8),
    Stage.PROPOSED: (Chapter.PROPOSE, 1, 4),
    Stage.RETURNED: (Chapter.PROPOSE, 4, 7),
    Stage.SIGNED: (Chapter.SIGN, 1, 3),
    Stage.SERVED: (Chapter.SERVE, 10, 17),
    Stage.IN_FORCE: (Chapter.SERVE, 40, 300),
    Stage.CLOSED: (Chapter.SERVE, 45, 300),
}
