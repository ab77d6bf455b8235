"""The headings under which editors find the blocks, in the words of their tasks."""

from django.utils.translation import gettext_lazy as _

WORDS = _("Text")
PICTURES = _("Pictures, video, sound")
WAYS = _("Links and files")
LIBRARY = _("Libraries and people")
CATALOGUE = _("Catalogue")
FORMS = _("Forms and facts that fill themselves in")
