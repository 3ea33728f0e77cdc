"""Files of an edition: added, replaced by a newer version, read again, taken away before anybody saw them."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.people.decorators import act_view, form_view, page_view
from accounts.people.requests import SignedIn
from core import scanning
from core.forms import refusal_on
from core.views import refusal_as_error
from resources.files import actions
from resources.files.enums import Scan
from resources.files.forms import FileForm
from resources.files.models import ResourceFile
from resources.files.queries import kept_files, newest_for
from resources.records.models import Edition


def _edition(request: HttpRequest, pk: int) -> Edition:
    """Return an edition whose files the person keeps. Raises Http404 for any other."""
    rows = Edition.objects.visible_to(request.user).select_related("resource", "language")
    edition = get_object_or_404(rows, pk=pk)
    if not request.user.has_perm("resources.file_resource", edition.resource):
        raise Http404
    return edition


def _file(request: HttpRequest, pk: int) -> ResourceFile:
    file = get_object_or_404(ResourceFile.objects.select_related("edition__resource"), pk=pk)
    _edition(request, file.edition_id)
    return file


@form_view(fresh=True)
def files(request: SignedIn, pk: int) -> HttpResponse:
    """Show the versions of one edition's file, their state, and the form for the next."""
    edition = _edition(request, pk)
    versions = kept_files(edition, request.user)
    form = FileForm(is_first=not versions)
    if request.method == "POST":
        form = FileForm(request.POST, request.FILES, is_first=not versions)
        if form.is_valid() and _take_if_allowed(request, edition, form):
            return redirect("resources:files", pk)
    at_desk = request.user.has_perm("resources.edit_resource", edition.resource)
    context = {
        "edition": edition,
        "up": reverse(
            "resourcedesk:record" if at_desk else "resources:suggestion", args=[edition.resource_id]
        ),
        "at_desk": at_desk,
        "resource": edition.resource,
        "files": versions,
        "form": form,
        "scans": scanning.is_set(),
        "failed_scan": Scan.FAILED,
        "is_published": edition.resource.published_at is not None,
    }
    page = "resources/files/files.html"
    if request.headers.get("HX-Target") == "files" and request.method == "GET":
        page += "#versions"
    return render(request, page, context)


def _take_if_allowed(request: SignedIn, edition: Edition, form: FileForm) -> bool:
    cleaned = form.cleaned_data
    with refusal_on(form):
        actions.take(edition, cleaned["upload"], actor=request.user, label=cleaned.get("label", ""))
        messages.success(request, _("The file is here. Its text is being read, so that searches find it."))
        return True
    return False


@act_view()
def read_again(request: SignedIn, pk: int) -> HttpResponse:
    file = _file(request, pk)
    actions.read_again(file, actor=request.user)
    messages.success(request, _("The file is being read again."))
    return redirect("resources:files", file.edition_id)


@act_view()
def remove(request: SignedIn, pk: int) -> HttpResponse:
    file = _file(request, pk)
    with refusal_as_error(request):
        actions.remove(file, actor=request.user)
        messages.success(request, _("The file is removed."))
    return redirect("resources:files", file.edition_id)


@page_view(public=True, fresh=True)
def download(request: HttpRequest, pk: int, language: str) -> HttpResponse:
    """Redirect the short address of a resource to the newest version of its file."""
    file: Any = newest_for(request.user, pk, language)
    if file is None:
        raise Http404
    query = "?download" if "download" in request.GET else ""
    return redirect(reverse("core:file", args=["resource", file.pk]) + query)
