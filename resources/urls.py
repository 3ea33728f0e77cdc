from resources import urls_files

app_name = "resources"
urlpatterns = [*urls_files.urlpatterns]
