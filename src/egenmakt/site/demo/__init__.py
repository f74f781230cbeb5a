"""The demo county: three municipalities with invented people, staff and cases, the same on the same day.

Everything is made through the rooms' own actions, on the days it is said to have happened, so that histories,
logs, letters and deadlines are real. Serves the first sign-in (H-13 and every stage of a case) and browser tests.
"""
