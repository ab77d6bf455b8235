"""Which page numbers to offer under a list."""

from dataclasses import dataclass

AROUND = 2


@dataclass(frozen=True, slots=True)
class PageNumbers:
    """The numbers under a list: the first, the last, those around the current one, None for a gap."""

    page: int
    pages: int

    @property
    def previous(self) -> int | None:
        return min(self.page, self.pages + 1) - 1 if self.page > 1 and self.pages else None

    @property
    def next(self) -> int | None:
        return self.page + 1 if self.page < self.pages else None

    @property
    def shown(self) -> list[int | None]:
        near = range(self.page - AROUND, self.page + AROUND + 1)
        numbers = [n for n in sorted({1, self.pages, *near}) if 1 <= n <= self.pages]
        shown: list[int | None] = []
        for number in numbers:
            if shown and shown[-1] is not None and number - shown[-1] == 2:
                shown.append(number - 1)
            elif shown and shown[-1] is not None and number - shown[-1] > 2:
                shown.append(None)
            shown.append(number)
        return shown
