"""Records that describe the same book: the list staff see, and two of them made one."""
