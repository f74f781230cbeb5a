"""The decision: proposed by one, signed by another whom the delegation order allows, served, and in force.

Nothing is signed until the quality gate is green; what is signed never changes. Letters go out through the
outbox. Serves H-02, H-09, H-13, H-17, H-18, H-21, H-22, K-07, K-10, K-15.
"""
