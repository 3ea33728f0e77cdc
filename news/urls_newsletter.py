from django.urls import URLPattern, path

from news.newsletter import views as newsletter_views

app_name = "newsletter"
urlpatterns: list[URLPattern] = [
    path("", newsletter_views.home, name="home"),
    path("feed/", newsletter_views.feed, name="feed"),
    path("asked/", newsletter_views.asked_page, name="asked"),
    path("choices/", newsletter_views.choices, name="choices"),
    path("mine/", newsletter_views.mine, name="mine"),
    path("confirm/<str:token>/", newsletter_views.confirm, name="confirm"),
    path("preferences/<str:token>/", newsletter_views.preferences, name="preferences"),
    path("preferences/<str:token>/copy/", newsletter_views.copy, name="copy"),
    path("leave/<str:token>/", newsletter_views.leave, name="leave"),
    path("<int:pk>-<slug:slug>/", newsletter_views.issue, name="issue"),
    path("<int:pk>/", newsletter_views.issue, name="issue"),
]
