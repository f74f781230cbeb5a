"""Decision letters in three voices from one set of facts, as PDF for the person and as HTML for the page.

`render_decision_letter` and `html_preview` use the same blocks; neither can say what the other does not.
Also the acknowledgement of an application and the letter that puts material to the party (FL 25 §).
Serves H-18, H-20, H-22, K-06, K-10, K-15.
"""

from egenmakt.casework.decisions.letters.acknowledgement import (
    Acknowledgement,
    acknowledgement_preview,
    render_acknowledgement,
)
from egenmakt.casework.decisions.letters.communication import (
    CommunicationLetter,
    Material,
    communication_preview,
    render_communication,
)
from egenmakt.casework.decisions.letters.content import ContradictoryLetter, DecisionLetter, Voice
from egenmakt.casework.decisions.letters.render import html_preview, letter_blocks, render_decision_letter

__all__ = [
    "Acknowledgement",
    "CommunicationLetter",
    "ContradictoryLetter",
    "DecisionLetter",
    "Material",
    "Voice",
    "acknowledgement_preview",
    "communication_preview",
    "html_preview",
    "letter_blocks",
    "render_acknowledgement",
    "render_communication",
    "render_decision_letter",
]
