"""Messages to many. Included twice, with {"hat": "regional"} and {"hat": "desk"}."""

from django.urls import URLPattern, path, re_path

from coordination.mailings import views as mailings_views

app_name = "letters"
urlpatterns: list[URLPattern] = [
    path("", mailings_views.home, name="home"),
    path("new/", mailings_views.new, name="new"),
    path("limits/", mailings_views.set_limits, name="limits"),
    path("<int:pk>/", mailings_views.letter, name="letter"),
    path("<int:pk>/to/", mailings_views.audience, name="audience"),
    path("<int:pk>/edit/", mailings_views.edit, name="edit"),
    path("<int:pk>/send/", mailings_views.send, name="send"),
    path("<int:pk>/discard/", mailings_views.discard, name="discard"),
    path("<int:pk>/decide/", mailings_views.decide, name="decide"),
    path("<int:pk>/preview/<slug:language>/", mailings_views.preview, name="preview"),
    path("<int:pk>/preview/<slug:language>/mail/", mailings_views.preview_mail, name="preview_mail"),
    re_path(r"^(?P<pk>\d+)/(?P<act>take_back|pause|resume|stop)/$", mailings_views.act_on, name="act"),
]
