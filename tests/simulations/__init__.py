"""Simulations that show how often the limits of the project hold; `tests.bench_coverage` runs them all."""
