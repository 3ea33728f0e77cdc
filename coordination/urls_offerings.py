from django.urls import URLPattern, path

from coordination.offerings import views

app_name = "offerings"
urlpatterns: list[URLPattern] = [
    path("opportunities/<int:pk>/", views.offering_page, name="offering"),
    path("opportunities/suggestions/", views.own, name="own"),
    path("opportunities/suggest/", views.new, name="new"),
    path("opportunities/<int:pk>/write/", views.write, name="write"),
    path("opportunities/<int:pk>/autosave/", views.autosave, name="autosave"),
    path("opportunities/<int:pk>/check/", views.check, name="check"),
    path("opportunities/<int:pk>/discard/", views.discard, name="discard"),
    path("opportunities/<int:pk>/take-back/", views.take_back, name="take_back"),
    path("desk/coordination/opportunities/", views.desk, name="desk"),
    path("desk/coordination/opportunities/<int:pk>/publish/", views.publish, name="publish"),
    path("desk/coordination/opportunities/<int:pk>/<slug:name>/", views.decide, name="decide"),
]
