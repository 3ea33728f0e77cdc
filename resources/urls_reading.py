"""The library as its readers use it, for resources/urls.py to take in."""

from django.urls import path

from resources.bookmarks import views as bookmarks_views
from resources.collections import views as collections_views
from resources.library import views as library_views
from resources.library import views_record as library_views_record

urlpatterns = [
    path("", library_views.resource_list, name="list"),
    path("feed/", library_views.feed, name="feed"),
    path("collections/", collections_views.collection_list, name="collections"),
    path("collections/new/", collections_views.begin, name="collection_new"),
    path("collections/<int:pk>/", collections_views.by_number, name="collection_by_number"),
    path("collections/<int:pk>/change/", collections_views.change, name="collection_change"),
    path("collections/<int:pk>/act/", collections_views.acts, name="collection_act"),
    path("collections/<int:pk>-<slug:slug>/", collections_views.collection, name="collection"),
    path("saved/", bookmarks_views.show_saved, name="saved"),
    path("saved/new/", bookmarks_views.save_search, name="save_search"),
    path("saved/<int:pk>/", bookmarks_views.saved_search, name="saved_search"),
    path("saved/<int:pk>/change/", bookmarks_views.edit_search, name="search_change"),
    path("saved/<int:pk>/forget/", bookmarks_views.forget_search, name="search_forget"),
    path("<int:pk>/bookmark/", bookmarks_views.bookmark, name="bookmark"),
    path("<int:pk>/collect/", collections_views.collect, name="collect"),
    path("<int:pk>/cite/<str:form>/", library_views_record.cite, name="cite"),
    path("<int:pk>/", library_views_record.by_number, name="by_number"),
    path("<int:pk>/card-<slug:version>.png", library_views_record.record_card, name="card"),
    path("<int:pk>-<slug:slug>/", library_views_record.resource, name="resource"),
]
