"""Guidelines: local, dated settings of a municipality, and who set them. Never a rule of law.

Serves H-01, H-02, H-13, K-12, K-13, A-05, A-20 … A-23. A guideline supports an assessment, may be departed
from with a written reason, and never blocks. One TOML file per municipality in `data/`.
"""

from egenmakt.guidelines.assessment import notes_for_assessment
from egenmakt.guidelines.deadlines import (
    GuidelineDeadline,
    decision_deadline,
    first_contact_deadline,
    plan_deadline,
)
from egenmakt.guidelines.loader import GuidelineFileFaulty, load_file
from egenmakt.guidelines.model import (
    Delegation,
    Document,
    Guideline,
    GuidelineNote,
    GuidelineValue,
    LeftOut,
    NoDelegation,
    NoGuideline,
    NoGuidelineValue,
)
from egenmakt.guidelines.store import all_guidelines, guideline

__all__ = [
    "Delegation",
    "Document",
    "Guideline",
    "GuidelineDeadline",
    "GuidelineFileFaulty",
    "GuidelineNote",
    "GuidelineValue",
    "LeftOut",
    "NoDelegation",
    "NoGuideline",
    "NoGuidelineValue",
    "all_guidelines",
    "decision_deadline",
    "first_contact_deadline",
    "guideline",
    "load_file",
    "notes_for_assessment",
    "plan_deadline",
]
