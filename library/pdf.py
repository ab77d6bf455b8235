"""Papers as PDF, set by typst: letters, lists, labels, in the three scripts of the seven languages.

    pdf = render("list", {"title": _("Overdue books"), "columns": [_("Reader"), _("Book")], "rows": rows})

Templates stand in templates/pdf/. Data reaches them as JSON and is never part of the source: whatever a title holds,
it is set as text.
"""

import json
import logging
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

import typst
from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.utils import translation
from django.utils.encoding import force_str
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from wagtail.models import Site

from library.models import SystemSettings

logger = logging.getLogger("library.pdf")

TEMPLATES = Path(settings.BASE_DIR) / "templates" / "pdf"


class PdfError(RuntimeError):
    """The paper could not be set; str() is for staff, the log has what typst said."""


def render(template: str, data: Mapping[str, Any], *, language: str | None = None) -> bytes:
    """Set templates/pdf/<template>.typ with `data` (anything Django writes as JSON) and return the PDF.

    Adds what templates/pdf/base.typ needs: the language (default: the active one), the library's name and, if there
    is none, an empty title. Raises PdfError.
    """
    language = language or translation.get_language() or settings.LANGUAGE_CODE
    with translation.override(language):
        whole = {"title": "", "language": language, "library": _library_name()} | dict(data)
        inputs = {"data": json.dumps(whole, cls=_Encoder, ensure_ascii=False)}
    try:
        compiler = typst.Compiler(
            input=TEMPLATES / f"{template}.typ", root=TEMPLATES, font_paths=_fonts(), sys_inputs=inputs
        )
        paper = compiler.compile(format="pdf")
    except (RuntimeError, OSError) as error:  # TypstError is the former
        logger.exception("typst could not set %s: %s", template, getattr(error, "diagnostic", ""))
        raise PdfError(_("The document could not be made. Tell the operator.")) from error
    return b"".join(paper) if isinstance(paper, list) else paper or b""


def render_picture(template: str, data: Mapping[str, Any]) -> bytes:
    """Set templates/pdf/<template>.typ as a PNG, one pixel to the point. Raises PdfError."""
    inputs = {"data": json.dumps(dict(data), cls=_Encoder, ensure_ascii=False)}
    try:
        compiler = typst.Compiler(
            input=TEMPLATES / f"{template}.typ", root=TEMPLATES, font_paths=_fonts(), sys_inputs=inputs
        )
        picture = compiler.compile(format="png", ppi=72)
    except (RuntimeError, OSError) as error:
        logger.exception("typst could not draw %s: %s", template, getattr(error, "diagnostic", ""))
        raise PdfError(_("The document could not be made. Tell the operator.")) from error
    return picture[0] if isinstance(picture, list) else picture or b""


class _Encoder(DjangoJSONEncoder):
    def default(self, value: Any) -> Any:
        return force_str(value) if isinstance(value, Promise) else super().default(value)


@cache
def _fonts() -> typst.Fonts:
    """The portal's own letters, else those of the system; looking through them takes a moment, so once is enough."""
    own = [settings.PRINT_FONTS] if settings.PRINT_FONTS.is_dir() else []
    return typst.Fonts(include_system_fonts=True, include_embedded_fonts=True, font_paths=own)


def _library_name() -> str:
    site = Site.objects.filter(is_default_site=True).first()
    return str(SystemSettings.for_site(site)) if site else ""
