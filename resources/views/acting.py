"""What the views of the library share."""

from typing import Any, cast

from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from accounts.people.models import User
from core.text import whole
from resources.models import Resource


def actor_of(request: HttpRequest) -> User:
    """Who acts, on a page that asks to sign in."""
    return cast("User", request.user)


def must_curate(request: HttpRequest) -> None:
    if not request.user.has_perm("resources.curate_resources"):
        raise Http404


def for_desk(request: HttpRequest, pk: int, verb: str = "view") -> Resource:
    """A record with which the person may do this at the desk; for anybody else it is not there."""
    must_curate(request)
    rows = Resource.objects.visible_to(request.user).select_related("suggested_for", "merged_into")
    resource = get_object_or_404(rows, pk=pk)
    if not request.user.has_perm(f"resources.{verb}_resource", resource):
        raise Http404
    return resource


def act_page(request: HttpRequest, resource: Resource, form: Form, **more: Any) -> HttpResponse:
    """The one page on which the desk does something with a record."""
    context = {"resource": resource, "form": form, "seen": seen_version(request, resource), **more}
    return render(request, "resources/desk/act.html", context)


def seen_version(request: HttpRequest, resource: Resource) -> int:
    """The version that the person's page showed; one that cannot be read is nobody's."""
    text = request.POST.get("version", "") if request.method == "POST" else str(resource.version)
    return whole(text, -1)
