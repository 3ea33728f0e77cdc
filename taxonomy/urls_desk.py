from django.urls import path

from taxonomy.sources import views

app_name = "sources"
urlpatterns = [
    path("", views.source_list, name="list"),
    path("<slug:code>/", views.source_page, name="source"),
    path("<slug:code>/fetch/", views.source_fetch, name="fetch"),
    path("<slug:code>/age/", views.source_age, name="age"),
    path("<slug:code>/confirm/", views.source_confirm, name="confirm"),
]
