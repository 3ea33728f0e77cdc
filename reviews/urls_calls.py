from django.urls import path

from reviews.views import contributing, contribution, receipts, signing

app_name = "calls"
urlpatterns = [
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
    path("receipts/<str:reference>/", receipts.receipt, name="receipt"),
    path("receipts/<str:reference>/text.txt", receipts.receipt_text, name="receipt_text"),
]
