"""What every letter of a case shares: who sends it, the frame it is set in, and how dates and names are written.

The rooms that have letters (applications, communication, decisions) keep the letters themselves.
"""


class ContradictoryLetter(ValueError):
    """The letter would lack something it must say, or say two different things."""
