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
    BAD_ENCODING = "bad_encoding", _("the text is in none of the encodings known here")
    BAD_TAG = "bad_tag", _("a field has no tag of three letters or digits")
    BAD_INDICATOR = "bad_indicator", _("an indicator is more than one character")
    BAD_XML = "bad_xml", _("the XML cannot be read from here on")
    UNSAFE_XML = "unsafe_xml", _("the XML defines a document type or entities, which is not safe")
    BAD_JSON = "bad_json", _("this is no record in MARC-in-JSON")
    BAD_LINE = "bad_line", _("a line is not written as a field")
    TOO_LONG = "too_long", _("the record is longer than 16 MB")
    NOT_BIBLIOGRAPHIC = "not_bibliographic", _("the record describes no publication (authority or holdings)")
    NO_TITLE = "no_title", _("the record has no title (245 or 200)")
    ISSUE = "issue", _("the record is an issue of a periodical and has no title of its own")
    DUPLICATE = "duplicate", _("another record with the same control number came earlier in this import")
    BURSTING_FILE = "bursting_file", _("the compressed file grows beyond all measure here")
    DAMAGED_FILE = "damaged_file", _("the compressed file is damaged or cut off here")


class Rejected(Exception):
    """One record cannot be taken; ``reason`` says why."""

    def __init__(self, reason: Reason) -> None:
        super().__init__(reason)
        self.reason = reason


class NotMarc(Exception):
    """A whole file holds no records; the message is one translated sentence for the reader."""
