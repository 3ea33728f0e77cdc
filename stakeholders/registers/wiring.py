"""Public registers in the registries of the apps below."""

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.people.enums import Role
from audit.hooks import sentence
from core.desk_cards import desk_card
from core.help_places import help_at
from stakeholders.entries.enums import Status
from stakeholders.registers.enums import CandidateStatus, LeaveOutReason
from stakeholders.registers.models import Candidate, EcosocName
from taxonomy.hooks import Place, Rows, Source, sources

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

NEVER = Q(pk__in=())  # a decision of the past does not get old

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
)

sources.register(
    "organizations",
    Source(
        position=30,
        title=_("Organizations that public sources name"),
        text=_("Those with which the directory begins: listed, or waiting for a check."),
        terms=_("The Registry is in the public domain (CC0). The grants list has the MIT licence."),
        rows=lambda user: [
            Rows(
                Candidate.objects.visible_to(user),
                day="stakeholder__source_date",
                edited=Q(decided_by__isnull=False),
                gone=Q(is_in_file=False),
                waiting=Q(status=CandidateStatus.WAITING),
                dated=Q(stakeholder__status=Status.LISTED),
                confirms=True,
                page=lambda row: reverse("vetting:candidate", args=[row.pk]),
            )
        ],
        permission="stakeholders.import_listed",
        places=(
            Place(_("Check the listings"), "vetting:candidates", "stakeholders.import_listed"),
            Place(_("Remove a source"), "vetting:listed", "stakeholders.remove_listed"),
        ),
        months=12,
    ),
)
sources.register(
    "ecosoc",
    Source(
        position=110,
        title=_("Consultative status with ECOSOC"),
        text=_("Decisions of the Committee on Non-Governmental Organizations. Only those who vet see it."),
        terms=_("MIT licence, C. V. Steinert."),
        address="https://github.com/christophsteinert/ECOSOC_Status",
        permission="stakeholders.screen",
        rows=lambda user: [Rows(EcosocName.objects.visible_to(user), day="decided_on", dated=NEVER)],
        keeper=Role.VETTING,
    ),
)

help_at("imports#listings", "stakeholders.registers")
