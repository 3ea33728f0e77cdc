app_name = "eventdesk"
urlpatterns = []
