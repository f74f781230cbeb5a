"""How long the law takes for whole populations, beside OpenFisca-Core and beside reading and writing the same bytes.
Run `python -m benchmarks.population`."""
