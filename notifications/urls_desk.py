from django.urls import path

from notifications.bounces import views as bounces_views
from notifications.delivery import views as delivery_views
from notifications.incoming import views as incoming_views

app_name = "desk_mail"
urlpatterns = [
    path("", delivery_views.overview, name="list"),
    path("addresses/", bounces_views.addresses, name="addresses"),
    path("addresses/<int:pk>/lift/", bounces_views.lift_one, name="lift"),
    path("incoming/", incoming_views.incoming, name="incoming"),
    path("incoming/<int:pk>/done/", incoming_views.done, name="incoming_done"),
    path("<int:pk>/", delivery_views.message, name="message"),
    path("<int:pk>/resend/", delivery_views.resend_one, name="resend"),
]
