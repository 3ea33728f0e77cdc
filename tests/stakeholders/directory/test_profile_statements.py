"""The statements of a profile that are kept as text: after every change they find what querysets do."""

import json
import random
from datetime import timedelta

import pytest
from django.contrib.auth.models import AnonymousUser
from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import CharField, Exists, OuterRef, Q, Subquery, TextField, Value
from django.db.models.fields.json import KT
from django.db.models.functions import Cast, Coalesce, JSONObject, NullIf
from django.utils import translation
from django.utils.timezone import now

from accounts.people.enums import Role
from accounts.people.models import Grant, User
from coordination.focal_points.models import Named
from coordination.focal_points.queries import coverage_of
from resources.records.models import LibraryChange
from stakeholders.applications.models import Contact, MissionText, Office, OtherName, Publication
from stakeholders.appointments.enums import EndReason
from stakeholders.appointments.models import Appointment, today
from stakeholders.directory.queries_profile import (
    FAMILY,
    OFFERS,
    PROJECTS,
    details_of,
    present_parts,
    profile_details,
    slug_and_version,
)
from stakeholders.entries.enums import ContactAudience, Listing, MemberRole, NameKind, Status
from stakeholders.entries.models import DirectoryVersion, Membership, Stakeholder
from stakeholders.exchange.models import Offer
from stakeholders.family.models import FamilyLink
from stakeholders.hooks import profile_panels, profile_versions
from stakeholders.introductions.models import IntroductionTask
from stakeholders.introductions.queries import held_task
from stakeholders.logos.models import Logo
from stakeholders.moderation.enums import Standing
from stakeholders.projects.models import Project
from stakeholders.registers.models import Candidate, FurtherSource
from taxonomy.law.models import Article
from taxonomy.names.enums import UN_LANGUAGES
from taxonomy.names.models import name_of
from taxonomy.names.sorting import content_language
from taxonomy.places.models import Country, Region
from taxonomy.places.queries import regions_of
from taxonomy.terms.models import EngagementArea, Language, Topic
from tests.factories.accounts import UserFactory, person_with
from tests.factories.stakeholders import StakeholderFactory, member_of
from workflow.changes.enums import ChangeStatus
from workflow.changes.models import ChangeRequest

pytestmark = pytest.mark.django_db

COUNTRIES = ("KEN", "FRA", "PER")
LISTS = {"articles": Article, "engagement_areas": EngagementArea, "languages": Language, "topics": Topic}


@pytest.fixture
def entries(reference):
    source = {"source_name": "A register", "source_date": today()}
    return [StakeholderFactory(country_id=code, name=f"Harbour {code}", **source) for code in COUNTRIES]


@pytest.fixture
def readers(entries):
    return {
        "visitor": AnonymousUser(),
        "new account": UserFactory(),
        "State": person_with(Role.STATE, country="KEN"),
        "member": member_of(entries[0], MemberRole.EDITOR),
        "regional": person_with(Role.REGIONAL),
        "regional of a place": person_with(Role.REGIONAL, country="KEN"),
        "desk": person_with(Role.CURATION),
    }


class Acts:
    """What may happen to a profile, and to the people that it names."""

    def __init__(self, seed):
        self.chance = random.Random(seed)
        self.people = [UserFactory(name=name) for name in ("Amina Njeri", "Éva", "", "Zoé Martin")]
        self.terms = {
            name: [*model.objects.order_by("pk")[:2], *model.objects.order_by("-pk")[:1]]
            for name, model in LISTS.items()
        }
        self.terms["works_in"] = list(Country.objects.filter(pk__in=COUNTRIES))

    def pick(self):
        return self.chance.choice(list(Stakeholder.objects.order_by("pk")))

    def pick_person(self):
        return self.chance.choice(self.people)

    def show(self):
        fields = {
            "status": self.chance.choice((Status.ACTIVE, Status.LISTED, Status.SUSPENDED)),
            "listing": self.chance.choice(Listing.values),
        }
        Stakeholder.objects.filter(pk=self.pick().pk, merged_into=None).update(**fields)

    def rename(self):
        entry = self.pick()
        OtherName.objects.create(stakeholder=entry, kind=NameKind.FORMER, text=entry.name)
        ChangeRequest.objects.create(
            subject_kind=Stakeholder._meta.label_lower,
            subject_id=entry.pk,
            before={"name": entry.name},
            after={"name": "Lamp"},
            status=self.chance.choice((ChangeStatus.APPROVED, ChangeStatus.APPROVED, ChangeStatus.REFUSED)),
        )
        Stakeholder.objects.filter(pk=entry.pk).update(name=f"Lamp {entry.pk}", updated_at=now())

    def merge(self):
        into, entry = self.pick(), self.pick()
        if into != entry:
            Stakeholder.objects.filter(pk=entry.pk).update(merged_into=into, status=Status.MERGED)

    def part(self):
        Stakeholder.objects.filter(pk=self.pick().pk).update(merged_into=None, status=Status.ACTIVE)

    def file(self):
        name = self.chance.choice(list(self.terms))
        getattr(self.pick(), name).set(self.chance.sample(self.terms[name], self.chance.randrange(4)))

    def write(self):
        entry = self.pick()
        OtherName.objects.create(stakeholder=entry, kind=NameKind.OTHER, text="Taa", language_id="fr")
        Office.objects.create(stakeholder=entry, country_id=self.chance.choice(COUNTRIES), city="Lamu")
        MissionText.objects.get_or_create(
            stakeholder=entry, language_id=self.chance.choice(("fr", "ru")), defaults={"text": "Nous."}
        )
        year = self.chance.choice((2019, 2024))
        Publication.objects.create(stakeholder=entry, title="Light", year=year, url="https://example.org/1")

    def tell_source(self):
        entry = self.pick()
        FurtherSource.objects.create(
            stakeholder=entry,
            name="A list",
            url=f"https://example.org/{FurtherSource.objects.count()}",
            seen_on=today(),
        )
        facts = self.chance.choice(({}, {"mission": "Boats.", "founded": "1999", "mission_source": None}))
        Candidate.objects.create(
            code=f"c{Candidate.objects.count()}", name="Lamp", stakeholder=entry, said=facts, sources=[],
            confidence="high", country_basis="source", why="Found.",
        )  # fmt: skip

    def picture(self):
        fields = {"status": self.chance.choice(Standing.values), "alt": "A lamp", "size": 1}
        Logo.objects.update_or_create(stakeholder=self.pick(), defaults=fields)

    def add_contact(self):
        audience = self.chance.choice(ContactAudience.values)
        Contact.objects.create(stakeholder=self.pick(), kind="email", value="a@b.org", audience=audience)

    def link(self):
        branch, parent = self.pick(), self.pick()
        if branch != parent and not FamilyLink.objects.filter(branch=branch).exists():
            FamilyLink.objects.create(branch=branch, parent=parent, asked_from="branch")

    def offer(self):
        Offer.objects.create(
            stakeholder=self.pick(), direction="offer", audience=Listing.PUBLIC, text="Boats",
            topic=self.terms["topics"][0],
        )  # fmt: skip

    def plan(self):
        Project.objects.create(stakeholder=self.pick())

    def join(self):
        Membership.objects.update_or_create(
            stakeholder=self.pick(),
            user=self.pick_person(),
            defaults={
                "role": self.chance.choice(MemberRole.values),
                "is_shown": self.chance.choice((True, True, False)),
                "position": self.chance.choice(("", "Director")),
            },
        )

    def leave(self):
        Membership.objects.filter(user=self.pick_person()).delete()

    def rename_person(self):
        name = self.chance.choice(("Amina Otieno", "", "Zoé"))
        User.objects.filter(pk=self.pick_person().pk).update(name=name)

    def close_account(self):
        User.objects.filter(pk=self.pick_person().pk).update(is_active=self.chance.choice((True, False)))

    def name_person(self):
        person = self.pick_person()
        if not Named.objects.filter(user=person).delete()[0]:
            Named.objects.create(user=person)

    def appoint(self):
        first, days = self.chance.choice((-9, 0, 1)), self.chance.choice((0, 5))
        term = Appointment.objects.create(
            user=self.pick_person(),
            starts_on=today() + timedelta(days=first),
            ends_on=today() + timedelta(days=first + days),
        )
        code = self.chance.choice(COUNTRIES)
        # By a country, by a region around it, or by both.
        if self.chance.random() < 0.7:
            term.countries.add(code)
        if self.chance.random() < 0.5:
            term.regions.add(Region.objects.get(pk=self.chance.choice(regions_of()[code])))

    def end_term(self):
        terms = Appointment.objects.filter(user=self.pick_person())
        terms.update(ended_at=now(), end_reason=EndReason.values[0], version=2)

    def hold_introductions(self):
        IntroductionTask.objects.update_or_create(
            pk=1, defaults={"holder": self.pick_person(), "days": self.chance.randrange(1, 30)}
        )

    def grant_role(self):
        begins, confirmed = (
            now() + timedelta(days=self.chance.choice((-9, 9))),
            self.chance.choice((None, now())),
        )
        role = self.chance.choice((Role.VETTING, Role.HEAD, Role.CURATION))
        Grant.objects.create(user=self.pick_person(), role=role, starts_at=begins, confirmed_at=confirmed)

    def end_grants(self):
        Grant.objects.filter(user=self.pick_person(), starts_at__lt=now()).update(ends_at=now())

    def change_directory(self):
        DirectoryVersion.objects.bump()

    def change_library(self):
        LibraryChange.objects.create()

    def act(self):
        names = [name for name in vars(Acts) if not name.startswith(("_", "pick")) and name != "act"]
        getattr(self, name := self.chance.choice(names))()
        return name


# --- The querysets --------------------------------------------------------------------------------------
def people_shown(pk):
    rows = Membership.objects.filter(stakeholder=pk, is_shown=True, user__is_active=True)
    return rows.exclude(user__name="").order_by("joined_at", "pk")


def terms_in_force():
    terms = Appointment.objects.in_force().filter(user__is_active=True)
    return terms.annotate(is_named=Exists(Named.objects.filter(user=OuterRef("user")))).select_related("user")


def version_by_querysets(user, pk):
    entry = Stakeholder.objects.visible_to(user).filter(pk=pk, merged_into=None).first()
    if entry is None:
        return None
    admins = Membership.objects.filter(stakeholder=pk, role=MemberRole.ADMIN, user__is_active=True)
    terms = [
        f"{term.pk}.{term.version}.{term.user.name if term.is_named else ''}"
        for term in terms_in_force().order_by("pk")
    ]
    task = held_task()
    by_app = {
        "resources": LibraryChange.objects.version(),
        "coordination": ";".join(terms) or None,
        "introductions": task.days if task else 0,
    }
    parts = (
        entry.updated_at.isoformat(),
        DirectoryVersion.objects.filter(pk=1).values_list("n", flat=True).first(),
        admins.exists(),
        list(people_shown(pk).values_list("user__name", flat=True)),
        *(by_app[app] for app, _version in profile_versions.items()),
        today(),
    )
    return entry.slug, ":".join(map(str, parts))


def terms_by_querysets(pk, field, term, *order):
    language = content_language()
    keys = [f"{term}__{name}" for name in order] or [f"{term}__sort_{language}"]
    own = Coalesce(NullIf(f"{term}__name_{language}", Value("")), Value(""))
    links = getattr(Stakeholder, field).through.objects.filter(stakeholder=pk).order_by(*keys)
    return links, {"code": Cast(f"{term}_id", CharField()), "name": name_of(term), "own": own}


def details_by_querysets(pk):
    renamed = ChangeRequest.objects.filter(
        subject_kind=Stakeholder._meta.label_lower,
        subject_id=OuterRef("stakeholder_id"),
        status=ChangeStatus.APPROVED,
    ).alias(was=KT("before__name"))
    until = Subquery(renamed.filter(was=OuterRef("text")).order_by("-pk").values("updated_at")[:1])
    name = {"text": "text", "language": Coalesce("language_id", Value(""))}
    facts = {
        key: Coalesce(KT(f"said__{key}"), Value(""), output_field=TextField())
        for key in ("mission", "mission_source", "mission_seen_on", "founded")
    }
    mission = {"language": "language_id", "language_name": name_of("language"), "text": "text"}
    rows = {
        "other": (OtherName.objects.filter(kind=NameKind.OTHER), name),
        "former": (OtherName.objects.filter(kind=NameKind.FORMER), {**name, "until": until}),
        "offices": (Office.objects, {"country": "country_id", "city": "city", "name": name_of("country")}),
        "sources": (FurtherSource.objects, {"name": "name", "url": "url", "seen_on": "seen_on"}),
        "remarks": (Candidate.objects, {"why": "why", "note": "note", **facts}),
        "missions": (MissionText.objects, mission),
        "logo": (Logo.objects.shown(), {"pk": "pk", "alt": "alt"}),
    }
    ordered = {key: (part.filter(stakeholder=pk).order_by("pk"), row) for key, (part, row) in rows.items()}
    publications = Publication.objects.filter(stakeholder=pk).order_by("-year", "pk")
    ordered |= {
        "articles": terms_by_querysets(pk, "articles", "article", "instrument__position", "number"),
        "areas": terms_by_querysets(pk, "engagement_areas", "engagementarea"),
        "works_in": terms_by_querysets(pk, "works_in", "country"),
        "languages": terms_by_querysets(pk, "languages", "language"),
        "topics": terms_by_querysets(pk, "topics", "topic"),
        "publications": (publications, {"title": "title", "year": "year", "url": "url"}),
        "people": (people_shown(pk), {"name": "user__name", "position": "position"}),
    }
    arrays = [ArraySubquery(part.values(json=JSONObject(**row))) for part, row in ordered.values()]
    return dict(zip(ordered, Stakeholder.objects.filter(pk=pk).values_list(*arrays).get(), strict=True))


def coverage_by_querysets(iso3):
    around = Q(countries=iso3) | Q(regions__in=regions_of().get(iso3, ()))
    terms = list(terms_in_force().filter(around).order_by("-starts_on", "-pk"))
    named = {term.user_id: (term.user_id, term.user.name, term.pk) for term in terms if term.is_named}
    return list(named.values()), bool(terms)


# --- The tests ------------------------------------------------------------------------------------------
def check(readers, entry):
    for reader, user in readers.items():
        assert slug_and_version(user, entry.pk) == version_by_querysets(user, entry.pk), reader
    coverage = coverage_of(entry.country_id)
    assert (coverage.named, coverage.is_covered) == coverage_by_querysets(entry.country_id)
    parts = present_parts(entry.pk)
    details = details_of(entry.pk, parts)
    assert details == details_by_querysets(entry.pk)
    assert (PROJECTS in parts) == Project.objects.filter(stakeholder=entry).exists()
    assert (OFFERS in parts) == Offer.objects.filter(stakeholder=entry).exists()
    assert (FAMILY in parts) == FamilyLink.objects.about(entry).exists()
    assert (Contact in parts) == Contact.objects.filter(stakeholder=entry).exists()


@pytest.mark.parametrize("seed", range(4))
def test_whatever_changes_statements_find_what_querysets_do(readers, entries, seed):
    acts = Acts(seed)
    for number in range(12):
        done = [acts.act() for _ in range(12)]
        with translation.override(UN_LANGUAGES[number % len(UN_LANGUAGES)]):
            for entry in Stakeholder.objects.all():
                try:
                    check(readers, entry)
                except AssertionError as error:
                    error.add_note(f"after {done}")
                    raise


def test_every_reader_is_told_the_contacts_that_are_visible_to_them(readers, entries):
    for entry in entries:
        for audience in ContactAudience.values:
            Contact.objects.create(
                stakeholder=entry, kind="email", value=f"{audience}@b.org", audience=audience
            )
        parts = present_parts(entry.pk)
        for reader, user in readers.items():
            visible = Contact.objects.visible_to(user).filter(stakeholder=entry).order_by("pk")
            contacts = profile_details(user, entry, parts).contacts
            assert [contact["value"] for contact in contacts] == [row.value for row in visible], reader


def test_a_panel_without_rows_about_the_entry_is_not_asked(entries):
    parts = present_parts(entries[0].pk)
    for panel in profile_panels.values():
        assert panel not in parts
        assert all(key.related_model is Stakeholder for key in panel.keys)


def test_values_are_plain_json(entries):
    Publication.objects.create(stakeholder=entries[0], title="Light 100 %", url="https://example.org/1")
    details = details_of(entries[0].pk, present_parts(entries[0].pk))
    assert json.loads(json.dumps(details)) == details
    assert details["publications"] == [{"title": "Light 100 %", "year": "", "url": "https://example.org/1"}]


def test_of_several_terms_of_a_person_the_one_that_began_first_is_written_to(reference):
    first, second = UserFactory(name="Amina"), UserFactory(name="Zoé")
    for person, days in ((first, 3), (second, 5), (first, 9), (second, 2)):
        term = Appointment.objects.create(
            user=person, starts_on=today() - timedelta(days=days), ends_on=today() + timedelta(days=9)
        )
        term.countries.add("KEN")
    Named.objects.bulk_create(Named(user=person) for person in (first, second))
    coverage = coverage_of("KEN")
    assert (coverage.named, coverage.is_covered) == coverage_by_querysets("KEN")
    terms = {person: Appointment.objects.get(pk=term) for person, _name, term in coverage.named}
    assert [(today() - terms[person.pk].starts_on).days for person in (first, second)] == [9, 5]
