from django.urls import path

from accounts.views import rights, tokens

app_name = "rights"
urlpatterns = [
    path("data/", rights.data, name="data"),
    path("data/export/", rights.copies, name="exports"),
    path("data/export/<int:pk>/", rights.copy, name="export"),
    path("data/delete/", rights.leave, name="delete"),
    path("tokens/", tokens.tokens, name="tokens"),
    path("tokens/new/", tokens.new, name="new_token"),
    path("tokens/<int:pk>/revoke/", tokens.revoke, name="revoke_token"),
]
