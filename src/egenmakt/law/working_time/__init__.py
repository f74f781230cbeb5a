"""Working time: what assistants may work and must rest (arbetstidslagen, lagen (1970:943), PAN and AB bilaga J).

Serves A-12 and K-18. Time is whole seconds. Rules in `rules`; the book that asks them in `book`. The judge of a roster
is `checking`, with the limits of `limits`; `further` judges what a roster alone does not show, and `payable` says
what is not paid for because it is over the limits (LSS 9 d §, SFB 51 kap. 16 §).
"""
