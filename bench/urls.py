"""The portal's addresses, and the floors beside them: as views of the portal, behind the same middleware."""

from django.urls import include, path

from whatson.urls import *  # noqa: F403  the handlers and every address
from whatson.urls import urlpatterns as portal

urlpatterns = [path("floor/", include("bench.floors")), *portal]
