from resources import urls_files, urls_reading

app_name = "resources"
urlpatterns = [*urls_reading.urlpatterns, *urls_files.urlpatterns]
