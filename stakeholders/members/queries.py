"""Who acts for an entry, and what waits for a person in the directory."""

from collections.abc import Sequence
from typing import Any

from django.db.models import Case, Exists, IntegerField, OuterRef, QuerySet, Subquery, Value, When
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from accounts.people.enums import Role
from core.time_display import VIENNA, day_of
from stakeholders.applications.enums import ApplicationStatus as S
from stakeholders.applications.models import Application
from stakeholders.claims.models import JoinRequest
from stakeholders.entries.enums import MemberRole
from stakeholders.entries.models import Membership, Stakeholder, entries_of
from stakeholders.entries.rules import memberships_of
from stakeholders.exchange.queries import answering_own, own_standing
from stakeholders.invitations.queries import desk_invitations_to, invitations_to
from stakeholders.state_accounts.queries import state_invitations_to
from workflow.hooks import MyPart, OwnRows, Rows, Submission, Task
from workflow.items.models import WorkItem


def members_of(stakeholder: Stakeholder, user: Any) -> QuerySet[Membership]:
    """Return the members with their people, administrators first, as far as `user` may see them."""
    roles = [When(role=role, then=Value(place)) for place, role in enumerate(MemberRole.values)]
    return (
        Membership.objects.visible_to(user)
        .filter(stakeholder=stakeholder)
        .select_related("user")
        .annotate(place=Case(*roles, output_field=IntegerField()))
        .order_by("place", "joined_at", "pk")
    )


_LINKED = ("topics", "languages", "works_in")


def my_rows(user: Any) -> dict[str, OwnRows]:
    rows = {
        "applications": OwnRows(Application.objects.filter(applicant=user), lambda: _applications_of(user)),
        "invitations": OwnRows(invitations_to(user)),
        "desk_invitations": OwnRows(desk_invitations_to(user)),
        "state_invitations": OwnRows(state_invitations_to(user)),
        "requested": OwnRows(_requests_of(user)),
    }
    if memberships_of(user):
        rows |= {
            "memberships": OwnRows(Membership.objects.filter(user=user), lambda: _memberships_of(user)),
            "offers": OwnRows(own_standing(user).only("direction", "area", "topic")),
        }
    if entries_of(user, MemberRole.ADMIN):
        rows["requests"] = OwnRows(_requests(user))
    return rows


def my_work(user: Any, rows: Rows) -> MyPart:
    """Return what the directory adds to a person's page of tasks."""
    applications = rows["applications"]
    memberships = _with_gaps(rows["memberships"])
    tasks = [
        *(
            _application_task(application)
            for application in applications
            if application.status in S.WITH_APPLICANT
        ),
        *_invitation_tasks(rows),
        *map(_request_task, rows["requests"]),
        *(_confirmation_task(membership) for membership in memberships if membership.is_asked_to_confirm),
    ]
    answers = answering_own(user, rows["offers"])
    values: dict[str, Any] = {"memberships": memberships, "answers": answers}
    sent = [application for application in applications if application.status not in S.WITH_APPLICANT]
    return MyPart(
        tasks,
        [*map(_sent_application, sent), *map(_sent_request, rows["requested"])],
        template="stakeholders/members/_me.html",
        side="stakeholders/members/_profiles.html",
        context=values if any(values.values()) else {},
        position=10,
    )


def _sent_application(application: Any) -> Submission:
    description = _("Registration in the directory: %(kind)s") % {"kind": application.get_kind_display()}
    turn, facts = "", []
    if application.status in S.WITH_DESK:
        turn = _("With the WhatsOn team")
        if application.with_focal_point_until:
            until = day_of(application.with_focal_point_until, VIENNA.key, ends=True)
            turn = _("With the regional focal point until %(date)s") % {"date": until}
        if application.due_at:
            facts = [_("Decision by %(date)s") % {"date": day_of(application.due_at, VIENNA.key, ends=True)}]
    status_label = application.get_status_display()
    return Submission(
        str(application),
        application.get_absolute_url(),
        description,
        application.status,
        status_label,
        application.submitted_at,
        turn,
        "",
        facts,
        "building",
    )


def _sent_request(join_request: JoinRequest) -> Submission:
    url = reverse("stakeholders:join_request", args=[join_request.pk])
    turn = _("With the WhatsOn team") if join_request.with_desk_since else _("With its administrators")
    description, status_label = _("Request to act for a stakeholder"), _("Waiting for an answer")
    return Submission(
        join_request.entry_name,
        url,
        description,
        "open",
        status_label,
        join_request.asked_at,
        turn,
        icon="person-plus",
    )


def _application_task(application: Application) -> Task:
    facts = [str(application.get_status_display())]
    if application.is_draft:
        facts.append(
            capfirst(
                _("last saved on %(date)s") % {"date": date_format(application.updated_at, "DATE_FORMAT")}
            )
        )
    do = _("Continue the application") if application.is_draft else _("Answer the questions")
    description = _("Registration in the directory: %(kind)s") % {"kind": application.get_kind_display()}
    return Task(
        str(application),
        application.get_absolute_url(),
        description,
        do,
        None if application.is_draft else application.answer_by,
        facts=facts,
        icon="building",
    )


def _invitation_tasks(rows: Rows) -> list[Task]:
    look = _("Open the invitation")
    tasks = [
        Task(
            invitation.stakeholder.name,
            reverse("stakeholders:own_invitation", args=[invitation.pk]),
            _("Invitation to act for a stakeholder"),
            look,
            invitation.expires_at,
            facts=[_("your part: %(role)s") % {"role": invitation.get_role_display()}],
            icon="envelope-open",
        )
        for invitation in rows["invitations"]
    ]
    tasks += [
        Task(
            invitation.name or _("Register a stakeholder"),
            reverse("stakeholders:own_invited", args=[invitation.pk]),
            _("The WhatsOn team invites you"),
            look,
            invitation.expires_at,
            facts=[
                _("confirm the profile") if invitation.stakeholder_id else pgettext("invitation", "register")
            ],
            icon="envelope-open",
        )
        for invitation in rows["desk_invitations"]
    ]
    tasks += [
        Task(
            account.country.name,
            reverse("stakeholders:own_for_states", args=[account.pk]),
            _("State account"),
            look,
            account.expires_at,
            icon="envelope-open",
        )
        for account in rows["state_invitations"]
    ]
    return tasks


def _requests(user: Any) -> QuerySet[JoinRequest]:
    """Return those that wait for the person as an administrator, the earliest first."""
    return (
        JoinRequest.objects.visible_to(user)
        .open()
        .filter(stakeholder__in=entries_of(user, MemberRole.ADMIN))
        .exclude(user=user)
        .select_related("user", "stakeholder")
        .order_by("asked_at", "pk")
    )


def _request_task(join_request: JoinRequest) -> Task:
    facts = [capfirst(_("asked on %(date)s") % {"date": date_format(join_request.asked_at, "DATE_FORMAT")})]
    if join_request.with_desk_since:
        facts.append(_("the WhatsOn team can answer too"))
    return Task(
        str(join_request.user),
        reverse("stakeholders:join_request", args=[join_request.pk]),
        _("wants to act for %(name)s") % {"name": join_request.stakeholder.name},
        _("Answer the request"),
        facts=facts,
        icon="person-plus",
    )


def _confirmation_task(membership: Membership) -> Task:
    entry = membership.stakeholder
    facts = [_("not in the directory until it is confirmed")] if entry.is_lapsed else []
    return Task(
        entry.name,
        reverse("stakeholders:confirm", args=[entry.pk]),
        _("Is everything in the profile still correct?"),
        _("Confirm the profile"),
        None if entry.is_lapsed else entry.confirm_by,
        facts=facts,
        icon="patch-check",
    )


def _applications_of(user: Any) -> QuerySet[Application]:
    """Return the person's own, the latest first, with until when regional focal points are asked."""
    items = WorkItem.objects.open().filter(
        subject_kind="stakeholders.application", subject_id=OuterRef("pk"), waits_for=Role.REGIONAL
    )
    return (
        Application.objects.visible_to(user)
        .filter(applicant=user)
        .annotate(with_focal_point_until=Subquery(items.values("until")[:1]))
        .select_related("country", "stakeholder")
        .order_by("-updated_at", "-pk")
    )


_OF_ENTRY = (
    "name",
    "slug",
    "status",
    "approved_at",
    "confirmed_at",
    "lapses_at",
    "mission",
    "website",
    "city",
)


def _memberships_of(user: Any) -> QuerySet[Membership]:
    linked: dict[str, Any] = {
        f"tells_{name}": Exists(
            getattr(Stakeholder, name).through.objects.filter(stakeholder=OuterRef("stakeholder"))
        )
        for name in _LINKED
    }
    return (
        Membership.objects.visible_to(user)
        .filter(user=user)
        .annotate(**linked)
        .select_related("stakeholder__logo")
        .only("role", "stakeholder__logo__status", *(f"stakeholder__{name}" for name in _OF_ENTRY))
        .order_by("stakeholder__sort_key", "pk")
    )


def _with_gaps(memberships: Sequence[Any]) -> Sequence[Any]:
    """Give each membership `lacks`, the answers that its entry lacks."""
    fields = (*Stakeholder._meta.fields, *Stakeholder._meta.many_to_many)
    labels = {field.name: field.verbose_name for field in fields}
    for membership in memberships:
        entry = membership.stakeholder
        lacking = [name for name in ("mission", "website", "city") if not getattr(entry, name)]
        lacking += [name for name in _LINKED if not getattr(membership, f"tells_{name}")]
        membership.lacks = [str(labels[name]) for name in lacking]
    return memberships


def _requests_of(user: Any) -> QuerySet[JoinRequest]:
    """Return the person's own requests that nobody has answered yet."""
    return JoinRequest.objects.visible_to(user).open().filter(user=user).order_by("asked_at", "pk")
