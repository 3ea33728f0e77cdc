"""What happened to networks, their members and their plans, as sentences."""

from django.utils.translation import gettext_lazy as _

from audit.enums import Audience
from audit.hooks import sentence
from coordination.enums.networks import NetworkRole
from stakeholders.hooks import sentences_of

for _name, _text in (
    ("network.begin", _("%(actor)s began the network")),
    ("network.change", _("%(actor)s changed the network (%(fields)s)")),
    ("network.end", _("%(actor)s ended the network")),
    ("network.reopen", _("%(actor)s opened the network again")),
    ("network.announce", _("%(actor)s sent an announcement to the members")),
    ("network.add_meeting", _("%(actor)s added a meeting")),
    ("network.remove_meeting", _("%(actor)s took a meeting out")),
    ("network.add_document", _("%(actor)s added a document of the library")),
    ("network.remove_document", _("%(actor)s took a document out")),
    ("network.begin_plan", _("%(actor)s began a plan")),
    ("networkmember.ask", _("%(actor)s asked to join the network")),
    ("networkmember.invite", _("%(actor)s invited the stakeholder into the network")),
    ("networkmember.accept", _("%(actor)s took the stakeholder in")),
    ("networkmember.decline", _("%(actor)s did not take the stakeholder in")),
    ("networkmember.withdraw", _("%(actor)s took the request back")),
    ("networkmember.agree", _("%(actor)s accepted the invitation")),
    ("networkmember.refuse", _("%(actor)s declined the invitation")),
    ("networkmember.recall", _("%(actor)s took the invitation back")),
    ("networkmember.leave", _("%(actor)s left the network")),
    ("networkmember.end", _("%(actor)s ended the membership")),
    ("networkplan.change", _("%(actor)s changed the plan (%(fields)s)")),
    ("networkplan.add_goal", _("%(actor)s added an objective")),
    ("networkplan.change_goal", _("%(actor)s changed an objective")),
    ("networkplan.remove_goal", _("%(actor)s took an objective out")),
    ("networkplan.add_step", _("%(actor)s added an activity")),
    ("networkplan.remove_step", _("%(actor)s took an activity out")),
    ("planstep.change", _("%(actor)s changed it (%(fields)s)")),
    ("planstep.start", _("%(actor)s said that it has begun")),
    ("planstep.finish", _("%(actor)s said that it is done")),
    ("planstep.drop", _("%(actor)s gave it up")),
    ("planstep.resume", _("%(actor)s took it up again")),
):
    sentence(f"coordination.{_name}", _text, audience=Audience.SUBJECT)
sentence(
    "coordination.networkmember.role",
    _("%(actor)s changed the role from “%(before_role)s” to “%(after_role)s”"),
    audience=Audience.SUBJECT,
    labels={"before_role": dict(NetworkRole.choices), "after_role": dict(NetworkRole.choices)},
)
for _thing in ("network", "networkplan", "announcement"):
    sentences_of(f"coordination.{_thing}")
