"""Lists for readers: new arrivals, acquisitions by month, what staff recommend, and a list of one's own."""
