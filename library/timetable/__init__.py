"""Staff pages for opening hours: a branch's week, one day, the preset of the rules, the year of all branches."""
