"""Calls, contributions and observations, as everybody and contributors meet them."""

app_name = "calls"
urlpatterns: list = []
