"""What there is of a stakeholder in this app, as far as its own people may read it."""

from collections.abc import Collection, Iterator
from typing import Any

from django.db import models
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from core.personal_data import DataField, data_field, data_fields
from stakeholders.applications.enums import ANSWERS, ApplicationStatus
from stakeholders.applications.models import Application, Paper
from stakeholders.applications.queries import whole_entry
from stakeholders.entries.models import Membership, Stakeholder
from stakeholders.exchange.models import Offer
from stakeholders.logos.models import Logo
from stakeholders.logos.queries import logo_data
from stakeholders.projects.queries import project_data
from workflow.changes.models import ChangeRequest
from workflow.moves.models import Decision


def profile(stakeholder: Stakeholder) -> Iterator[list[DataField]]:
    """Yield the fields of the entry, and what its people offer and look for."""
    yield [
        data_field("id", _("number"), stakeholder.pk),
        *data_fields(
            stakeholder, "name", "kind", "country", "status", "listing", "source_name", "source_url"
        ),
        *(
            data_field(answer.field, answer.label, _plain_value(answer.value))
            for section in whole_entry(stakeholder)
            for answer in section.answers
            if answer.field not in ("name", "kind", "country", "listing")
        ),
    ]
    if logo := logo_data(stakeholder):
        yield logo
    yield from project_data(stakeholder)
    for offer in Offer.objects.filter(stakeholder=stakeholder).order_by("pk"):
        yield data_fields(
            offer,
            "direction",
            "area",
            "topic",
            "text",
            "languages",
            "countries",
            "audience",
            "until",
            "closed_at",
        )


def pictures(stakeholder: Stakeholder) -> Iterator[tuple[str, Logo]]:
    for logo in Logo.objects.filter(stakeholder=stakeholder):
        yield logo.name, logo


def _plain_value(value: Any) -> Any:
    if isinstance(value, list):
        return [_plain_value(member) for member in value]
    if isinstance(value, dict):
        return {key: _plain_value(content) for key, content in value.items()}
    return value if isinstance(value, int | float | bool) or value is None else str(value)


def people(stakeholder: Stakeholder) -> Iterator[list[DataField]]:
    rows = (
        Membership.objects.filter(stakeholder=stakeholder).select_related("user").order_by("joined_at", "pk")
    )
    for membership in rows:
        yield [
            data_field("name", _("name"), membership.user.name),
            *data_fields(membership, "role", "joined_at"),
        ]


def _applications(stakeholder: Stakeholder) -> QuerySet[Application]:
    """Return the entry's own: the approved, and those its members sent; not the claims of others."""
    members = Membership.objects.filter(stakeholder=stakeholder).values("user_id")
    approved, sent = Q(status=ApplicationStatus.APPROVED), ~Q(status=ApplicationStatus.DRAFT)
    return Application.objects.filter(approved | (sent & Q(applicant__in=members)), stakeholder=stakeholder)


def decisions(stakeholder: Stakeholder) -> Iterator[list[DataField]]:
    """Yield the decisions on the entry, its applications and the changes that its people proposed."""
    yield from decisions_on([stakeholder])
    applications = list(_applications(stakeholder).order_by("pk"))
    for application in applications:
        yield [
            data_field("application", _("application"), application.pk),
            *data_fields(
                application,
                "purpose",
                "status",
                "kind",
                *ANSWERS,
                "submitted_at",
                "decided_at",
                "refusal_reason",
            ),
        ]
    yield from decisions_on(applications)
    changes = list(ChangeRequest.objects.about(stakeholder).order_by("pk"))
    for change in changes:
        yield [
            data_field("change", _("Proposed change of a profile"), change.pk),
            *data_fields(change, "before", "after", "status", "created_at"),
        ]
    yield from decisions_on(changes)


def decisions_on(objects: Collection[models.Model]) -> Iterator[list[DataField]]:
    """Yield every move made on these objects, all of one model, with the text that people got."""
    if not objects:
        return
    kind = next(iter(objects))._meta.label_lower
    rows = Decision.objects.filter(subject_kind=kind, subject_id__in=[subject.pk for subject in objects])
    for decision in rows.order_by("at", "pk"):
        yield [
            data_field("about", _("about"), f"{decision.subject_kind}:{decision.subject_id}"),
            data_field("move", _("move"), decision.move, decision.move_label),
            data_field("reason", _("reason"), decision.reason, decision.reason_label),
            *data_fields(decision, "from_status", "to_status", "note", "at"),
        ]


def papers(stakeholder: Stakeholder) -> Iterator[tuple[str, Paper]]:
    for paper in Paper.objects.filter(application__in=_applications(stakeholder)).order_by("pk"):
        yield paper.name, paper


def consents(stakeholder: Stakeholder) -> Iterator[list[DataField]]:
    """Yield what its people chose and confirmed: who may find it and write to it, and until when it holds."""
    yield data_fields(
        stakeholder, "listing", "contact_from", "confirmed_at", "lapses_at", "approved_at", "updated_at"
    )
