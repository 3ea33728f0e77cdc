"""Calls, screening and observations at the desk."""

app_name = "calldesk"
urlpatterns: list = []
