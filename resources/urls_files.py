"""Files of resources, for resources/urls.py and resources/urls_desk.py to take in."""

from django.urls import path, re_path

from resources.files import views as files_views
from resources.links import views as links_views

urlpatterns = [
    re_path(r"^(?P<pk>\d{1,18})/(?P<language>[a-z]{2,3})/$", files_views.download, name="download"),
    path("editions/<int:pk>/files/", files_views.files, name="files"),
    path("files/<int:pk>/read-again/", files_views.read_again, name="file_read_again"),
    path("files/<int:pk>/remove/", files_views.remove, name="file_remove"),
]
desk = [path("links/", links_views.links, name="links")]
