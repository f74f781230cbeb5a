"""The law run on whole populations: the same rules made into kernels over columns of persons and moments.

What for: what a change of law would mean for everybody, and for each. Serves K-06, H-28 and the page for economists.
Begin with `law_on(day)`, `synthetic(count)` or `read_population(path)`, `compare(before, after, people)`.
NumPy and pyarrow are in the extra `population`, Numba in `fast`; nothing of the law imports this room.
"""
