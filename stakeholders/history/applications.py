"""What happened to applications and to those whom they brought in, as sentences."""

from django.utils.translation import gettext_lazy as _

from audit.enums import Audience
from audit.hooks import sentence
from stakeholders.enums import MemberRole, RefusalReason

REASONS = {"reason": dict(RefusalReason.choices)}

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
    labels={"role": dict(MemberRole.choices)},
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
