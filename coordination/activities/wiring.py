"""Activities in the registries of the apps below."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from accounts.hooks import Section, declare_kept, erasers, sections
from accounts.people.enums import Role
from audit.enums import Audience
from audit.hooks import sentence
from coordination.activities.models import Activity, ActivityFile, ActivityNote, FollowUp
from core.desk_cards import desk_card
from core.help_places import help_at
from core.personal_data import DataField, data_field, data_fields
from core.uploads import files
from notifications.hooks import asks_for_answer, kind

for _name, _text in (
    ("plan", _("%(actor)s planned the activity")),
    ("change", _("%(actor)s changed the activity (%(fields)s)")),
    ("involve", _("%(actor)s added stakeholders to the activity")),
    ("leave_out", _("%(actor)s removed a stakeholder from the activity")),
    ("add_file", _("%(actor)s added a file to the activity")),
    ("remove_file", _("%(actor)s removed a file from the activity")),
    ("follow_up", _("%(actor)s recorded a follow-up to the activity")),
    ("finish", _("%(actor)s completed a follow-up to the activity")),
    ("hand_over", _("%(actor)s reassigned the activity")),
):
    sentence(f"coordination.activity.{_name}", _text, audience=Audience.SUBJECT)

# --- Activities and reports of a period in the registries of the apps below --------------------------


def _file(user: Any, pk: int) -> ActivityFile | None:
    return ActivityFile.objects.visible_to(user).filter(pk=pk).first()


def _still_to_do(user: Any, pk: int | None) -> bool:
    return pk is not None and FollowUp.objects.visible_to(user).waiting().filter(pk=pk, owner=user).exists()


def _coordinates(user: Any) -> bool:
    return bool(user.has_role(Role.REGIONAL, *Role.DESK))


files.register("activity", _file)
for _kind, _label in (
    ("coordination.follow_up_given", _("A follow-up to an activity is assigned to you")),
    ("coordination.follow_up_due", _("A follow-up that is assigned to you is due")),
):
    kind(_kind, label=_label, group=_("Your region"), still_visible=_still_to_do, concerns=_coordinates)
asks_for_answer("coordination.follow_up_given", "coordination.follow_up_due")


# --- A person's part ------------------------------------------------------------------------------------
def _activities(user: Any) -> list[list[DataField]]:
    rows = Activity.objects.filter(author=user).order_by("pk")
    return [
        data_fields(
            activity, "title", "kind", "status", "starts_at", "purpose", "others", "outcome", "took_part"
        )
        for activity in rows
    ]


def _notes(user: Any) -> list[list[DataField]]:
    rows = ActivityNote.objects.filter(author=user).select_related("activity").order_by("pk")
    return [
        [
            data_field("activity", _("Activity"), note.activity.title),
            *data_fields(note, "text", "is_shared", "at"),
        ]
        for note in rows
    ]


def _to_do(user: Any) -> list[list[DataField]]:
    rows = FollowUp.objects.filter(owner=user).select_related("activity").order_by("pk")
    return [
        [
            data_field("activity", _("Activity"), follow_up.activity.title),
            *data_fields(follow_up, "text", "due_on", "done_at"),
        ]
        for follow_up in rows
    ]


def _erase(user: Any) -> None:
    """Delete the person's private notes; shared ones stay without the name."""
    ActivityNote.objects.filter(author=user, is_shared=False).delete()


sections.register(
    "activities",
    Section(_("Activities"), _("What you planned, held and reported for your region."), _activities),
)
sections.register(
    "activity_notes", Section(_("Notes on activities"), _("What you noted on activities."), _notes)
)
sections.register(
    "follow_ups", Section(_("What follows from activities"), _("What was given to you to do."), _to_do)
)
erasers.register("coordination.activities", _erase)
declare_kept(
    _("Activities for a region, with their files and what follows; notes for yourself are erased"),
    "coordination.activity.author",
    "coordination.activityfile.uploaded_by",
    "coordination.activitynote.author",
    "coordination.followup.owner",
    "coordination.followup.done_by",
)

desk_card(
    "activities:list",
    group="coordination",
    position=10,
    title=_("Activities"),
    text=_(
        "Meetings, trainings, calls with States and visits: planned, held, and what came of them."
        " Stakeholders and States do not see them."
    ),
    permission="coordination.plan_activity",
)

help_at("focal-points#activities", "activities")
