from django.urls import URLPattern, path, re_path

from resources.views import suggesting

urlpatterns: list[URLPattern] = [
    path("suggest/", suggesting.suggest, name="suggest"),
    path("suggestions/", suggesting.own_list, name="suggestions"),
    path("suggestions/<int:pk>/", suggesting.suggestion, name="suggestion"),
    path("suggestions/<int:pk>/write/", suggesting.write, name="write"),
    path("suggestions/<int:pk>/write/autosave/", suggesting.autosave, name="autosave"),
    path("suggestions/<int:pk>/submit/", suggesting.submit, name="submit"),
    path("suggestions/<int:pk>/discard/", suggesting.discard, name="discard"),
    path("suggestions/<int:pk>/change/", suggesting.propose, name="propose"),
    path("suggestions/<int:pk>/change/file/<slug:language>/", suggesting.propose_file, name="propose_file"),
    path(
        "suggestions/<int:pk>/change/<int:change>/withdraw/",
        suggesting.withdraw_change,
        name="withdraw_change",
    ),
    re_path(
        r"^suggestions/(?P<pk>\d+)/(?P<what>answer|take-back|revise)/$", suggesting.do, name="suggestion_act"
    ),
]
