"""Decision letters in three voices from one set of facts, as PDF for the person and as HTML for the page.

`render_decision_letter` and `html_preview` use the same blocks; neither can say what the other does not.
Serves H-18, H-22, K-06, K-10, K-15.
"""

from egenmakt.casework.cases.letters import ContradictoryLetter
from egenmakt.casework.decisions.letters.content import DecisionLetter, Voice
from egenmakt.casework.decisions.letters.render import html_preview, letter_blocks, render_decision_letter

__all__ = [
    "ContradictoryLetter",
    "DecisionLetter",
    "Voice",
    "html_preview",
    "letter_blocks",
    "render_decision_letter",
]
