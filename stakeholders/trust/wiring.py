"""What the desk said about domains and sources, as sentences."""

from django.utils.translation import gettext_lazy as _

from audit.hooks import sentence
from core.desk_cards import desk_card
from stakeholders.trust.enums import Trust

sentence(
    "stakeholders.sourcetrust.give",
    _("%(actor)s decided how far a source is trusted: %(level)s"),
    labels={"level": dict(Trust.choices)},
)
sentence("stakeholders.sourcetrust.end", _("%(actor)s ended the decision about a source"))

sentence("stakeholders.domain_trusted", _("%(actor)s put the mail domain %(domain)s on the trusted list"))
sentence("stakeholders.domain_ended", _("%(actor)s removed the mail domain %(domain)s from the trusted list"))

desk_card(
    "vetting:domains",
    group="vetting",
    position=70,
    title=_("Trusted mail domains"),
    text=_("Whose applicants are promised a decision sooner."),
    permission="stakeholders.keep_domains",
)

desk_card(
    "vetting:sources",
    group="vetting",
    position=80,
    title=_("Trust in sources"),
    text=_("Who may publish stories and suggestions at once, and whose are held for review."),
    permission="stakeholders.trust_sources",
)
