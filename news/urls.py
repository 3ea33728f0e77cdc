from django.urls import URLPattern, path

from news.views import images, own, stories

app_name = "news"
urlpatterns: list[URLPattern] = [
    # stories
    path("", stories.story_list, name="list"),
    path("feed/", stories.feed, name="feed"),
    path("write/", own.write, name="write"),
    path("own/", own.own_list, name="own"),
    path("own/<int:pk>/", own.page, name="own_story"),
    path("own/<int:pk>/edit/", own.edit, name="own_edit"),
    path("own/<int:pk>/autosave/", own.autosave, name="autosave"),
    path("own/<int:pk>/submit/", own.submit, name="own_submit"),
    path("own/<int:pk>/revise/", own.revise, name="own_revise"),
    path("own/<int:pk>/discard/", own.discard, name="own_discard"),
    path("own/<int:pk>/withdraw/", own.withdraw, name="own_withdraw"),
    path("own/<int:pk>/change/", own.change, name="own_change"),
    path("own/<int:pk>/change/back/", own.take_back_change, name="own_change_back"),
    path("own/<int:pk>/translate/", own.translate, name="own_translate"),
    path("own/<int:pk>/images/", images.image_list, {"desk": False}, name="images"),
    path("own/<int:pk>/images/<int:image>/", images.image, {"desk": False}, name="image"),
    path("own/<int:pk>/images/<int:image>/remove/", images.remove, {"desk": False}, name="image_remove"),
    path("<int:pk>/", stories.by_number, name="by_number"),
    path("<int:pk>-<slug:slug>/", stories.story_page, name="story"),
]
