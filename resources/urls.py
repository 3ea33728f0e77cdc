from resources import urls_files, urls_reading, urls_suggest

app_name = "resources"
urlpatterns = [
    # reading
    *urls_reading.urlpatterns,
    # suggestions
    *urls_suggest.urlpatterns,
    # files
    *urls_files.urlpatterns,
]
