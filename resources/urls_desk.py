from django.urls import URLPattern, path, re_path

from resources import urls_files
from resources.adding import views as adding_views
from resources.cataloguing import views as cataloguing_views
from resources.curation import views as curation_views
from resources.curation import views_deciding as curation_views_deciding
from resources.curation.views_moves import MOVES

app_name = "resourcedesk"
urlpatterns: list[URLPattern] = [
    path("", curation_views.home, name="home"),
    path("new/", adding_views.new, name="new"),
    path("articles/", cataloguing_views.suggested_articles, name="suggested_articles"),
    path(
        "articles/<slug:instrument>/<int:number>/",
        cataloguing_views.suggested_for_article,
        name="suggested_for_article",
    ),
    path("changes/<int:pk>/", curation_views_deciding.change, name="change"),
    path("<int:pk>/", curation_views.record, name="record"),
    path("<int:pk>/add/<slug:step>/", adding_views.step, {"desk": True}, name="add"),
    path("<int:pk>/add/<slug:step>/autosave/", adding_views.autosave, {"desk": True}, name="add_autosave"),
    path("<int:pk>/edit/", curation_views.edit, name="edit"),
    path("<int:pk>/discard/", curation_views.discard, name="discard"),
    path("<int:pk>/take/", curation_views.take, name="take"),
    path("<int:pk>/put-back/", curation_views.put_back, name="put_back"),
    path("<int:pk>/assign/", curation_views.assign, name="assign"),
    path("<int:pk>/confirm/", curation_views.confirm, name="confirm"),
    *(path(f"<int:pk>/{verb}/", curation_views.make_move, {"verb": verb}, name=verb) for verb in MOVES),
    path("<int:pk>/split/", curation_views_deciding.split, name="split"),
    path("<int:pk>/merge/", curation_views_deciding.merge, name="merge"),
    path("<int:pk>/relate/", curation_views_deciding.relate, name="relate"),
    path("<int:pk>/stakeholders/", curation_views_deciding.credit, name="credit"),
    re_path(
        r"^(?P<pk>\d+)/(?P<link_kind>stakeholders|relations)/(?P<row>\d+)/take-out/$",
        curation_views_deciding.unlink,
        name="unlink",
    ),
    # files
    *urls_files.desk,
]
