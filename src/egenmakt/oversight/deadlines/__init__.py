"""What is due, late or blocked, for me and for my unit.

Every deadline is computed from dated facts when read; nothing ticks. Serves H-13, H-19, H-22.
"""
