"""The law as pages: every rule and every parameter with its section, as it stands on any day.

Search a word or a section, read the sentence, the code and the sources, see what it rests on and what rests on it,
and which decisions a change on a date touches. Serves H-01, H-04, K-10.
"""
