"""`make bench`: every page as a multiple of the floor view F, measured in the same run on the same Postgres.

Absolute times mean little on a shared machine; the ratios are what counts (contract.md, "Benchmarks").
"""
