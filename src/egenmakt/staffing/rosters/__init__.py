"""Rosters: shifts of many persons given to assistants, lawfully, at the least cost that can be found in the time.

Serves A-05, A-12 and K-18. The algorithms, their guarantees and limits are told in README.md. The law is judged by
`egenmakt.law.working_time` alone; nothing here decides what is lawful.
"""
