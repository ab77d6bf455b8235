"""Documents, videos and recordings: files of our own, and ways to those of others."""

from pathlib import PurePath
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail import blocks
from wagtail.documents import get_document_model
from wagtail.documents.blocks import DocumentChooserBlock

from home.addresses import checked_web_address, host_of
from home.blocks.chosen import ChosenBlock
from home.blocks.groups import PICTURES, WAYS
from home.blocks.pictures import ChosenPictureBlock
from home.blocks.text import TextBlock, sample_text

VIDEO_TYPES = {"mp4": "video/mp4", "webm": "video/webm"}
AUDIO_TYPES = {"mp3": "audio/mpeg", "m4a": "audio/mp4", "ogg": "audio/ogg"}


class DocumentBlock(blocks.StructBlock):
    document = DocumentChooserBlock(label=gettext_lazy("Document"))
    text = blocks.CharBlock(label=gettext_lazy("One sentence"), required=False, max_length=200)

    class Meta:
        icon = "doc-full"
        label = gettext_lazy("Document")
        group = WAYS
        template = "home/blocks/document.html"
        description = gettext_lazy("One file to download, with a sentence.")

    def get_preview_value(self):
        newest = get_document_model().objects.order_by("-pk").first()
        return self.normalize({"document": newest, "text": ""})


class DocumentListBlock(ChosenBlock):
    """Files to download, under one title."""

    chosen_in = "documents"
    title = blocks.CharBlock(label=gettext_lazy("Title"), required=False, max_length=120)
    documents = blocks.ListBlock(
        DocumentChooserBlock(label=gettext_lazy("Document")), label=gettext_lazy("Documents"),
        min_num=1, max_num=40,
    )  # fmt: skip

    class Meta:
        icon = "doc-full-inverse"
        label = gettext_lazy("List of documents")
        group = WAYS
        template = "home/blocks/documents.html"
        description = gettext_lazy("Several files to download, with kind and size.")

    def get_preview_value(self):
        newest = get_document_model().objects.order_by("-pk")[:3]
        return self.normalize({"title": _("Documents"), "documents": list(newest)})


class RecordingBlock(blocks.StructBlock):
    """What video and audio share: a file of our own with its words, or the address of one elsewhere. Abstract.

    Nothing is fetched from the other site: readers get a plain link and decide themselves.
    """

    types: dict[str, str] = {}

    title = blocks.CharBlock(label=gettext_lazy("Title"), max_length=160)
    file = DocumentChooserBlock(
        label=gettext_lazy("File"), required=False,
        help_text=gettext_lazy("Video: MP4 or WebM. Audio: MP3, M4A or OGG."),
    )  # fmt: skip
    address = blocks.CharBlock(
        label=gettext_lazy("or an address elsewhere"), required=False, max_length=300,
        help_text=gettext_lazy(
            "For example of a video on YouTube. It becomes a link: our pages load nothing from other sites."
        ),
    )  # fmt: skip
    transcript = TextBlock(
        label=gettext_lazy("Everything that is said, in writing"), required=False,
        help_text=gettext_lazy("Needed for a file of ours before the page is published: some readers do not hear."),
    )  # fmt: skip

    def get_context(self, value: Any, parent_context: Any = None) -> dict[str, Any]:
        """With `file` of an ending we play and its `media_type`, or `url` and `host` of a place elsewhere."""
        file = value.get("file")
        media_type = self.types.get(_ending(file)) if file else None
        url = value.get("address") or ""
        context = super().get_context(value, parent_context=parent_context)
        return {**context, "file": file if media_type else None, "media_type": media_type,
                "url": "" if media_type else url, "host": host_of(url)}  # fmt: skip

    def clean(self, value: Any) -> Any:
        """Refuse what could not be played, or could not be followed by those who do not hear it."""
        cleaned = super().clean(value)
        errors = {}
        if file := cleaned.get("file"):
            if _ending(file) not in self.types:
                kinds = ", ".join(self.types)
                errors["file"] = ValidationError(
                    _("Files of this kind cannot be played. Possible are: %(endings)s.") % {"endings": kinds}
                )
            elif not self.is_deferred_validation and not _has_words(cleaned.get("transcript")):
                errors["transcript"] = ValidationError(
                    _("Write down what is said, or describe what is heard.")
                )
        elif cleaned.get("address"):
            try:
                cleaned["address"] = checked_web_address(cleaned["address"])
            except ValidationError as error:
                errors["address"] = error
        elif not self.is_deferred_validation:
            errors["file"] = ValidationError(_("Choose a file, or give an address."))
        if errors:
            raise blocks.StructBlockValidationError(errors)
        return cleaned

    def get_preview_value(self):
        address = "https://video.example/"
        return self.normalize(
            {"title": _("A tour of the reading room"), "address": address, "transcript": sample_text()}
        )


class VideoBlock(RecordingBlock):
    types = VIDEO_TYPES

    captions = DocumentChooserBlock(
        label=gettext_lazy("Captions"), required=False,
        help_text=gettext_lazy("A file in WebVTT (.vtt) with what is said and when; upload it under Documents."),
    )  # fmt: skip
    poster = ChosenPictureBlock(label=gettext_lazy("Picture before it plays"), required=False)

    class Meta:
        icon = "media"
        label = gettext_lazy("Video")
        group = PICTURES
        template = "home/blocks/video.html"
        form_classname = "struct-block"
        description = gettext_lazy("A video with captions and its words in writing, or a link to one.")

    def clean(self, value: Any) -> Any:
        cleaned = super().clean(value)
        captions = cleaned.get("captions")
        if captions and _ending(captions) != "vtt":
            wrong = ValidationError(_("Captions are a file whose name ends in .vtt."))
            raise blocks.StructBlockValidationError({"captions": wrong})
        return cleaned


class AudioBlock(RecordingBlock):
    types = AUDIO_TYPES

    class Meta:
        icon = "media"
        label = gettext_lazy("Audio")
        group = PICTURES
        template = "home/blocks/audio.html"
        description = gettext_lazy("A recording with its words in writing, or a link to one.")


def _ending(document: Any) -> str:
    return PurePath(document.file.name or "").suffix.lower().lstrip(".")


def _has_words(text: Any) -> bool:
    from django.utils.html import strip_tags

    return bool(text and strip_tags(str(text.source)).strip())
