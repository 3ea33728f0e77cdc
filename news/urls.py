from django.urls import URLPattern, path

from news.elsewhere import views as elsewhere_views
from news.images import views as images_views
from news.stories import views as stories_views
from news.stories import views_writing as stories_views_writing

app_name = "news"
urlpatterns: list[URLPattern] = [
    # stories
    path("", stories_views.story_list, name="list"),
    path("feed/", stories_views.feed, name="feed"),
    path("write/", stories_views_writing.write, name="write"),
    path("own/", stories_views_writing.own_list, name="own"),
    path("own/<int:pk>/", stories_views_writing.page, name="own_story"),
    path("own/<int:pk>/edit/", stories_views_writing.edit, name="own_edit"),
    path("own/<int:pk>/autosave/", stories_views_writing.autosave, name="autosave"),
    path("own/<int:pk>/submit/", stories_views_writing.submit, name="own_submit"),
    path("own/<int:pk>/revise/", stories_views_writing.revise, name="own_revise"),
    path("own/<int:pk>/discard/", stories_views_writing.discard, name="own_discard"),
    path("own/<int:pk>/withdraw/", stories_views_writing.withdraw, name="own_withdraw"),
    path("own/<int:pk>/change/", stories_views_writing.change, name="own_change"),
    path("own/<int:pk>/change/back/", stories_views_writing.take_back_change, name="own_change_back"),
    path("own/<int:pk>/translate/", stories_views_writing.translate, name="own_translate"),
    path("own/<int:pk>/images/", images_views.image_list, {"desk": False}, name="images"),
    path("own/<int:pk>/images/<int:image>/", images_views.image, {"desk": False}, name="image"),
    path(
        "own/<int:pk>/images/<int:image>/remove/", images_views.remove, {"desk": False}, name="image_remove"
    ),
    # elsewhere
    path("elsewhere/", elsewhere_views.link_list, name="elsewhere"),
    path("elsewhere/feed/", elsewhere_views.feed, name="elsewhere_feed"),
    path("elsewhere/<int:pk>/", elsewhere_views.link_page, name="elsewhere_link"),
    path("<int:pk>/", stories_views.by_number, name="by_number"),
    path("<int:pk>-<slug:slug>/", stories_views.story_page, name="story"),
]
