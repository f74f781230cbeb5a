"""The application: what was asked for, by whom, how, when it arrived, and whether the one who asked may.

Oral or written; the day of arrival (FL 22 §), the authority of a representative (LSS 8 §), first contact
within the guideline's time. Serves K-01, H-04, H-13.
"""
