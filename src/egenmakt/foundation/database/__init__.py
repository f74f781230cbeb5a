"""The database server, its two roles, and what the application role may do.

The owner role runs migrations; the application role cannot bypass row-level security, cannot delete what
must stay and cannot touch what is append-only. Without DATABASE_URL an embedded PostgreSQL 18 is started
under the data folder and stopped when the last process that uses it ends.
"""
