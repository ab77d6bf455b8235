"""Benchmarks: `make bench`. Each number stands beside that of the bare library measured in the same run."""
