"""What happened to applications and stakeholders, as sentences."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from audit.enums import Audience
from audit.registry import sentence
from stakeholders.enums import (
    FlagKind,
    Listing,
    MemberRole,
    RefusalReason,
    ReportOutcome,
    ReportWhat,
    StandingReason,
)

REASONS = {"reason": dict(RefusalReason.choices)}
ROLES = {"role": dict(MemberRole.choices)}

for _name, _text in (
    ("submit", _("%(actor)s sent the application")),
    ("start", _("%(actor)s started the review")),
    ("return", _("%(actor)s returned the application and asked for more information; the time stands still")),
    ("answer", _("%(actor)s sent the answers; the time runs on")),
    ("approve", _("%(actor)s approved the application")),
    ("withdraw", _("%(actor)s withdrew the application")),
):
    sentence(f"stakeholders.application.{_name}", _text, audience=Audience.SUBJECT)

sentence(
    "stakeholders.application.refuse",
    _("%(actor)s refused the application: %(reason)s"),
    audience=Audience.SUBJECT,
    labels=REASONS,
)
sentence("stakeholders.approved", _("%(actor)s approved the entry"), audience=Audience.SUBJECT)
sentence(
    "stakeholders.member_added",
    _("%(actor)s added a member as %(role)s"),
    audience=Audience.SUBJECT,
    labels=ROLES,
)
sentence(
    "stakeholders.imported",
    _(
        "%(actor)s imported unclaimed entries from the source “%(source)s”: "
        "%(created)s new, %(changed)s changed, %(unchanged)s unchanged"
    ),
)
sentence(
    "stakeholders.removed_listed",
    _("%(actor)s removed %(count)s unclaimed entries of the source “%(source)s”"),
)

# --- Vetting in full: checklist, flags, reconsideration ---------------------------------------------

sentence(
    "stakeholders.application.reopen",
    _("%(actor)s reopened the application after a reconsideration; it is in review again"),
    audience=Audience.SUBJECT,
)
sentence(
    "stakeholders.reconsideration_asked",
    _("%(actor)s asked for a reconsideration of the refusal"),
    audience=Audience.SUBJECT,
)
sentence(
    "stakeholders.reconsideration_stands",
    _("%(actor)s looked at the application again: the refusal stands"),
    audience=Audience.SUBJECT,
)
sentence(
    "stakeholders.checklist_answered",
    _("%(actor)s answered the checklist; answers changed: %(count)s"),
)
sentence(
    "stakeholders.checklist_question_added", _("%(actor)s added the question “%(code)s” to the checklist")
)
sentence(
    "stakeholders.checklist_question_changed", _("%(actor)s changed the question “%(code)s” of the checklist")
)
sentence("stakeholders.flag_raised", _("%(actor)s noted: %(kind)s"), labels={"kind": dict(FlagKind.choices)})
sentence(
    "stakeholders.flag_withdrawn", _("%(actor)s withdrew: %(kind)s"), labels={"kind": dict(FlagKind.choices)}
)
sentence("stakeholders.domain_trusted", _("%(actor)s put the mail domain %(domain)s on the trusted list"))
sentence("stakeholders.domain_ended", _("%(actor)s took the mail domain %(domain)s off the trusted list"))


# --- Exports of the directory, reports about entries ----------------------------------------------------
sentence(
    "stakeholders.exported",
    _("%(actor)s exported %(rows)s entries of the directory as %(format)s, filters: %(filters)s"),
    labels={"filters": {"": pgettext_lazy("filters of the directory", "none")}},
)
# Who reported it is nobody's to read here, so the sentence has no person.
sentence(
    "stakeholders.reported",
    _("A report about the entry came in: %(what)s"),
    labels={"what": dict(ReportWhat.choices)},
)
sentence(
    "stakeholders.report_answered",
    _("%(actor)s answered the report: %(outcome)s"),
    labels={"outcome": dict(ReportOutcome.choices)},
)

# --- Members and changes ------------------------------------------------------------------------------
for _name, _text in (
    ("invited", _("%(actor)s invited a colleague as %(role)s")),
    ("invited_again", _("%(actor)s sent an invitation again")),
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


# --- The standing of a stakeholder ------------------------------------------------------------------
STANDING_REASONS = {"reason": dict(StandingReason.choices)}
for _name, _text in (
    (
        "lapse",
        _("Nobody had confirmed the entry in time, and it left the directory"),
    ),
    ("return", _("%(actor)s brought the entry back by confirming it")),
    ("suspend", _("%(actor)s suspended the entry: %(reason)s")),
    ("lift", _("%(actor)s lifted the suspension")),
    ("withdraw", _("%(actor)s withdrew the entry")),
):
    sentence(f"stakeholders.stakeholder.{_name}", _text, audience=Audience.SUBJECT, labels=STANDING_REASONS)
sentence(
    "stakeholders.confirmed", _("%(actor)s confirmed that the entry is right"), audience=Audience.SUBJECT
)


# --- Screening: ids, digests and counts, never what a list says or whose name was like one there.
sentence(
    "stakeholders.screening_list_loaded",
    _("%(actor)s put the screening list of %(generated)s into use: %(rows)s forms of names"),
)
sentence(
    "stakeholders.screened", _("%(actor)s compared %(done)s stakeholders and applications with the list")
)
sentence("stakeholders.match_cleared", _("%(actor)s cleared a screening match"))
