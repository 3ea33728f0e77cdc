"""What happened to calls, contributions and observations, as sentences."""

from django.utils.translation import gettext_lazy as _

from audit.enums import Audience
from audit.hooks import sentence
from reviews.enums.contributions import Visibility
from stakeholders.hooks import sentences_of

for _name, _text in (
    ("draft", _("%(actor)s drafted the call")),
    ("change", _("%(actor)s changed the call (%(fields)s)")),
    ("translate", _("%(actor)s translated the call (%(language)s)")),
    ("hand_in", _("%(actor)s asked the desk to publish the call")),
):
    # Those who draft in a region read what became of their draft; nobody else is shown it.
    sentence(f"reviews.call.{_name}", _text, audience=Audience.SUBJECT)
for _name, _text in (
    ("summarize", _("%(actor)s wrote what was said")),
    ("follow_up", _("%(actor)s wrote what followed")),
    ("forget_follow_up", _("%(actor)s took back a line of what followed")),
):
    sentence(f"reviews.call.{_name}", _text)
sentence("reviews.contribution.check", _("%(actor)s held the contribution against the rules (%(rules)s)"))
sentence("reviews.call.publish", _("%(actor)s published the call"), audience=Audience.PUBLIC)
sentence("reviews.call.cancel", _("%(actor)s cancelled the call"), audience=Audience.PUBLIC)
sentence(
    "reviews.call.move_closing",
    _("%(actor)s moved the closing of the call to %(closes)s"),
    audience=Audience.PUBLIC,
)

for _name, _text in (
    ("submit", _("%(actor)s sent the contribution")),
    ("revise", _("%(actor)s took the contribution back to correct it")),
    ("start", _("%(actor)s started the screening")),
    ("return", _("%(actor)s returned the contribution with questions")),
    ("answer", _("%(actor)s answered what was asked")),
    ("publish", _("%(actor)s published the contribution")),
    ("keep", _("%(actor)s accepted the contribution for the desk only")),
    ("decline", _("%(actor)s declined the contribution")),
    ("hide", _("%(actor)s took the contribution out of public view")),
    ("withdraw", _("%(actor)s withdrew the contribution")),
    ("invite", _("%(actor)s asked another stakeholder to sign")),
    ("uninvite", _("%(actor)s took back the request to sign")),
    ("sign", _("%(actor)s signed the contribution")),
    ("unsign", _("%(actor)s answered that their stakeholder does not sign")),
):
    sentence(f"reviews.contribution.{_name}", _text, audience=Audience.SUBJECT)
sentences_of("reviews.contribution")
sentence(
    "reviews.contribution.narrow",
    _("%(actor)s chose who reads the contribution: %(visibility)s"),
    audience=Audience.SUBJECT,
    labels={"visibility": dict(Visibility.choices)},
)

for _name, _text in (
    ("record", _("%(actor)s recorded the observation")),
    ("change", _("%(actor)s changed the observation (%(fields)s)")),
    ("publish", _("%(actor)s published the observation")),
    ("unpublish", _("%(actor)s took the observation back")),
    ("split", _("%(actor)s split the observation into %(parts)s")),
    ("link", _("%(actor)s linked contributions to the observation")),
):
    sentence(f"reviews.observation.{_name}", _text)
