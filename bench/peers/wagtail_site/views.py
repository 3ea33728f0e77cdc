"""A list of entries with words and filters; without numbers beside the choices, which its search lacks."""

from django.core.paginator import Paginator
from django.core.wsgi import get_wsgi_application
from django.shortcuts import render
from django.urls import path

application = get_wsgi_application()

from wagtail.search.backends import get_search_backend
from wagtail_site.models import Entry


def entries(request):
    filters = {name: request.GET[name] for name in ("kind", "country") if name in request.GET}
    matches = Entry.objects.filter(**filters)
    words = request.GET.get("q")
    matches = get_search_backend().search(words, matches) if words else matches.order_by("pk")
    page = Paginator(matches, 20).get_page(request.GET.get("page"))
    response = render(request, "entries.html", {"page": page, "words": words or "", "filters": filters})
    response["X-Found"] = page.paginator.count
    return response


urlpatterns = [path("", entries)]
