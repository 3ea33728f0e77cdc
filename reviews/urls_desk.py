from django.urls import path

import taxonomy.places.converters  # noqa: F401  knows <iso3:…>
from reviews.views import corrections, desk, imports

app_name = "reviews_desk"
urlpatterns = [
    path("", desk.home, name="home"),
    path("corrections/", corrections.correction_list, name="corrections"),
    path("corrections/<int:pk>/", corrections.correction_page, name="correction"),
    path("imports/", imports.import_list, name="imports"),
    path("imports/<int:pk>/", imports.import_page, name="import"),
    path("imports/<int:pk>/discard/", imports.discard, name="discard"),
    path("<iso3:iso3>/", desk.country, name="country"),
    path("<iso3:iso3>/facts/", desk.facts, name="facts"),
    path("<iso3:iso3>/focal-point/", desk.focal_point, name="focal_point"),
    path("<iso3:iso3>/documents/add/", desk.document, name="document_add"),
    path("<iso3:iso3>/documents/<int:pk>/", desk.document, name="document"),
]
