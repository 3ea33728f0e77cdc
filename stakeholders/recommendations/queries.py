"""What regional focal points are asked, read and say; and who is asked about an application."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from accounts.people.enums import Role, Scope
from accounts.people.models import Grant, User
from stakeholders.applications.enums import ApplicationStatus
from stakeholders.applications.models import Application
from stakeholders.applications.queries import Section, sections
from stakeholders.entries.enums import SHARED_LISTINGS, Status
from stakeholders.entries.models import Membership, Stakeholder
from stakeholders.hooks import grants_of_the_absent
from stakeholders.recommendations.enums import SHARED_FIELDS
from stakeholders.recommendations.models import Recommendation
from taxonomy.names.models import choices_of
from taxonomy.places.models import Country, Region
from taxonomy.places.queries import regions_of
from workflow.items.models import WorkItem
from workflow.items.queries import Holding
from workflow.items.queries import holding_of as workflow_holding_of

VET = "vet"
KIND = "stakeholders.application"


def focal_points_for(application: Application) -> QuerySet[User]:
    """Return who is consulted first: the regional focal points of its country.

    Nobody where it hides from members. Never a party to it.
    """
    if application.listing not in SHARED_LISTINGS:
        return User.objects.none()
    people = focal_points_of(application.country_id)
    if application.applicant_id:
        people = people.exclude(pk=application.applicant_id)
    if application.stakeholder_id:
        members = Membership.objects.filter(stakeholder=application.stakeholder_id)
        people = people.exclude(pk__in=members.values("user"))
    return people


def focal_points_of(country: str | None) -> QuerySet[User]:
    """Return the people with a grant for a country (ISO3) or a region around it.

    Not whoever is away while a deputy stands in; and not whoever has the role for everywhere, since it is
    then nobody's region in particular.
    """
    if country is None:
        return User.objects.none()
    around = regions_of().get(country, ())
    holders = (
        Grant.objects.live()
        .filter(
            Q(scope_kind=Scope.COUNTRY, scope_code=country)
            | Q(scope_kind=Scope.REGION, scope_code__in=around),
            role=Role.REGIONAL,
        )
        .exclude(pk__in=grants_of_the_absent())
    )
    return User.objects.filter(is_active=True, pk__in=holders.values("user")).order_by("pk")


@dataclass(frozen=True)
class ApplicationLine:
    """One application as its regional focal point sees it in a list."""

    application: Application
    holding: Holding | None
    mine: Recommendation | None
    party: bool


def shared_applications(user: Any) -> QuerySet[Application]:
    """Return the applications, each with `theirs`: whether the person belongs to its entry."""
    own = Membership.objects.filter(user=user, stakeholder=OuterRef("stakeholder"))
    return (
        Application.objects.shared_with(user)
        .select_related("country", "stakeholder")
        .annotate(theirs=Exists(own))
        .order_by("-submitted_at", "-pk")
    )


def waits_for(user: Any) -> Q:
    """Return the condition for undecided applications without a recommendation of the person, not their own.

    What was returned waits for its applicant, not for anybody's view.
    """
    own_recommendations = Recommendation.objects.filter(by=user, application=OuterRef("pk"))
    return (
        Q(status__in=ApplicationStatus.OPEN)
        & ~Q(status=ApplicationStatus.RETURNED)
        & ~Exists(own_recommendations)
        & Q(theirs=False)
        & (Q(applicant=None) | ~Q(applicant=user.pk))
    )


def unanswered_applications(user: Any) -> QuerySet[Application]:
    """Return the undecided applications of the person's places without a recommendation of theirs."""
    return shared_applications(user).filter(waits_for(user)).order_by("submitted_at", "pk")


def lines(user: Any, applications: Iterable[Application]) -> list[ApplicationLine]:
    """Return the applications, each with who holds it and the person's own recommendation."""
    rows: list[Any] = list(applications)
    ids = [application.pk for application in rows]
    items = WorkItem.objects.open().filter(subject_kind=KIND, subject_id__in=ids, what=VET)
    held = {item.subject_id: workflow_holding_of(item) for item in items}
    recommendations = {
        recommendation.application_id: recommendation
        for recommendation in Recommendation.objects.filter(by=user, application__in=ids)
    }
    return [
        ApplicationLine(
            application,
            held.get(application.pk),
            recommendations.get(application.pk),
            application.applicant_id == user.pk or application.theirs,
        )
        for application in rows
    ]


def shared_sections(application: Application) -> list[Section]:
    """Return the sections with those answers alone that its entry would show, for a regional focal point."""
    shown_sections = []
    for section in sections(application):
        answers = [answer for answer in section.answers if answer.field in SHARED_FIELDS]
        if answers:
            shown_sections.append(Section(section.step, section.label, answers))
    return shown_sections


def holding_of(application: Application) -> Holding | None:
    """Return who holds the vetting of it, since when, until when; None where nothing is open."""
    item = WorkItem.objects.about(application).open().filter(what=VET).first()
    return workflow_holding_of(item) if item else None


def recommendations_on(application: Application, user: Any) -> QuerySet[Recommendation]:
    return Recommendation.objects.visible_to(user).filter(application=application).select_related("by")


@dataclass(frozen=True)
class Place:
    """A region or country of a person, with the question that finds its stakeholders in the directory."""

    code: str
    name: str
    query: str


def places_of(user: Any) -> list[Place] | None:
    """Return the regions and countries of a regional focal point by name; None for everywhere."""
    grants = [grant for grant in user.live_grants if grant.role == Role.REGIONAL]
    if any(grant.scope_kind == Scope.GLOBAL for grant in grants):
        return None
    regions, countries = (dict(choices) for choices in choices_of(Region, Country))
    places = {}
    for grant in grants:
        is_region = grant.scope_kind == Scope.REGION
        code, names = grant.scope_code, regions if is_region else countries
        key = "region" if is_region else "country"
        places[code] = Place(code, names.get(code, code), f"{key}={code}")
    return sorted(places.values(), key=lambda place: (not place.query.startswith("region"), place.name))


def stakeholders_in(user: Any) -> QuerySet[Stakeholder]:
    """Return the stakeholders of the person's places that they find in the directory."""
    rows = Stakeholder.objects.visible_to(user).filter(status__in=Status.SHOWN, listing__in=SHARED_LISTINGS)
    places = user.places_of(Role.REGIONAL)
    return rows if places is None else rows.filter(country__in=sorted(places))
