"""What a page draws: plain values in, positions out, and the table that stands behind every picture.

All lengths of time are whole seconds, all dates are dates with the last day included. Horizontal positions
are given in per cent, so that text keeps its size on a phone. Nothing here decides anything; it only shows.
"""

from egenmakt.foundation.ui.pictures.banner import Banner
from egenmakt.foundation.ui.pictures.bars import BarPicture, BarRow
from egenmakt.foundation.ui.pictures.deadlines import DayMark, DeadlinePicture
from egenmakt.foundation.ui.pictures.time import Mark, Span, Step, StepPicture, TimePicture, TimeRow
from egenmakt.foundation.ui.pictures.week import Segment, WeekPicture, WeekRow

__all__ = [
    "Banner",
    "BarPicture",
    "BarRow",
    "DayMark",
    "DeadlinePicture",
    "Mark",
    "Segment",
    "Span",
    "Step",
    "StepPicture",
    "TimePicture",
    "TimeRow",
    "WeekPicture",
    "WeekRow",
]
