"""Electronic resources (A33): what readers may use, by whom, until when, and whether the links still work."""
