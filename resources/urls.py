from resources import urls_suggest

app_name = "resources"
urlpatterns = [
    # suggestions
    *urls_suggest.urlpatterns,
]
