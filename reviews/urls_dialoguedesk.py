app_name = "dialoguedesk"
urlpatterns = []
