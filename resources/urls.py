from resources import urls_files, urls_suggest

app_name = "resources"
urlpatterns = [
    # suggestions
    *urls_suggest.urlpatterns,
    # files
    *urls_files.urlpatterns,
]
