"""What can go wrong with a search, in the words a view needs."""


class SearchError(Exception):
    """Any failure of the search room."""


class SearchUnavailable(SearchError):
    """The engine is down, too slow, or holds no index for this database yet."""


class TooDeep(SearchError, ValueError):
    """The asked-for page lies beyond the last one that is served."""


class EngineBusy(SearchError):
    """Another process is writing to the index."""


class RebuildRunning(SearchError):
    """The index is already being rebuilt."""
