"""The individuals whose lives the cases are about, and who among the staff may know who they are.

What identifies a person lies in a table of its own that the database shows only when the person is known not
to be protected, or to those named for her: unknown counts as protected. Serves H-08, H-12, K-01.
"""
