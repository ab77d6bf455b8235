"""Weeding: copies proposed in a list, approved by somebody else, and written off with their history kept (A27)."""
