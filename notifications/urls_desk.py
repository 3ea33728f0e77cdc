from django.urls import path

from notifications.views import desk, held

app_name = "desk_mail"
urlpatterns = [
    path("", desk.overview, name="list"),
    path("addresses/", held.addresses, name="addresses"),
    path("addresses/<int:pk>/lift/", held.lift_one, name="lift"),
    path("<int:pk>/", desk.message, name="message"),
    path("<int:pk>/resend/", desk.resend_one, name="resend"),
]
