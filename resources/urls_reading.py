"""The library as its readers use it, for resources/urls.py to take in."""

from django.urls import path

from resources.views import collections, library, own, record

urlpatterns = [
    path("", library.resource_list, name="list"),
    path("feed/", library.feed, name="feed"),
    path("collections/", collections.collection_list, name="collections"),
    path("collections/new/", collections.begin, name="collection_new"),
    path("collections/<int:pk>/", collections.by_number, name="collection_by_number"),
    path("collections/<int:pk>/change/", collections.change, name="collection_change"),
    path("collections/<int:pk>/act/", collections.acts, name="collection_act"),
    path("collections/<int:pk>-<slug:slug>/", collections.collection, name="collection"),
    path("saved/", own.saved, name="saved"),
    path("saved/new/", own.save_search, name="save_search"),
    path("saved/<int:pk>/", own.saved_search, name="saved_search"),
    path("saved/<int:pk>/change/", own.edit_search, name="search_change"),
    path("saved/<int:pk>/forget/", own.forget_search, name="search_forget"),
    path("<int:pk>/bookmark/", own.bookmark, name="bookmark"),
    path("<int:pk>/collect/", collections.collect, name="collect"),
    path("<int:pk>/cite/<str:form>/", record.cite, name="cite"),
    path("<int:pk>/", record.by_number, name="by_number"),
    path("<int:pk>-<slug:slug>/", record.resource, name="resource"),
]
