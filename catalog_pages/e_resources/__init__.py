"""Electronic resources (A33): what readers may use, by whom and until when, and whether the links still lead there."""
