"""Members of entries, and the page of tasks, in the registries of the apps below."""

from django.utils.translation import gettext_lazy as _

from audit.enums import Audience
from audit.hooks import sentence
from core.help_places import help_at
from notifications.hooks import kind
from stakeholders.entries.enums import Listing, MemberRole
from stakeholders.entries.models import Stakeholder
from stakeholders.entries.rules import acts_for_somebody
from stakeholders.members import queries
from workflow.hooks import MyWork, my_work

ROLES = {"role": dict(MemberRole.choices)}

for _name, _text in (
    ("stakeholders.invited", _("%(actor)s invited a colleague as %(role)s")),
    ("stakeholders.invited_again", _("%(actor)s sent an invitation again")),
    ("stakeholders.invitation_declined", _("An invited person declined the invitation")),
    ("stakeholders.invitation_withdrawn", _("%(actor)s withdrew an invitation")),
    ("stakeholders.member_joined", _("%(actor)s accepted an invitation and joined as %(role)s")),
    (
        "stakeholders.role_changed",
        _("%(actor)s changed the role of a member from %(before_role)s to %(role)s"),
    ),
    ("stakeholders.member_removed", _("%(actor)s removed a member")),
    ("stakeholders.member_left", _("%(actor)s left")),
    ("stakeholders.member_shown", _("%(actor)s agreed to be named on the profile")),
    ("stakeholders.member_hidden", _("%(actor)s is no longer named on the profile")),
    ("stakeholders.edited", _("%(actor)s edited the profile")),
    ("stakeholders.listing_changed", _("%(actor)s changed who may find the profile: %(listing)s")),
    ("stakeholders.change_carried_out", _("%(actor)s approved the change; the profile shows it")),
    ("stakeholders.change_refused", _("%(actor)s declined the change; the profile is unchanged")),
    ("stakeholders.change_withdrawn", _("%(actor)s withdrew the change; the profile is unchanged")),
):
    sentence(
        _name,
        _text,
        audience=Audience.SUBJECT,
        labels={**ROLES, "before_role": ROLES["role"], "listing": dict(Listing.choices)},
    )

# --- Members and changes of entries in the registries of the apps below ------------------------------


for _name, _label, _essential, _among in (
    ("stakeholders.member_joined", _("A colleague has joined"), False, Stakeholder.objects.of_person),
    (
        "stakeholders.invitation_declined",
        _("An invited person declines"),
        False,
        Stakeholder.objects.of_person,
    ),
    ("stakeholders.member_left", _("A member has left"), False, Stakeholder.objects.of_person),
    ("stakeholders.role_changed", _("Your role was changed"), True, Stakeholder.objects.of_person),
    ("stakeholders.member_removed", _("Your membership was ended"), True, None),
    (
        "stakeholders.change_approved",
        _("A change of your profile was approved"),
        True,
        Stakeholder.objects.of_person,
    ),
    (
        "stakeholders.change_refused",
        _("A change of your profile was declined"),
        True,
        Stakeholder.objects.of_person,
    ),
):
    kind(
        _name,
        label=_label,
        group=_("Your organizations"),
        essential=_essential,
        among=_among,
        concerns=acts_for_somebody,
    )
my_work.register("stakeholders", MyWork(queries.my_rows, queries.my_work))

help_at("profile", "stakeholders")
help_at("profile#colleagues", "stakeholders:invite", "stakeholders:change_invitation", "stakeholders:member")
help_at("profile#leave", "stakeholders:leave")
