"""The figures of a year: as they are counted, and as a yearly report keeps them (decision 0026)."""
