"""News: their lists, feeds and what is said of them elsewhere. The pages themselves are in home.models.news."""
