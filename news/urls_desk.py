from django.urls import URLPattern, path

from news.curation import views as curation_views
from news.elsewhere import views as elsewhere_views
from news.images import views as images_views

app_name = "newsdesk"
urlpatterns: list[URLPattern] = [
    # stories
    path("", curation_views.home, name="home"),
    path("new/", curation_views.new, name="new"),
    path("changes/<int:pk>/", curation_views.change, name="change"),
    path("elsewhere/", elsewhere_views.desk_list, name="elsewhere"),
    path("elsewhere/new/", elsewhere_views.new, name="elsewhere_new"),
    path("elsewhere/<int:pk>/", elsewhere_views.edit, name="elsewhere_link"),
    path("elsewhere/<int:pk>/hide/", elsewhere_views.hide, name="elsewhere_hide"),
    path("elsewhere/<int:pk>/show/", elsewhere_views.show, name="elsewhere_show"),
    path("<int:pk>/", curation_views.page, name="story"),
    path("<int:pk>/edit/", curation_views.edit, name="edit"),
    path("<int:pk>/discard/", curation_views.discard, name="discard"),
    path("<int:pk>/translate/", curation_views.translate, name="translate"),
    path("<int:pk>/images/", images_views.image_list, {"desk": True}, name="images"),
    path("<int:pk>/images/<int:image>/", images_views.image, {"desk": True}, name="image"),
    path("<int:pk>/images/<int:image>/remove/", images_views.remove, {"desk": True}, name="image_remove"),
    path("<int:pk>/<slug:name>/", curation_views.act_on, name="act"),
]
