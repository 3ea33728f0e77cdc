"""Messages to many. Included twice, with {"hat": "regional"} and {"hat": "desk"}."""

from django.urls import URLPattern, path, re_path

from coordination.views import letter_sending, letters

app_name = "letters"
urlpatterns: list[URLPattern] = [
    path("", letters.home, name="home"),
    path("new/", letters.new, name="new"),
    path("limits/", letter_sending.set_limits, name="limits"),
    path("<int:pk>/", letters.letter, name="letter"),
    path("<int:pk>/to/", letters.audience, name="audience"),
    path("<int:pk>/edit/", letters.edit, name="edit"),
    path("<int:pk>/send/", letter_sending.send, name="send"),
    path("<int:pk>/discard/", letter_sending.discard, name="discard"),
    path("<int:pk>/decide/", letter_sending.decide, name="decide"),
    path("<int:pk>/preview/<slug:language>/", letters.preview, name="preview"),
    path("<int:pk>/preview/<slug:language>/mail/", letters.preview_mail, name="preview_mail"),
    re_path(r"^(?P<pk>\d+)/(?P<act>take_back|pause|resume|stop)/$", letter_sending.act_on, name="act"),
]
