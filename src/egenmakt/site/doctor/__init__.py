"""What `egenmakt doctor` examines: whether this installation is right, and how to mend what is not.

Each check is a small function that yields findings; none changes anything. Serves the municipality that runs the
program itself (R-01, H-12).
"""
