"""The library a reader has chosen as hers: its code in one plain cookie, set only when she asks for it."""

from django.http import HttpRequest, HttpResponse

COOKIE = "library"
ONE_YEAR = 365 * 24 * 60 * 60


def chosen_code(request: HttpRequest | None) -> str:
    """The code of the chosen library, whether or not there is such a library; "" where none is chosen."""
    code = request.COOKIES.get(COOKIE, "") if request is not None else ""
    return code if len(code) <= 40 else ""


def remember_branch(request: HttpRequest, response: HttpResponse, code: str) -> None:
    response.set_cookie(
        COOKIE, code, max_age=ONE_YEAR, samesite="Lax", httponly=True, secure=request.is_secure()
    )


def forget_branch(response: HttpResponse) -> None:
    response.delete_cookie(COOKIE, samesite="Lax")
