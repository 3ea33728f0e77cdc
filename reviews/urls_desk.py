from django.urls import path

from reviews.corrections import views as corrections_views
from reviews.imports import views as imports_views
from reviews.recording import views as recording_views

app_name = "reviews_desk"
urlpatterns = [
    path("", recording_views.home, name="home"),
    path("corrections/", corrections_views.correction_list, name="corrections"),
    path("corrections/<int:pk>/", corrections_views.correction_page, name="correction"),
    path("imports/", imports_views.import_list, name="imports"),
    path("imports/<slug:kind>.<table:form>", imports_views.template, name="import_template"),
    path("imports/<int:pk>/", imports_views.import_page, name="import"),
    path("imports/<int:pk>/discard/", imports_views.discard, name="discard"),
    path("imports/<int:pk>/undo/", imports_views.undo, name="undo"),
    path("<iso3:iso3>/", recording_views.country, name="country"),
    path("<iso3:iso3>/facts/", recording_views.facts, name="facts"),
    path("<iso3:iso3>/focal-point/", recording_views.focal_point, name="focal_point"),
    path("<iso3:iso3>/documents/add/", recording_views.document, name="document_add"),
    path("<iso3:iso3>/documents/<int:pk>/", recording_views.document, name="document"),
]
