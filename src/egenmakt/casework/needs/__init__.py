"""The moments: each activity with its minutes, and how the law counts it.

The sheet of moments is the facts of `egenmakt.law.assess`; every sum on a page is computed from it when read.
Serves K-02–K-09, H-07, H-10, H-29, S-02.
"""
