"""The Social Insurance Code, chapter 51: when the state pays, and what the municipality pays for.

What for: the line of 20 hours and the municipality's first 20 hours. Serves H-28 and K-06.
The needs themselves are those of LSS 9 a §, to which SFB 51 kap. 2 § refers.
"""
