"""Working time: what assistants may work and must rest (arbetstidslagen, lagen (1970:943), PAN and AB bilaga J).

Serves A-12 and K-18. Time is whole seconds. Hours worked over these limits are not paid for (LSS 9 d §, SFB 51 kap.
16 §). Rules in `rules`; the book that asks them in `book`.
"""
