"""Loads the demonstration; what is there already is left as people have made it since."""

import csv
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import connection, transaction
from django.utils.timezone import now

from accounts.people.models import User
from core.errors import DomainError
from search.actions import index_many
from stakeholders.applications import actions as applications_actions
from stakeholders.applications.enums import RefusalReason
from stakeholders.applications.models import Application
from stakeholders.appointments.actions import appoint
from stakeholders.appointments.models import today
from stakeholders.demo.between import load_between
from stakeholders.demo.country import load_country
from stakeholders.demo.desk import load_desk, load_merged, load_register, load_screening_list
from stakeholders.demo.exchange import load_exchange
from stakeholders.demo.people import load_people
from stakeholders.demo.profiles import load_profile
from stakeholders.entries.actions import add_member
from stakeholders.entries.enums import Kind, Listing, MemberRole
from stakeholders.entries.models import DirectoryVersion, Stakeholder
from stakeholders.hooks import demo_parts
from stakeholders.screening.actions import screen_applications
from stakeholders.submission import actions as submission_actions
from stakeholders.vetting import actions as vetting_actions
from stakeholders.vetting.actions_checklist import GivenAnswer, answer_checklist
from stakeholders.vetting.enums import ChecklistReply
from stakeholders.vetting.models import ChecklistQuestion
from taxonomy.terms.models import Topic

HERE = Path(__file__).resolve().parent
MONTH = timedelta(days=30)
NEAR = ("", "localhost", "127.0.0.1", "::1")

COMMON_ANSWERS: dict[str, Any] = {
    "name_latin": "",
    "acronym": "",
    "city": "",
    "website": "",
    "mission_language": "en",
    "listing": Listing.PUBLIC,
}


def refuse_elsewhere() -> None:
    """Only with development settings, and only where the database runs on this very machine."""
    host = str(connection.settings_dict.get("HOST") or "")
    if not settings.DEMO_ALLOWED:
        raise DomainError("The demonstration loads with development settings only.")
    if host not in NEAR and not host.startswith("/"):
        raise DomainError("The demonstration loads only into a database on this machine (127.0.0.1).")


def load_demo() -> tuple[dict[str, User], set[str]]:
    """Load the demonstration in one transaction; return its people by key, and the keys of new ones."""
    refuse_elsewhere()
    with transaction.atomic():
        load_country()
        people, new = load_people()
        new_ids = _stakeholders()
        if new_ids:
            index_many("stakeholders.stakeholder", new_ids)
            DirectoryVersion.objects.bump()
        _appointment(people)
        load_register(people)
        _applications(people)
        load_exchange(people)
        load_merged(people, _entries())
        load_between(people, _entries())
        load_profile(people, _entries())
        load_desk(people, _entries())
        for part in demo_parts.values():
            part(people)
    return people, new


def _appointment(people: dict[str, User]) -> None:
    """A year's term for the regional focal point, beside the role that they hold already."""
    person = people["regional"]
    if not person.appointments.exists():
        first = today()
        appoint(
            person,
            actor=people["administrator"],
            regions=["002"],
            countries=[],
            starts_on=first,
            ends_on=first + 12 * MONTH,
            note="A demonstration.",
        )


def _rows(name: str) -> Iterator[dict[str, str]]:
    with (HERE / name).open(encoding="utf-8", newline="") as lines:
        yield from csv.DictReader(lines, strict=True)


def _stakeholders() -> list[int]:
    new_ids: list[int] = []
    known_names = set(Stakeholder.objects.filter(is_demo=True).values_list("name", flat=True))
    for row in _rows("stakeholders.csv"):
        if row["name"] in known_names:
            continue
        since = now() - int(row["months"]) * MONTH
        stakeholder = Stakeholder.objects.create(
            is_demo=True,
            approved_at=since,
            confirmed_at=since,
            created_at=since,
            updated_at=since,
            country_id=row["country"],
            mission_language_id=row["mission_language"],
            website=f"https://demo-{len(known_names) + len(new_ids)}.example",
            **{
                field: row[field]
                for field in ("name", "name_latin", "acronym", "kind", "status", "listing", "city", "mission")
            },
        )
        stakeholder.topics.set(Topic.objects.filter(pk__in=row["topics"].split()))
        new_ids.append(stakeholder.pk)
    return new_ids


def _applications(people: dict[str, User]) -> None:
    """Load every state of an application by the acts that real people use, so that each history is true."""
    load_screening_list(people)
    desk = people["vetting"]
    if _has_not_applied(people["admin"]):
        application = _send_application(
            people["admin"],
            name="Demo Coastal Watch",
            acronym="DCW",
            country="KEN",
            city="Mombasa",
            mission="We document illegal fishing and the people behind it, and train coastal communities.",
            topics=["wildlife-forest-and-fisheries-crime", "piracy-and-maritime-crime"],
        )
        entry = vetting_actions.approve(_check_application(application, desk), actor=desk, note="Welcome.")
        add_member(entry, people["editor"], role=MemberRole.EDITOR, actor=people["admin"])
        add_member(entry, people["reader"], role=MemberRole.READER, actor=people["admin"])
    if _has_not_applied(people["expert"]):
        application = _send_application(
            people["expert"],
            kind=Kind.EXPERT,
            name="Demo Esperanza Ejemplo",
            country="ESP",
            city="Sevilla",
            mission="Abogada. Forma a fiscales en la protección de víctimas de trata.",
            mission_language="es",
            topics=["trafficking-in-persons"],
        )
        vetting_actions.approve(_check_application(application, desk), actor=desk)
    if _has_not_applied(people["draft"]):
        draft = applications_actions.begin(actor=people["draft"], kind=Kind.ACADEMIA)
        answers = {
            **COMMON_ANSWERS,
            "name": "Demo College of Comparative Law",
            "country": "PHL",
            "city": "Cebu",
        }
        applications_actions.save_answers(
            draft, actor=people["draft"], version=draft.version, answers=answers
        )
    if _has_not_applied(people["waiting"]):
        _send_application(
            people["waiting"],
            name="Démo Relais des Victimes",
            country="BEL",
            city="Liège",
            mission="Nous orientons les victimes de la criminalité organisée vers l'aide juridique.",
            mission_language="fr",
            topics=["trafficking-in-persons"],
        )
    if _has_not_applied(people["reviewed"]):
        application = _send_application(
            people["reviewed"],
            name="Демо Гражданский контроль",
            name_latin="Demo Civic Watch",
            country="UZB",
            city="Ташкент",
            mission="Следим за закупками и сообщаем о коррупции.",
            mission_language="ru",
            topics=["corruption"],
        )
        vetting_actions.take(application, actor=desk)
    if _has_not_applied(people["returned"]):
        application = _send_application(
            people["returned"],
            name="تجريبي جمعية الساحل الآمن",
            name_latin="Demo Safe Coast Association",
            country="MAR",
            city="طنجة",
            mission="نعمل على الساحل.",
            mission_language="ar",
            topics=["smuggling-of-migrants"],
        )
        requests = {"mission": "Please say in two or three sentences what you do, and for whom."}
        vetting_actions.return_for_information(
            vetting_actions.take(application, actor=desk), actor=desk, requests=requests
        )
    if _has_not_applied(people["refused"]):
        application = _send_application(
            people["refused"],
            kind=Kind.PRIVATE,
            name="Demo Umbrella Trading",
            country="SGP",
            city="Singapore",
            mission="We sell umbrellas.",
            topics=["counterfeiting"],
        )
        note = (
            "The application does not say what the company does against organized crime. You may apply again."
        )
        vetting_actions.refuse(
            vetting_actions.take(application, actor=desk),
            actor=desk,
            reason=RefusalReason.OUT_OF_SCOPE,
            note=note,
        )
    if _has_not_applied(people["withdrew"]):
        application = _send_application(
            people["withdrew"],
            name="Demo Short-lived Initiative",
            country="NZL",
            city="Wellington",
            mission="We meant to work against fraud.",
            topics=["cybercrime"],
        )
        submission_actions.withdraw(application, actor=people["withdrew"])
    if _has_not_applied(people["seen"]):
        _send_application(
            people["seen"],
            name="Demo Rift Valley Radio",
            country="KEN",
            city="Nakuru",
            mission="Radio programmes for young people about how recruiters of gangs and traffickers work.",
            topics=["trafficking-in-persons"],
        )
    if _has_not_applied(people["asked"]):
        _send_application(
            people["asked"],
            name="Demo Volta Mothers",
            country="GHA",
            city="Ho",
            mission="Mothers who look for children that were taken to work on the lake.",
            topics=["trafficking-in-persons"],
        )
    if _has_not_applied(people["hit"]):
        _send_application(
            people["hit"],
            name="Demo Blue Heron Relief",
            country="NLD",
            city="Rotterdam",
            mission="We help crews of ships that were left behind in a port without pay.",
            topics=["piracy-and-maritime-crime"],
        )


def _entries() -> dict[str, Stakeholder]:
    """Return the entries of the demonstration by name."""
    return {entry.name: entry for entry in Stakeholder.objects.filter(is_demo=True)}


def _check_application(application: Application, desk: User) -> Application:
    """Take, screen and check an application so that it passes the checklist; return it."""
    screen_applications([application.pk])
    answers = {
        question.pk: GivenAnswer(
            ChecklistReply.NO if question.blocking_answer == ChecklistReply.YES else ChecklistReply.YES
        )
        for question in ChecklistQuestion.objects.in_use()
    }
    taken = vetting_actions.take(application, actor=desk)
    if answers:
        answer_checklist(taken, actor=desk, answers=answers)
    return taken


def _has_not_applied(person: User) -> bool:
    return not Application.objects.filter(applicant=person).exists()


def _send_application(person: User, *, kind: Kind = Kind.NGO, **own_answers: Any) -> Application:
    draft = applications_actions.begin(actor=person, kind=kind)
    answers = {**COMMON_ANSWERS, **own_answers}
    if kind != Kind.EXPERT:
        answers["no_paper_reason"] = "This is a demonstration; there is no registration paper."
    draft = applications_actions.save_answers(draft, actor=person, version=draft.version, answers=answers)
    return submission_actions.submit(draft, actor=person)
