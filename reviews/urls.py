from django.urls import path

from reviews.corrections import views as corrections_views
from reviews.tracker import views as tracker_views

app_name = "reviews"
urlpatterns = [
    path("", tracker_views.tracker, name="list"),
    path("map/", tracker_views.tracker_map, name="map"),
    path("figures/", tracker_views.published_figures, name="figures"),
    path("tracker.<table:form>", tracker_views.tracker_file, name="file"),
    path("changes.atom", tracker_views.feed, name="feed"),
    path("<iso3:iso3>/", tracker_views.country_review, name="review"),
    path("<iso3:iso3>/deadlines.ics", tracker_views.deadlines_file, name="deadlines"),
    path("<iso3:iso3>/changes.atom", tracker_views.review_feed, name="review_feed"),
    path("<iso3:iso3>/correct/", corrections_views.correct, name="correct"),
    path("<iso3:iso3>/correct/sent/", corrections_views.correction_sent, name="corrected"),
]
