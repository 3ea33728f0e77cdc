from django.conf import settings
from django.urls import path, register_converter

from portal import views
from portal.enums import SLUGS


class PageSlug:
    regex = "|".join(SLUGS)

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


register_converter(PageSlug, "page_slug")

app_name = "portal"
urlpatterns = [
    path("", views.home, name="home"),
    path("search/", views.search, name="search"),
    path("me/", views.me, name="me"),
    path("desk/", views.desk, name="desk"),
    path("<page_slug:slug>/", views.page, name="page"),
]
if settings.DEV_PAGES:
    urlpatterns += [path("dev/components/", views.components, name="components")]
