from django.urls import URLPattern, path, re_path

from resources.adding import views as adding_views
from resources.suggestions import views as suggestions_views

urlpatterns: list[URLPattern] = [
    path("suggest/", adding_views.suggest, name="suggest"),
    path("suggestions/", suggestions_views.own_list, name="suggestions"),
    path("suggestions/<int:pk>/", suggestions_views.suggestion, name="suggestion"),
    path("suggestions/<int:pk>/add/<slug:step>/", adding_views.step, name="add"),
    path("suggestions/<int:pk>/add/<slug:step>/autosave/", adding_views.autosave, name="add_autosave"),
    path("suggestions/<int:pk>/write/", suggestions_views.write, name="write"),
    path("suggestions/<int:pk>/write/autosave/", suggestions_views.autosave, name="autosave"),
    path("suggestions/<int:pk>/submit/", suggestions_views.submit, name="submit"),
    path("suggestions/<int:pk>/discard/", suggestions_views.discard, name="discard"),
    path("suggestions/<int:pk>/change/", suggestions_views.propose, name="propose"),
    path(
        "suggestions/<int:pk>/change/file/<slug:language>/",
        suggestions_views.propose_file,
        name="propose_file",
    ),
    path(
        "suggestions/<int:pk>/change/<int:change>/withdraw/",
        suggestions_views.withdraw_change,
        name="withdraw_change",
    ),
    re_path(
        r"^suggestions/(?P<pk>\d+)/(?P<act>answer|take-back|revise)/$",
        suggestions_views.act_on_suggestion,
        name="suggestion_act",
    ),
]
