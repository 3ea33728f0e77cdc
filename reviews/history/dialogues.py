"""What happened to dialogues and applications to them, as sentences."""

from django.utils.translation import gettext_lazy as _

from audit.enums import Audience
from audit.hooks import sentence
from reviews.enums.dialogues import REASONS

for _name, _text in (
    ("write", _("%(actor)s wrote the call of the dialogue")),
    ("change", _("%(actor)s changed the call of the dialogue (%(fields)s)")),
    ("list", _("%(actor)s made a list of %(number)s applications for the Extended Bureau")),
    ("answer", _("%(actor)s took over the answer of the Extended Bureau (%(number)s rows)")),
    ("release", _("%(actor)s released %(number)s decisions")),
    ("order", _("%(actor)s set the order of speakers")),
    ("count", _("%(actor)s wrote how many attended")),
    ("erase", _("The sensitive answers of %(number)s applications were erased")),
    ("silence", _("The promised day passed; %(number)s applicants were told")),
):
    sentence(f"reviews.dialogue.{_name}", _text)
for _name, _text in (
    ("promise", _("%(actor)s promised the decisions by %(day)s")),
    ("summarize", _("%(actor)s published the chair's summary")),
):
    sentence(f"reviews.dialogue.{_name}", _text, audience=Audience.PUBLIC)

for _name, _text in (
    ("submit", _("%(actor)s sent the application")),
    ("shortlist", _("%(actor)s put the application on the shortlist")),
    ("unlist", _("%(actor)s took the application off the shortlist")),
    ("pass", _("%(actor)s sent the application to the Extended Bureau")),
    ("accept", _("The application was accepted")),
    ("wait", _("The application was put on the waiting list")),
    ("refuse", _("The application was not accepted by the Extended Bureau")),
    ("decline", _("%(actor)s did not accept the application")),
    ("reopen", _("%(actor)s considers the application again")),
    ("offer", _("A place was offered until %(until)s")),
    ("take", _("%(actor)s took the place")),
    ("expire", _("The waiting ended")),
    ("withdraw", _("%(actor)s withdrew the application")),
    ("ask_reason", _("%(actor)s asked that the class of reason be stated")),
    ("state_reason", _("The class of reason was stated")),
    ("ask_again", _("%(actor)s asked for reconsideration")),
    ("uphold", _("%(actor)s looked again and left the decision as it was")),
    ("speak", _("%(actor)s sent a statement")),
    ("check", _("%(actor)s checked the statement")),
    ("return", _("%(actor)s returned the statement")),
):
    sentence(f"reviews.dialogueline.{_name}", _text, audience=Audience.SUBJECT, labels={"reason": REASONS})
sentence(
    "reviews.dialogueapplication.ask_to_confirm",
    _("%(actor)s asked a colleague to confirm the application"),
    audience=Audience.SUBJECT,
)
sentence("reviews.dialogueline.object", _("%(actor)s recorded an objection"))
