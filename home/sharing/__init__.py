"""Pictures by which pages are shown where they are shared, drawn from what the pages say."""
