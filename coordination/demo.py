"""What the demonstration adds to coordination. Everything begins with "Demo"."""

from datetime import datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.utils.timezone import localdate, now

from accounts.people.enums import Role
from coordination.absences import actions as absences_actions
from coordination.activities import actions as activities_actions
from coordination.activities.actions import give
from coordination.activities.models import Activity
from coordination.activities.queries import own_places
from coordination.focal_points import actions as focal_points_actions
from coordination.focal_points.models import Named
from coordination.hand_overs import actions as hand_overs_actions
from coordination.mailings.actions import begin, save_texts
from coordination.mailings.enums import Hat, LetterState
from coordination.mailings.models import Letter, LetterCopy
from coordination.mailings.queries import next_entries
from coordination.networks import actions as networks_actions
from coordination.networks import actions_members as networks_actions_members
from coordination.networks.enums import NetworkRole
from coordination.networks.models import Network
from coordination.offerings import actions as offerings_actions
from coordination.offerings.models import Offering
from coordination.participation import actions as participation_actions
from coordination.participation.queries import Selection
from coordination.period_reports.actions import publish, write
from coordination.period_reports.models import PeriodReport
from coordination.period_reports.queries import places_for
from coordination.period_reports.queries_numbers import Span
from coordination.plans import actions as plans_actions
from coordination.seed import load_networks
from coordination.surveys import actions as surveys_actions
from coordination.surveys.models import Survey, SurveyAnswer
from stakeholders.appointments.actions import appoint
from stakeholders.appointments.models import today
from stakeholders.entries.enums import MemberRole, Status
from stakeholders.entries.models import Membership, Stakeholder
from stakeholders.recommendations.queries import stakeholders_in

ZONE = "Africa/Nairobi"


def load_demo_activities(people: dict[str, Any]) -> None:
    """Safe to run twice."""
    rosa = people.get("regional")
    if rosa is None or Activity.objects.filter(is_demo=True).exists():
        return
    covered = dict(own_places(rosa))
    countries: list[str] = [code for code in ("KEN", "UGA") if code in covered]
    if not countries:
        return
    training = activities_actions.plan(
        actor=rosa, values=_values("training", "Demo Training on the Review Mechanism", -20, countries)
    )
    activities_actions.involve(
        training,
        list(stakeholders_in(rosa).filter(is_demo=True).values_list("pk", flat=True)[:3]),
        actor=rosa,
    )
    activities_actions.report(
        training,
        actor=rosa,
        version=training.version,
        took_part=31,
        outcome="Demo: three organizations will contribute to the next call.",
    )
    activities_actions.add_note(training, actor=rosa, text="Demo: the room was too small.", is_shared=True)
    give(training, actor=rosa, text="Demo: send the slides", owner=rosa, due_on=today() + timedelta(days=5))
    call = _values("meeting", "Demo Call with organizations at the coast", 9, countries[:1])
    activities_actions.plan(actor=rosa, values={**call, "mode": "online", "city": "", "sharing": "own"})
    activities_actions.plan(
        actor=rosa, values=_values("visit", "Demo Visit to organizations at the coast", 30, countries)
    )
    place = places_for(rosa)[0][0]
    write(
        actor=rosa,
        values={
            "place": place,
            "title": "Demo Report on the last thirty days",
            "language_id": "en",
            "first_day": today() - timedelta(days=30),
            "last_day": today(),
            "other_first_day": today() - timedelta(days=61),
            "other_last_day": today() - timedelta(days=31),
            "narrative": "Demo: one training was held, and three organizations took part.",
        },
    )


def _values(kind: str, title: str, days: int, countries: list[str]) -> dict[str, Any]:
    """Nine to noon in Nairobi, so many days from today."""
    starts = datetime.combine(today() + timedelta(days=days), time(9), ZoneInfo(ZONE))
    return {
        "kind": kind,
        "title": title,
        "purpose": "Demo: to show what is written down of an activity.",
        "starts_at": starts,
        "ends_at": starts + timedelta(hours=3),
        "whole_days": False,
        "zone": ZONE,
        "mode": "in_person",
        "city": "Nairobi",
        "venue": "",
        "countries": countries,
        "topics": [],
        "others": "",
        "sharing": "region",
    }


# --- What the demonstration adds to the term of its regional focal point: named, a deputy, days ahead


def load_demo_terms(people: dict[str, Any]) -> None:
    """Safe to run twice."""
    rosa, head, deputy = people["regional"], people["head"], people["deputy"]
    term = rosa.appointments.standing().first()
    if term is None or Named.objects.filter(user=rosa).exists():
        return
    focal_points_actions.be_named(
        rosa, agrees=True, about="Demo: I help organizations in Africa to find their way here."
    )
    olivia = people["oceania"]
    appoint(
        olivia,
        actor=people["administrator"],
        regions=["009"],
        countries=[],
        starts_on=today(),
        ends_on=today() + timedelta(days=365),
        note="A demonstration.",
    )
    focal_points_actions.be_named(olivia, agrees=True, about="Demo: write to me before you travel.")
    hand_overs_actions.keep_notes(term, "Demo: the coastal organizations answer best by phone.", actor=rosa)
    absences_actions.name_deputy(term, deputy, actor=head)
    absences_actions.say_absent(
        term,
        actor=rosa,
        deputy=deputy,
        starts_on=today() + timedelta(days=14),
        ends_on=today() + timedelta(days=20),
    )
    hand_over = hand_overs_actions.prepare(
        term,
        actor=head,
        successor=people["successor"],
        starts_on=today() + timedelta(days=60),
        ends_on=today() + timedelta(days=425),
    )
    hand_over = hand_overs_actions.describe(hand_over, actor=head, note="Demo: good luck.", introduces=False)
    hand_overs_actions.confirm(hand_over, actor=head, version=hand_over.version)


# --- What the demonstration adds: a message that has left, of which nobody got a mail, and a draft ---

MOST = 20
SENT = {
    "en": {
        "subject": "Demo: training in your region, {organization}",
        "text": "Demo: Dear {person},\n\nwould you like to take part? Please answer here on the portal.",
    },
    "fr": {
        "subject": "Demo : formation dans votre région, {organization}",
        "text": "Demo : Bonjour {person},\n\nsouhaitez-vous participer ? Répondez ici, sur le portail.",
    },
}
DRAFT = {"en": {"subject": "Demo: who can host a meeting?", "text": "Demo: Dear {person},\n\na draft."}}


def load_demo_letters(people: dict[str, Any]) -> None:
    """Safe to run twice."""
    writer = people["regional"]
    if Letter.objects.filter(by=writer).exists():
        return
    sent = _write_letter(writer, SENT)
    demo_ids = [pk for pk, name in next_entries(sent, 10 * MOST) if name.startswith("Demo")][:MOST]
    LetterCopy.objects.bulk_create([LetterCopy(letter=sent, stakeholder_id=pk) for pk in demo_ids])
    left = now() - timedelta(days=12)
    Letter.objects.filter(pk=sent.pk).update(
        state=LetterState.SENT,
        started_at=left,
        ended_at=left,
        counted_at=left,
        all_written=True,
        stakeholders=len(demo_ids),
        places=sorted(writer.places_of(Role.REGIONAL) or ()),
    )
    _write_letter(writer, DRAFT)


def _write_letter(writer: Any, texts: dict[str, dict[str, str]]) -> Letter:
    letter = begin(Hat.REGIONAL, "", actor=writer)
    save_texts(letter, texts, letter.version, actor=writer)
    letter.refresh_from_db()
    return letter


# --- What the demonstration adds to networks. Everything begins with "Demo" --------------------------

NAME = "Demo Alliance of Coastal Watch Groups"


def load_demo_networks(people: dict[str, Any]) -> None:
    """Safe to run twice."""
    load_networks()
    led = Membership.objects.filter(
        stakeholder__is_demo=True, stakeholder__status=Status.ACTIVE, role=MemberRole.ADMIN
    )
    acting = {row.stakeholder_id: row for row in led.select_related("stakeholder", "user").order_by("-pk")}
    watch = Stakeholder.objects.filter(name="Demo Coastal Watch").first()
    if watch is None or watch.pk not in acting or Network.objects.filter(is_demo=True).exists():
        return
    network = networks_actions.begin_network(
        actor=people["curation"],
        values={
            "kind": "nacsa4u",
            "name": NAME,
            "language_id": "en",
            "country_id": "KEN",
            "about": "Demo: groups that watch a coast which is made up, and plan their work together.",
        },
    )
    coordinator = acting[watch.pk].user
    first = networks_actions_members.invite(
        network, watch, actor=people["curation"], role=NetworkRole.COORDINATOR, why="Demo: please coordinate."
    )
    networks_actions_members.act(first, "agree", actor=coordinator)
    for row in list(acting.values())[:4]:
        if row.stakeholder_id == watch.pk:
            continue
        membership = networks_actions_members.ask_to_join(
            network, row.stakeholder, actor=row.user, role=NetworkRole.MEMBER, why="Demo: we watch, too."
        )
        if row.user != coordinator:
            networks_actions_members.act(membership, "accept", actor=coordinator)
    _plan(network, watch, coordinator)


def _plan(network: Network, watch: Stakeholder, coordinator: Any) -> None:
    first = localdate().replace(day=1) - timedelta(days=60)
    plan = plans_actions.begin_plan(
        network,
        actor=coordinator,
        values={
            "kind": "work",
            "title": "Demo work plan",
            "about": "Demo: a year of watching together.",
            "language_id": "en",
            "starts_on": first,
            "ends_on": first + timedelta(days=365),
            "shown_to": "public",
        },
    )
    wanted = (
        (
            "Demo: know what happens along the coast",
            (
                ("Demo: agree on what is counted", 0, 45, "finish"),
                ("Demo: count for six months", 45, 230, "start"),
            ),
        ),
        (
            "Demo: be heard in the review",
            (
                ("Demo: write down what was counted", 230, 300, ""),
                ("Demo: meet the focal point", 290, 330, ""),
            ),
        ),
    )
    for position, (title, steps) in enumerate(wanted, start=1):
        plan.refresh_from_db()
        goal = plans_actions.save_goal(
            plan, None, actor=coordinator, version=plan.version, values={"title": title, "position": position}
        )
        for name, begins, ends, how in steps:
            plan.refresh_from_db()
            step = plans_actions.save_step(
                goal,
                None,
                actor=coordinator,
                version=plan.version,
                values={
                    "title": name,
                    "starts_on": first + timedelta(days=begins),
                    "ends_on": first + timedelta(days=ends),
                },
                responsible=[watch],
            )
            if how:
                plans_actions.act(step, how, actor=coordinator)


def load_demo_offerings(people: dict[str, Any]) -> None:
    """Turn grants and courses on, with two of each; funders and schools are made up. Safe to run twice."""
    rosa, curator = people.get("regional"), people.get("curation")
    if rosa is None or curator is None or Offering.objects.filter(is_demo=True).exists():
        return
    offerings_actions.turn_on(actor=curator)
    for kind, fields, lists in (
        ("grant", {"title": "Demo Grant for Border Communities", **_GRANT, **_closes(40)}, _IN_KENYA),
        (
            "grant",
            {"title": "Demo Grant for Research on Firearms", **_GRANT, "who": ["academia"], **_closes(9)},
            {"topics": ["firearms"], "countries": [], "regions": ["002"]},
        ),
        (
            "course",
            {"title": "Demo Course on Reading Laws", **_COURSE, **_closes(20), "starts_on": _day(30)},
            _IN_KENYA,
        ),
        (
            "course",
            {"title": "Demo Course to Begin at Any Time", **_COURSE},
            {"topics": ["firearms"], "countries": [], "regions": []},
        ),
    ):
        offering = offerings_actions.begin(kind, actor=rosa)
        offerings_actions.save(offering, actor=rosa, version=offering.version, fields=fields, lists=lists)
        offerings_actions.send(offering, actor=rosa)
        offerings_actions.decide(offering, "publish", actor=curator)


_GRANT: dict[str, Any] = {
    "provider": "Demo Fund",
    "summary": "Demo: for work on the ground. The fund is made up.",
    "link": "https://fund.example/",
    "amount": 50000,
    "currency": "USD",
    "who": ["ngo"],
}
_COURSE: dict[str, Any] = {
    "provider": "Demo School",
    "summary": "Demo: lessons and exercises. The school is made up.",
    "link": "https://school.example/",
    "hours": 12,
    "level": "first",
}
_IN_KENYA = {"topics": ["firearms"], "countries": ["KEN"], "regions": []}


def _day(days: int) -> Any:
    return localdate() + timedelta(days=days)


def _closes(days: int) -> dict[str, Any]:
    return {"closes_at": datetime.combine(_day(days), time(23, 59), ZoneInfo(ZONE)), "zone": ZONE}


# --- What the demonstration adds to surveys: a set, and a closed survey with enough invented answers ------

SET_NAME = "Demo: after an event"
SCALE_TEXTS = {
    "ar": {"text": "كيف تقيّمون هذه الفعالية؟", "options": "ضعيفة جدا\nممتازة"},
    "zh": {"text": "您如何评价本次活动？", "options": "很差\n很好"},
    "fr": {"text": "Comment évaluez-vous cet événement ?", "options": "Très mauvais\nExcellent"},
    "ru": {"text": "Как вы оцениваете это мероприятие?", "options": "Очень плохо\nОтлично"},
    "es": {"text": "¿Cómo valora este evento?", "options": "Muy malo\nExcelente"},
}
SURVEY_QUESTIONS: tuple[dict[str, Any], ...] = (
    {
        "kind": "scale",
        "text": "How do you rate this event?",
        "options": "Very poor\nExcellent",
        "is_required": True,
        "translations": SCALE_TEXTS,
    },
    {"kind": "choice", "text": "Was it long enough?", "options": "Too short\nJust right\nToo long"},
    {"kind": "choices", "text": "What will you use?", "options": "The slides\nThe contacts\nNothing"},
    {
        "kind": "matrix",
        "text": "Rate:",
        "rows": "The speakers\nThe interpretation",
        "options": "Poor\nExcellent",
    },
    {"kind": "text", "text": "What should we change?"},
)
SURVEY_TEXTS = ("Demo: more time for questions.", "Demo: send the papers earlier.", "")


def load_demo_participation(people: dict[str, Any]) -> None:
    """Turn the figures on and publish those of this year. Safe to run twice."""
    head = people["head"]
    if PeriodReport.objects.exclude(counted_at=None).exists():
        return
    participation_actions.hold_task(actor=head)
    span = Span(today().replace(month=1, day=1), today().replace(month=12, day=31))
    filters = f"first_day={span.first}&last_day={span.last}"
    report = participation_actions.freeze(
        Selection(span), actor=head, title="Demo Participation this year", language="en", filters=filters
    )
    publish(report, actor=head, version=report.version)


def load_demo_surveys(people: dict[str, Any]) -> None:
    """Safe to run twice. Nobody is invited, and the task is left to whom it concerns."""
    if Survey.objects.filter(is_demo=True).exists():
        return
    runner = people["events"]
    question_set = surveys_actions.begin_set(actor=runner, name=SET_NAME)
    questions = [
        surveys_actions.save_question(
            question_set,
            actor=runner,
            values={"options": "", "rows": "", "is_required": False, "translations": {}} | values,
        )
        for values in SURVEY_QUESTIONS
    ]
    scale, choice, choices, matrix, text = (str(question.pk) for question in questions)
    survey = Survey.objects.create(
        question_set=question_set,
        title="Demo training on the review",
        opens_at=now() - timedelta(days=40),
        closes_at=now() - timedelta(days=26),
        closed_at=now() - timedelta(days=26),
        invited=31,
        attributes=["region"],
        is_demo=True,
    )
    rows = []
    for number in range(18):
        values = {
            scale: str(3 + number % 3),
            choice: str(1 + number % 2),
            choices: ["1", "2"] if number % 3 else ["2"],
            matrix: {"1": str(3 + number % 3), "2": str(2 + number % 3)},
        }
        if words := SURVEY_TEXTS[number % 3]:
            values[text] = words
        rows.append(SurveyAnswer(survey=survey, region="002" if number % 2 else "142", values=values))
    SurveyAnswer.objects.bulk_create(rows)
    themes = {
        str(row.pk): "Time" if "time" in row.values[text] else "Papers" for row in rows if text in row.values
    }
    surveys_actions.save_themes(survey, questions[-1], actor=runner, names=themes)
    surveys_actions.save_changes(
        survey,
        actor=runner,
        changes="Demo: papers are sent two weeks before, and a third of the time is for questions.",
        translations={"fr": "Demo : les documents partent deux semaines avant."},
    )
    surveys_actions.publish(survey, actor=runner, is_public=True)
