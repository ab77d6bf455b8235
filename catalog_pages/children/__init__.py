"""The children's entrance to the catalogue (A38)."""
