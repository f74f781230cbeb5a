"""The law, as pages: every parameter and rule with its section, and the cases that a change would touch.

Serves H-01, K-10.
"""
