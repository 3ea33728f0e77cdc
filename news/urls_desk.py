from django.urls import URLPattern, path

from news.views import desk, images

app_name = "newsdesk"
urlpatterns: list[URLPattern] = [
    # stories
    path("", desk.home, name="home"),
    path("new/", desk.new, name="new"),
    path("changes/<int:pk>/", desk.change, name="change"),
    path("<int:pk>/", desk.page, name="story"),
    path("<int:pk>/edit/", desk.edit, name="edit"),
    path("<int:pk>/discard/", desk.discard, name="discard"),
    path("<int:pk>/translate/", desk.translate, name="translate"),
    path("<int:pk>/images/", images.image_list, {"desk": True}, name="images"),
    path("<int:pk>/images/<int:image>/", images.image, {"desk": True}, name="image"),
    path("<int:pk>/images/<int:image>/remove/", images.remove, {"desk": True}, name="image_remove"),
    path("<int:pk>/<slug:name>/", desk.act_on, name="act"),
]
