"""Members of a stakeholder and changes of its entry, as sentences."""

from django.utils.translation import gettext_lazy as _

from audit.enums import Audience
from audit.hooks import sentence
from stakeholders.enums import Listing, MemberRole

ROLES = {"role": dict(MemberRole.choices)}

for _name, _text in (
    ("invited", _("%(actor)s invited a colleague as %(role)s")),
    ("invited_again", _("%(actor)s sent an invitation again")),
    ("invitation_declined", _("An invited person declined the invitation")),
    ("invitation_withdrawn", _("%(actor)s withdrew an invitation")),
    ("member_joined", _("%(actor)s accepted an invitation and joined as %(role)s")),
    ("role_changed", _("%(actor)s changed the role of a member from %(before_role)s to %(role)s")),
    ("member_removed", _("%(actor)s removed a member")),
    ("member_left", _("%(actor)s left")),
    ("edited", _("%(actor)s changed the entry")),
    ("listing_changed", _("%(actor)s changed who may find the entry: %(listing)s")),
    ("change_carried_out", _("%(actor)s approved the change; the entry shows it")),
    ("change_refused", _("%(actor)s refused the change; the entry stays as it is")),
    ("change_withdrawn", _("%(actor)s withdrew the change; the entry stays as it is")),
):
    sentence(
        f"stakeholders.{_name}",
        _text,
        audience=Audience.SUBJECT,
        labels={**ROLES, "before_role": ROLES["role"], "listing": dict(Listing.choices)},
    )
