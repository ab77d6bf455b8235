"""How a reader likes to read: colour scheme, text size, contrast. Kept in one plain cookie, tied to nobody."""

from dataclasses import dataclass, replace

from django.http import HttpRequest, HttpResponse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

COOKIE = "comfort"
ONE_YEAR = 365 * 24 * 60 * 60

CHOICES: dict[str, tuple[Promise, dict[str, Promise]]] = {
    "scheme": (
        _("Colours"),
        {
            "auto": pgettext_lazy("colours", "Auto"),
            "light": pgettext_lazy("colours", "Light"),
            "dark": pgettext_lazy("colours", "Dark"),
        },
    ),
    "text": (
        _("Text size"),
        {"normal": pgettext_lazy("text size", "Normal"), "large": _("Large"), "largest": _("Largest")},
    ),
    "contrast": (_("Contrast"), {"normal": pgettext_lazy("contrast", "Normal"), "high": _("High")}),
}


@dataclass(frozen=True, slots=True)
class Comfort:
    """The reader's three choices; `groups` describes them for the menu."""

    scheme: str = "auto"
    text: str = "normal"
    contrast: str = "normal"

    @property
    def dark_media(self) -> str:
        """Where the dark stylesheet holds, as a media query."""
        return {"light": "not all", "dark": "screen"}.get(
            self.scheme, "screen and (prefers-color-scheme: dark)"
        )

    @property
    def groups(self) -> list[dict[str, object]]:
        return [
            {
                "name": name,
                "label": label,
                "options": [(value, text, value == getattr(self, name)) for value, text in options.items()],
            }
            for name, (label, options) in CHOICES.items()
        ]


def read_comfort(request: HttpRequest) -> Comfort:
    """Return the choices in the request's cookie; anything unknown counts as not chosen."""
    values = request.COOKIES.get(COOKIE, "").split(".")
    chosen = {
        name: value
        for (name, (_label, options)), value in zip(CHOICES.items(), values, strict=False)
        if value in options
    }
    return Comfort(**chosen)


def remember_comfort(request: HttpRequest, response: HttpResponse) -> None:
    """Write the choices posted, over those there were, into the cookie of the response."""
    posted = {
        name: request.POST[name]
        for name, (_label, options) in CHOICES.items()
        if request.POST.get(name) in options
    }
    comfort = replace(read_comfort(request), **posted)
    response.set_cookie(
        COOKIE, f"{comfort.scheme}.{comfort.text}.{comfort.contrast}", max_age=ONE_YEAR, samesite="Lax",
        secure=request.is_secure(),
    )  # fmt: skip
