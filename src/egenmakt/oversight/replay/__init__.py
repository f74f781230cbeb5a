"""Every decision in force is worked out anew each night, from its own facts, and must give the same.

What for: proof that the program still gives what was signed, and which decisions a change of law touches before it
takes effect, with old and new hours. Serves K-07, H-30, H-13.
"""
