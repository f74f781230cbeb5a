"""Documents: letters that everyone can read, stored once and never altered.

A letter is a list of blocks (`blocks`), set by Typst as PDF/UA-1 and PDF/A-2a in one file (`letters`) and
shown as HTML from the same blocks (`html`), so that the page and the paper cannot say different things.
Serves H-18, H-22, K-06, K-10 and K-15 (what a decision must tell) for every room that writes to people.
"""
