"""Who is at the keyboard: accounts, sign-in with a second factor, and role assignments that begin and end.

An account may hold roles in several municipalities and units; only roles valid today count, and the actor of
everything that is done comes from the signed-in session, never from a form. Serves H-02.
"""
