"""Histories: every insert, change and deletion of a followed model's rows is kept by triggers in the database.

Who acted is taken by the database from the transaction. `foundation.audit` links the rows into the chain. Serves H-12.
"""
