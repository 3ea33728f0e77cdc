from django.urls import path

from accounts.data_rights import views as data_rights_views
from accounts.tokens import views as tokens_views

app_name = "rights"
urlpatterns = [
    path("data/", data_rights_views.data, name="data"),
    path("data/export/", data_rights_views.copies, name="exports"),
    path("data/export/<int:pk>/", data_rights_views.copy, name="export"),
    path("data/delete/", data_rights_views.leave, name="delete"),
    path("tokens/", tokens_views.tokens, name="tokens"),
    path("tokens/new/", tokens_views.new, name="new_token"),
    path("tokens/<int:pk>/revoke/", tokens_views.revoke, name="revoke_token"),
]
