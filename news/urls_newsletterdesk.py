from django.urls import URLPattern, path, re_path

from news.newsletter import views_desk as newsletter_views_desk

app_name = "newsletterdesk"
urlpatterns: list[URLPattern] = [
    path("", newsletter_views_desk.home, name="home"),
    path("new/", newsletter_views_desk.new, name="new"),
    path("<int:pk>/", newsletter_views_desk.issue, name="issue"),
    path("<int:pk>/edit/", newsletter_views_desk.edit, name="edit"),
    path("<int:pk>/pick/", newsletter_views_desk.pick, name="pick"),
    path("<int:pk>/discard/", newsletter_views_desk.discard, name="discard"),
    path("<int:pk>/preview/<slug:language>/", newsletter_views_desk.preview, name="preview"),
    path("<int:pk>/preview/<slug:language>/mail/", newsletter_views_desk.preview_mail, name="preview_mail"),
    path("<int:pk>/order/", newsletter_views_desk.arrange, name="arrange"),
    path("<int:pk>/approve/", newsletter_views_desk.approve, name="approve"),
    path("<int:pk>/test/", newsletter_views_desk.test, name="test"),
    path("<int:pk>/send/", newsletter_views_desk.send, name="send"),
    re_path(r"^(?P<pk>\d+)/(?P<act>ask|unschedule|pause|resume)/$", newsletter_views_desk.act_on, name="act"),
    path("<int:pk>/sections/", newsletter_views_desk.add_section, name="add_section"),
    path("sections/<int:pk>/", newsletter_views_desk.section, name="section"),
    path("sections/<int:pk>/drop/", newsletter_views_desk.drop_section, name="drop_section"),
    path("items/<int:pk>/", newsletter_views_desk.item, name="item"),
    path("items/<int:pk>/drop/", newsletter_views_desk.drop_item, name="drop_item"),
]
