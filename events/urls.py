from django.urls import path

from events.views import proposal, proposing

app_name = "events"
urlpatterns = [
    # proposals
    path("<int:pk>-<slug:slug>/propose/", proposing.propose, name="propose"),
    path("proposals/<int:pk>/", proposal.proposal, name="proposal"),
    path("proposals/<int:pk>/write/", proposing.write, name="write_proposal"),
    path("proposals/<int:pk>/write/autosave/", proposing.autosave, name="autosave_proposal"),
    path("proposals/<int:pk>/check/", proposing.check, name="check_proposal"),
    path("proposals/<int:pk>/authorize/", proposal.authorize, name="authorize_proposal"),
    path("proposals/<int:pk>/revise/", proposal.confirm, {"verb": "revise"}, name="revise_proposal"),
    path("proposals/<int:pk>/withdraw/", proposal.confirm, {"verb": "withdraw"}, name="withdraw_proposal"),
    path("proposals/<int:pk>/cancel/", proposal.confirm, {"verb": "cancel"}, name="cancel_proposal"),
    path("proposals/<int:pk>/discard/", proposal.confirm, {"verb": "discard"}, name="discard_proposal"),
    path("proposals/<int:pk>/organizers/", proposal.organizers, name="organizers"),
    path("proposals/<int:pk>/organizers/<int:partner>/take-back/", proposal.take_back, name="take_back"),
    path("proposals/<int:pk>/speakers/<int:speaker>/ask/", proposal.ask_speaker, name="ask_speaker"),
    path("proposals/<int:pk>/receipts/<str:reference>/", proposal.receipt, name="proposal_receipt"),
    path(
        "proposals/<int:pk>/receipts/<str:reference>/text.txt",
        proposal.receipt_text,
        name="proposal_receipt_text",
    ),
    path("partners/<int:pk>/", proposal.partner, name="partner"),
    path("speakers/<str:token>/", proposal.speaker, name="speaker"),
    path("mergers/<int:pk>/<int:side>/", proposal.merger, name="merger"),
]
