"""Files of resources, for resources/urls.py and resources/urls_desk.py to take in."""

from django.urls import path, re_path

from resources.views import files, links

urlpatterns = [
    re_path(r"^(?P<pk>\d{1,18})/(?P<language>[a-z]{2,3})/$", files.download, name="download"),
    path("editions/<int:pk>/files/", files.files, name="files"),
    path("files/<int:pk>/read-again/", files.read_again, name="file_read_again"),
    path("files/<int:pk>/remove/", files.remove, name="file_remove"),
]
desk = [path("links/", links.links, name="links")]
