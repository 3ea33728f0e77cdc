from django.urls import path

from reviews.call_pages import views as call_pages_views
from reviews.contributions import views as contributions_views
from reviews.contributions import views_receipts as contributions_views_receipts
from reviews.handouts import views as handouts_views
from reviews.moderation import views as moderation_views
from reviews.observations import views as observations_views
from reviews.signatures import views as signatures_views

app_name = "calls"
urlpatterns = [
    path("calls/", call_pages_views.call_list, name="list"),
    path("calls/open.atom", call_pages_views.feed, name="feed"),
    path("calls/closing.atom", call_pages_views.closing_feed, name="closing_feed"),
    path("calls/closings.ics", call_pages_views.closings_file, name="closings"),
    path("calls/prepare/", handouts_views.handout_list, name="handouts"),
    path("calls/prepare/<slug:slug>/", handouts_views.handout, name="handout"),
    path("calls/<int:pk>/", call_pages_views.call_page, name="call"),
    path("calls/<int:pk>/card-<slug:version>.png", call_pages_views.call_card, name="card"),
    path("calls/<int:pk>/closing.ics", call_pages_views.closing_file, name="closing"),
    path("observations/", observations_views.observation_list, name="observations"),
    path(
        "observations/observations.<table:form>",
        observations_views.observations_file,
        name="observations_file",
    ),
    path("calls/<int:pk>/contribute/", contributions_views.contribute, name="contribute"),
    path("contributions/<int:pk>/", contributions_views.contribution, name="contribution"),
    path("contributions/<int:pk>/write/", contributions_views.write, name="write"),
    path("contributions/<int:pk>/write/autosave/", contributions_views.autosave, name="autosave"),
    path("contributions/<int:pk>/check/", contributions_views.check, name="check"),
    path("contributions/<int:pk>/revise/", contributions_views.confirm, {"verb": "revise"}, name="revise"),
    path(
        "contributions/<int:pk>/withdraw/", contributions_views.confirm, {"verb": "withdraw"}, name="withdraw"
    ),
    path("contributions/<int:pk>/discard/", contributions_views.discard, name="discard"),
    path("contributions/<int:pk>/narrow/", contributions_views.narrow, name="narrow"),
    path("contributions/<int:pk>/signatures/", signatures_views.signatures, name="signatures"),
    path(
        "contributions/<int:pk>/signatures/<int:signature>/take-back/",
        signatures_views.take_back,
        name="take_back",
    ),
    path("signatures/<int:pk>/", signatures_views.sign, name="sign"),
    path("receipts/", contributions_views_receipts.receipts, name="receipts"),
    path("receipts/<slug:reference>/", contributions_views_receipts.receipt, name="receipt"),
    path(
        "receipts/<slug:reference>/text.txt", contributions_views_receipts.receipt_text, name="receipt_text"
    ),
    path("calls/rules/", moderation_views.rules, name="rules"),
]
