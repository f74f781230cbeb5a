"""What was done and read, kept so that nobody can change it unseen.

Histories come from database triggers, reads from the gates; both are append-only and every row is linked into
one hash chain per municipality when its transaction commits. `egenmakt audit verify` proves the chain from
outside and names the first broken link. Serves H-12 and the duty to log reads (lag 2001:454, 10 §).
"""
