"""Signing in with a second factor, one's own password and keys, and keeping accounts and roles.

Accounts are made by the municipality, never by visitors; nobody gives herself a role. Serves H-02.
"""
