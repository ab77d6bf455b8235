"""The address of guarded files, and that of Wagtail's documents."""

from pathlib import Path

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe
from wagtail import hooks
from wagtail.documents import get_document_model
from wagtail.documents.models import document_served

from library.files.access import kinds, may_read
from library.files.serving import send_file


@require_safe
def guarded_file(request: HttpRequest, kind: str, pk: int, name: str) -> HttpResponseBase:
    """Send the file of an object to those who may read it; 403 to others, 404 for what is not there."""
    access = kinds().get(kind)
    if access is None:
        raise Http404
    obj = get_object_or_404(access.model._default_manager, pk=pk)
    file = access.file(obj)
    if not file or access.file_name(obj) != name:
        raise Http404
    if not may_read(request.user, obj):
        raise PermissionDenied
    return send_file(request, Path(file.path), name=name)


@require_safe
def document(request: HttpRequest, document_id: int, document_filename: str) -> HttpResponseBase:
    """Wagtail's documents, whose collections say who may read them, sent like all other files: in parts, too."""
    found = get_object_or_404(get_document_model(), pk=document_id)
    if found.filename != document_filename:
        raise Http404
    for hook in hooks.get_hooks("before_serve_document"):
        answer = hook(found, request)
        if isinstance(answer, HttpResponseBase):
            return answer
    document_served.send(sender=type(found), instance=found, request=request)
    return send_file(request, Path(found.file.path), name=found.filename)
