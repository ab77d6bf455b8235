"""Why a file or a record cannot be taken."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class Reason(models.TextChoices):
    """Why one record is rejected; the label is what the librarian reads."""

    NOT_A_RECORD = "not_a_record", _("no record begins here")
    TRUNCATED = "truncated", _("the record is cut off")
    WRONG_LENGTH = "wrong_length", _("the record's length and directory do not agree with its content")
    BAD_LEADER = "bad_leader", _("the leader cannot be read")
    BAD_DIRECTORY = "bad_directory", _("the directory cannot be read")
    BAD_UTF8 = "bad_utf8", _("the text is declared UTF-8 but is not")
    BAD_MARC8 = "bad_marc8", _("the text is in an unknown encoding, not MARC-8")
    BAD_SUBFIELD = "bad_subfield", _("a subfield code is neither a letter nor a digit")
    TOO_LONG = "too_long", _("the record is longer than 99,999 bytes")
    NOT_MARC21 = "not_marc21", _("the record is UNIMARC, not MARC21")
    NOT_BIBLIOGRAPHIC = "not_bibliographic", _("the record describes no publication (authority or holdings)")
    NO_TITLE = "no_title", _("the record has no title (245)")
    DUPLICATE = "duplicate", _("another record with the same control number came earlier in this import")
    DAMAGED_FILE = "damaged_file", _("the compressed file is damaged or cut off here")


class Rejected(Exception):
    """One record cannot be taken; ``reason`` says why."""

    def __init__(self, reason: Reason) -> None:
        super().__init__(reason)
        self.reason = reason


class NotMarc(Exception):
    """A whole file is not ISO 2709; the message is one translated sentence for the reader."""
