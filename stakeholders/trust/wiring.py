"""What the desk said about domains and sources, as sentences."""

from django.utils.translation import gettext_lazy as _

from audit.hooks import sentence
from stakeholders.trust.enums import Trust

sentence(
    "stakeholders.sourcetrust.give",
    _("%(actor)s said how far a source is trusted: %(level)s"),
    labels={"level": dict(Trust.choices)},
)
sentence("stakeholders.sourcetrust.end", _("%(actor)s ended what was said about a source"))

sentence("stakeholders.domain_trusted", _("%(actor)s put the mail domain %(domain)s on the trusted list"))
sentence("stakeholders.domain_ended", _("%(actor)s took the mail domain %(domain)s off the trusted list"))
