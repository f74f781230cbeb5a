"""Which municipality one is in: set once per transaction, enforced by the database.

Municipalities and their units; the base of every table that belongs to a municipality; case and document
numbers from counter rows that are never reused. Serves R-01, H-02 and every row about who may see what.
"""
