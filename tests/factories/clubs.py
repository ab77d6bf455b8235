"""A list of clubs for tests."""

from home.models import ClubIndexPage, ClubPage


def make_club_list(home, title="Clubs") -> ClubIndexPage:
    return home.add_child(instance=ClubIndexPage(title=title, locale=home.locale))


def make_club(index, title, **fields) -> ClubPage:
    """Add a published club below `index`; it meets on Mondays unless told otherwise."""
    fields = {"meets": "Mondays at 17:00"} | fields
    return index.add_child(instance=ClubPage(title=title, locale=index.locale, **fields))
