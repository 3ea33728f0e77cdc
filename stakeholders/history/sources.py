"""What the desk said about sources, as sentences."""

from django.utils.translation import gettext_lazy as _

from audit.hooks import sentence
from stakeholders.enums.sources import Trust

sentence(
    "stakeholders.sourcetrust.give",
    _("%(actor)s said how far a source is trusted: %(level)s"),
    labels={"level": dict(Trust.choices)},
)
sentence("stakeholders.sourcetrust.end", _("%(actor)s ended what was said about a source"))
