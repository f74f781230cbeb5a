"""Side effects that happen once: letters, exports, notices.

An action writes a row in the outbox in its own transaction; a worker carries it out, idempotently, under a lease
that runs out if the worker dies. What waits, and for how long, is visible. Serves H-22, H-28.
"""
