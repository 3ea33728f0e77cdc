from django.urls import path

import taxonomy.places.converters  # noqa: F401  knows <iso3:…>
from reviews.views import country, tracker

app_name = "reviews"
urlpatterns = [
    path("", tracker.tracker, name="list"),
    path("map/", tracker.tracker_map, name="map"),
    path("figures/", tracker.published_figures, name="figures"),
    path("tracker.csv", tracker.tracker_file, name="file"),
    path("changes.atom", tracker.feed, name="feed"),
    path("<iso3:iso3>/", country.country_review, name="review"),
    path("<iso3:iso3>/deadlines.ics", country.deadlines_file, name="deadlines"),
    path("<iso3:iso3>/changes.atom", country.feed, name="review_feed"),
    path("<iso3:iso3>/correct/", country.correct, name="correct"),
    path("<iso3:iso3>/correct/sent/", country.corrected, name="corrected"),
]
