"""How long the law takes for one person, beside OpenFisca-Core for the same person. Run `python -m benchmarks.law`."""
