from django.urls import path

from reviews.views import (
    calls,
    contributing,
    contribution,
    handouts,
    observations,
    receipts,
    screening,
    signing,
)

app_name = "calls"
urlpatterns = [
    path("calls/", calls.call_list, name="list"),
    path("calls/open.atom", calls.feed, name="feed"),
    path("calls/closing.atom", calls.closing_feed, name="closing_feed"),
    path("calls/closings.ics", calls.closings_file, name="closings"),
    path("calls/prepare/", handouts.handout_list, name="handouts"),
    path("calls/prepare/<slug:slug>/", handouts.handout, name="handout"),
    path("calls/<int:pk>/", calls.call_page, name="call"),
    path("calls/<int:pk>/closing.ics", calls.closing_file, name="closing"),
    path("observations/", observations.observation_list, name="observations"),
    path("observations/observations.csv", observations.observations_file, name="observations_file"),
    path("calls/<int:pk>/contribute/", contributing.contribute, name="contribute"),
    path("contributions/<int:pk>/", contribution.contribution, name="contribution"),
    path("contributions/<int:pk>/write/", contributing.write, name="write"),
    path("contributions/<int:pk>/write/autosave/", contributing.autosave, name="autosave"),
    path("contributions/<int:pk>/check/", contributing.check, name="check"),
    path("contributions/<int:pk>/revise/", contribution.confirm, {"verb": "revise"}, name="revise"),
    path("contributions/<int:pk>/withdraw/", contribution.confirm, {"verb": "withdraw"}, name="withdraw"),
    path("contributions/<int:pk>/discard/", contribution.discard, name="discard"),
    path("contributions/<int:pk>/narrow/", contribution.narrow, name="narrow"),
    path("contributions/<int:pk>/signatures/", signing.signatures, name="signatures"),
    path("contributions/<int:pk>/signatures/<int:signature>/take-back/", signing.take_back, name="take_back"),
    path("signatures/<int:pk>/", signing.sign, name="sign"),
    path("receipts/", receipts.receipts, name="receipts"),
    path("receipts/<slug:reference>/", receipts.receipt, name="receipt"),
    path("receipts/<slug:reference>/text.txt", receipts.receipt_text, name="receipt_text"),
    path("calls/rules/", screening.rules, name="rules"),
]
