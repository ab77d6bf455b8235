"""Stocktaking: counting a store with scanners, the lists of what is missing or too much, and the minutes (A27)."""
