from resources import urls_files

app_name = "resourcedesk"
urlpatterns = [*urls_files.desk]
