"""What if the law were another: for the municipality's own decisions, or an invented country.

What for: economists and those who decide see what a change would mean in hours and kronor, for whom. Serves K-07, H-30.
"""
