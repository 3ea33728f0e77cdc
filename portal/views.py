"""Pages that belong to no single area."""

from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.templatetags.static import static
from django.urls import reverse
from django.utils.cache import patch_vary_headers
from django.utils.translation import get_language, get_language_from_request
from django.views.decorators.http import require_safe

from core.text import to_html
from portal.models import Page


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    return render(request, "portal/home.html", {})


@require_safe
def search(request: HttpRequest) -> HttpResponse:
    return render(request, "portal/search.html", {"q": request.GET.get("q", "")})


@require_safe
@login_required
def me(request: HttpRequest) -> HttpResponse:
    return render(request, "portal/me.html", {})


@require_safe
@login_required
def desk(request: HttpRequest) -> HttpResponse:
    if not request.user.is_desk:
        raise Http404
    return render(request, "portal/desk.html", {})


@require_safe
def page(request: HttpRequest, slug: str) -> HttpResponse:
    text = Page.objects.visible_to(request.user).filter(slug=slug).in_language(get_language()).first()
    if text is None:
        raise Http404
    return render(request, "portal/page.html", {"page": text, "body": to_html(text.body)})


@require_safe
def components(request: HttpRequest) -> HttpResponse:
    return render(request, "portal/components.html", {})


@require_safe
def root(request: HttpRequest) -> HttpResponse:
    """The bare address: on to the reader's language."""
    response = redirect(f"/{get_language_from_request(request)}/")
    patch_vary_headers(response, ["Accept-Language", "Cookie"])
    return response


@require_safe
def favicon(request: HttpRequest) -> HttpResponse:
    return redirect(static("img/favicon.svg"), permanent=True)


@require_safe
def change_password(request: HttpRequest) -> HttpResponse:
    return redirect(reverse("account_change_password"))
