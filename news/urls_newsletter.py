from django.urls import URLPattern, path

from news.views import newsletter, newsletter_subscribing

app_name = "newsletter"
urlpatterns: list[URLPattern] = [
    path("", newsletter.home, name="home"),
    path("feed/", newsletter.feed, name="feed"),
    path("asked/", newsletter_subscribing.asked, name="asked"),
    path("choices/", newsletter_subscribing.choices, name="choices"),
    path("mine/", newsletter_subscribing.mine, name="mine"),
    path("confirm/<str:token>/", newsletter_subscribing.confirm, name="confirm"),
    path("preferences/<str:token>/", newsletter_subscribing.preferences, name="preferences"),
    path("preferences/<str:token>/copy/", newsletter_subscribing.copy, name="copy"),
    path("leave/<str:token>/", newsletter_subscribing.leave, name="leave"),
    path("<int:pk>-<slug:slug>/", newsletter.issue, name="issue"),
    path("<int:pk>/", newsletter.issue, name="issue"),
]
