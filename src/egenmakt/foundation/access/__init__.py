"""Who may see what: one gate per kind of object, and no way to an object except through its gate.

A gate knows the conditions under which an actor may list, open or change an object, logs every read and every
refusal before the response leaves, and answers "not found" both to the wrong municipality and to no right.
Being employed is not a reason to read. Serves H-12, R-05.
"""
