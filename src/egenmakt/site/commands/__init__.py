"""The commands of the command line, one module each.

What for: every computation can be made without the site, by the shapes in the command-line contracts.
Serves H-30, K-02 … K-09 (assess, law) and the rows of the other commands.
A module here imports only what its own command needs.
"""
