from django.urls import URLPattern

app_name = "eventdesk"
urlpatterns: list[URLPattern] = []
