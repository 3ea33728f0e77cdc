"""What happened to resources, as sentences."""

from django.utils.translation import gettext_lazy as _

from audit.enums import Audience
from audit.hooks import sentence
from resources.enums import Audience as Readers
from resources.enums import RefusalReason, WithdrawalReason

sentence("resources.resource.write", _("%(actor)s began the record"))
sentence("resources.resource.edit", _("%(actor)s changed the record (%(fields)s)"))
sentence("resources.resource.split", _("%(actor)s split a second record off, number %(into)s"))
sentence("resources.resource.suggest", _("%(actor)s began a suggestion"), audience=Audience.SUBJECT)
sentence("resources.resource.trusted", _("Published at once, as its source is trusted (%(level)s)"))
sentence("resources.resource.confirm", _("%(actor)s looked at what was published at once, and left it"))
for _name, _text in (
    ("submit", _("%(actor)s sent the suggestion to the desk")),
    ("resubmit", _("%(actor)s sent the answers")),
    ("take_back", _("%(actor)s took the suggestion back")),
    ("revise", _("%(actor)s took the suggestion up again")),
    ("hold", _("%(actor)s put it on hold")),
    ("resume", _("%(actor)s took it up again")),
    ("merge", _("%(actor)s merged it into another record")),
):
    sentence(f"resources.resource.{_name}", _text, audience=Audience.SUBJECT)
sentence(
    "resources.resource.refuse",
    _("%(actor)s did not take it: %(reason)s"),
    audience=Audience.SUBJECT,
    labels={"reason": dict(RefusalReason.choices)},
)
for _name, _text in (
    ("post", _("%(actor)s published the resource")),
    ("publish", _("%(actor)s published the resource")),
    ("archive", _("%(actor)s archived the resource")),
    ("restore", _("%(actor)s published the resource again")),
):
    sentence(f"resources.resource.{_name}", _text, audience=Audience.PUBLIC)
sentence(
    "resources.resource.withdraw",
    _("%(actor)s withdrew the resource: %(reason)s"),
    audience=Audience.PUBLIC,
    labels={"reason": dict(WithdrawalReason.choices)},
)
for _name, _text in (
    ("split_off", _("Split off record number %(source)s by %(actor)s")),
    ("assign", _("%(actor)s gave the work to a colleague")),
    ("relate", _("%(actor)s related it to record number %(other)s")),
    ("unrelate", _("%(actor)s took out the relation to record number %(other)s")),
    ("credit", _("%(actor)s named stakeholder number %(stakeholder)s")),
    ("uncredit", _("%(actor)s took out stakeholder number %(stakeholder)s")),
):
    sentence(f"resources.resource.{_name}", _text)
sentence(
    "resources.resource.add_file",
    _("%(actor)s added a file (%(language)s, version %(number)s)"),
    audience=Audience.SUBJECT,
)
sentence("resources.resource.remove_file", _("%(actor)s removed a file (%(language)s, version %(number)s)"))
sentence("resources.resource.infected", _("A virus was found in a file (%(language)s, version %(number)s)"))

# --- Collections ------------------------------------------------------------------------------------------
sentence("resources.collection.begin", _("%(actor)s began the collection"), audience=Audience.SUBJECT)
sentence("resources.collection.change", _("%(actor)s changed the collection"), audience=Audience.SUBJECT)
sentence(
    "resources.collection.publish",
    _("%(actor)s published the collection (%(audience)s)"),
    audience=Audience.SUBJECT,
    labels={"audience": dict(Readers.choices)},
)
sentence(
    "resources.collection.take_down",
    _("%(actor)s made the collection a draft again"),
    audience=Audience.SUBJECT,
)
