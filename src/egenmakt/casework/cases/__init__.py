"""The case: whose it is, who handles it, what has happened, what is to be done next.

Journal notes (working, then locked; corrected by a new note), tasks, and the steps and deadlines that later
rooms hang on the case. What has happened is read from the rooms themselves, never kept twice. Serves H-01,
H-12, H-13 and H-15.
"""
