"""Those who may speak for a person, and what the person has consented to.

Guardians, trustees, administrators and proxies with what their authority rests on and when it ends; consents
with scope, that can be withdrawn. Serves K-01, H-15.
"""
