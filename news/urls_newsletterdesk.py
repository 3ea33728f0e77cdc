from django.urls import URLPattern, path, re_path

from news.views import newsletter_desk, newsletter_parts, newsletter_sending

app_name = "newsletterdesk"
urlpatterns: list[URLPattern] = [
    path("", newsletter_desk.home, name="home"),
    path("new/", newsletter_desk.new, name="new"),
    path("<int:pk>/", newsletter_desk.issue, name="issue"),
    path("<int:pk>/edit/", newsletter_desk.edit, name="edit"),
    path("<int:pk>/pick/", newsletter_parts.pick, name="pick"),
    path("<int:pk>/discard/", newsletter_desk.discard, name="discard"),
    path("<int:pk>/preview/<slug:language>/", newsletter_desk.preview, name="preview"),
    path("<int:pk>/preview/<slug:language>/mail/", newsletter_desk.preview_mail, name="preview_mail"),
    path("<int:pk>/test/", newsletter_sending.test, name="test"),
    path("<int:pk>/send/", newsletter_sending.send, name="send"),
    re_path(r"^(?P<pk>\d+)/(?P<act>unschedule|pause|resume)/$", newsletter_sending.act_on, name="act"),
    path("<int:pk>/sections/", newsletter_parts.add_section, name="add_section"),
    path("sections/<int:pk>/", newsletter_parts.section, name="section"),
    re_path(
        r"^sections/(?P<pk>\d+)/(?P<act>up|down|drop)/$", newsletter_parts.act_on_section, name="section_act"
    ),
    path("items/<int:pk>/", newsletter_parts.item, name="item"),
    re_path(r"^items/(?P<pk>\d+)/(?P<act>up|down|drop)/$", newsletter_parts.act_on_item, name="item_act"),
]
