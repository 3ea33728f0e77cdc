"""Public registers in the registries of the apps below."""

from django.utils.translation import gettext_lazy as _

from audit.hooks import sentence
from core.desk_cards import desk_card
from stakeholders.registers.enums import LeaveOutReason
from stakeholders.registers.models import Candidate

sentence(
    "stakeholders.imported",
    _(
        "%(actor)s imported unclaimed profiles from the source “%(source)s”: %(created)s "
        "new, %(changed)s changed, %(unchanged)s unchanged"
    ),
)
sentence(
    "stakeholders.removed_listed",
    _("%(actor)s removed %(count)s unclaimed profiles of the source “%(source)s”"),
)
sentence(
    "stakeholders.candidate_listed",
    _("%(actor)s checked an organization that a public source names, and listed it"),
)
sentence(
    "stakeholders.candidate_left_out",
    _("%(actor)s left an organization that a public source names out of the directory: %(reason)s"),
    labels={"reason": dict(LeaveOutReason.choices)},
)

desk_card(
    "vetting:listed",
    group="directory",
    position=30,
    title=_("Profiles from public sources"),
    text=_("Profiles listed from public sources, source by source, and how to remove them."),
    permission="stakeholders.remove_listed",
)
desk_card(
    "vetting:candidates",
    group="directory",
    position=25,
    title=_("Listings to check"),
    text=_("Organizations named by a public source. Check each one before it is listed."),
    permission="stakeholders.import_listed",
    count=lambda user: Candidate.objects.visible_to(user).waiting().count(),
)
