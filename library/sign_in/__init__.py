"""Signing in: throttling and lock-out, the second factor, and sessions left idle."""
