from django.urls import URLPattern, path, re_path

from resources import urls_files
from resources.views import deciding, desk

app_name = "resourcedesk"
urlpatterns: list[URLPattern] = [
    path("", desk.home, name="home"),
    path("new/", desk.new, name="new"),
    path("changes/<int:pk>/", deciding.change, name="change"),
    path("<int:pk>/", desk.record, name="record"),
    path("<int:pk>/edit/", desk.edit, name="edit"),
    path("<int:pk>/discard/", desk.discard, name="discard"),
    path("<int:pk>/take/", desk.take, name="take"),
    path("<int:pk>/put-back/", desk.put_back, name="put_back"),
    path("<int:pk>/assign/", desk.assign, name="assign"),
    path("<int:pk>/confirm/", desk.confirm, name="confirm"),
    path("<int:pk>/publish/", deciding.publish, name="publish"),
    path("<int:pk>/hold/", deciding.hold, name="hold"),
    path("<int:pk>/resume/", deciding.plain, {"verb": "resume"}, name="resume"),
    path("<int:pk>/refuse/", deciding.refuse, name="refuse"),
    path("<int:pk>/archive/", deciding.plain, {"verb": "archive"}, name="archive"),
    path("<int:pk>/restore/", deciding.plain, {"verb": "restore"}, name="restore"),
    path("<int:pk>/withdraw/", deciding.withdraw, name="withdraw"),
    path("<int:pk>/split/", deciding.split, name="split"),
    path("<int:pk>/merge/", deciding.merge, name="merge"),
    path("<int:pk>/relate/", deciding.relate, name="relate"),
    path("<int:pk>/stakeholders/", deciding.credit, name="credit"),
    re_path(
        r"^(?P<pk>\d+)/(?P<what>stakeholders|relations)/(?P<row>\d+)/take-out/$",
        deciding.unlink,
        name="unlink",
    ),
    # files
    *urls_files.desk,
]
