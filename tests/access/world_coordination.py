"""Coordination in the access table: networks, which "own" coordinates, terms, and what was reported."""

from datetime import timedelta
from typing import Any

from django.utils.timezone import now

from coordination.absences.models import Absence, Deputy
from coordination.activities.models import ActivityFile, ActivityNote, FollowUp
from coordination.focal_points.models import Enquiry, Named
from coordination.hand_overs.models import HandOver
from coordination.mailings.models import LetterCopy
from coordination.networks.models_parts import Announcement, NetworkDocument, NetworkMeeting
from coordination.participation.models import ParticipationTask
from coordination.period_reports.models import PeriodReport
from coordination.surveys.models import SurveyAnswer, SurveyInvitation, SurveyRule, SurveyTask
from core.digests import digest_of
from stakeholders.appointments.models import today
from tests.factories.activities import ActivityFactory
from tests.factories.letters import letter_by
from tests.factories.networks import NetworkFactory, NetworkMemberFactory, PlanFactory, step_in
from tests.factories.offerings import OfferingFactory, turned_on
from tests.factories.regional import appointed
from tests.factories.resources import ResourceFactory
from tests.factories.stakeholders import PDF
from tests.factories.surveys import question_set, survey_of


def things_of_coordination(of: dict[str, Any]) -> dict[str, dict[str, Any]]:
    return _networks(of) | _terms(of) | _activities(of) | _letters(of) | _offerings(of) | _surveys(of)


def _offerings(of: dict[str, Any]) -> dict[str, dict[str, Any]]:
    """Grants of "own": a draft, one that waits, and one that is listed."""
    turned_on()
    draft, sent, listed = (
        OfferingFactory(status=status, suggested_for=of["own"]) for status in ("draft", "sent", "published")
    )
    return {
        "own-offering-draft": {"pk": draft.pk},
        "own-offering-sent": {"pk": sent.pk},
        "offering": {"pk": listed.pk},
        "offering-decline": {"pk": sent.pk, "name": "decline"},
    }


def _networks(of: dict[str, Any]) -> dict[str, dict[str, Any]]:
    network, own = NetworkFactory(), of["own"]
    NetworkMemberFactory(network=network, stakeholder=own, role="coordinator")
    other = of["other"].memberships.get().stakeholder
    asks = NetworkMemberFactory(network=network, stakeholder=other, status="asked", joined_at=None)
    plan = PlanFactory(network=network)
    step = step_in(plan, own)
    announcement = Announcement.objects.create(
        network=network, title="Soon", text="We meet.", language_id="en"
    )
    meeting = NetworkMeeting.objects.create(network=network, title="First", held_on=today())
    document = NetworkDocument.objects.create(network=network, resource=ResourceFactory())
    return {
        "network": {"pk": network.pk, "slug": network.slug},
        "network-end": {"pk": network.pk, "name": "end"},
        "network-asks": {"pk": asks.pk},
        "network-asks-move": {"pk": asks.pk, "name": "accept"},
        "network-plan": {"pk": plan.pk},
        "network-goal": {"pk": plan.pk, "goal_pk": step.goal_id},
        "network-step": {"pk": step.pk},
        "network-step-move": {"pk": step.pk, "name": "start"},
        "network-announcement": {"pk": announcement.pk},
        "network-meeting": {"pk": meeting.pk},
        "network-document": {"pk": document.pk},
    }


def _terms(of: dict[str, Any]) -> dict[str, dict[str, Any]]:
    """A term whose person agreed to be named; "regional" stands in during an absence."""
    term, day = appointed(regions=["002"]), today()
    Named.objects.create(user=term.user)
    Deputy.objects.create(appointment=term, user=of["regional"])
    absence = Absence.objects.create(
        appointment=term,
        deputy=of["regional"],
        starts_on=day + timedelta(days=9),
        ends_on=day + timedelta(days=12),
    )
    enquiry = Enquiry.objects.create(appointment=term, sender=of["owner"], subject="Who?")
    over = appointed(regions=["002"])
    given = HandOver.objects.create(
        appointment=over,
        successor=of["regional"],
        ends_on=day + timedelta(days=90),
        done_at=now(),
        next_appointment=of["regional"].appointments.first(),
    )
    return {
        "term": {"pk": term.pk},
        "term-step": {"pk": term.pk, "step": "who"},
        "regionals-term": {"pk": of["regional"].appointments.first().pk},
        "regionals-absence": {"pk": absence.pk},
        "owners-enquiry": {"pk": enquiry.pk},
        "regionals-hand-over": {"pk": given.pk},
        "report-log": {"form": "csv"},
    }


def _activities(of: dict[str, Any]) -> dict[str, dict[str, Any]]:
    """One of "regional", shared with the region; reports of theirs, one of which is out."""
    theirs = of["regional"]
    activity = ActivityFactory(author=theirs)
    activity.stakeholders.add(of["own"])
    note = ActivityNote.objects.create(activity=activity, text="Seen.", author=theirs)
    follow = FollowUp.objects.create(activity=activity, text="Write.", owner=theirs, due_on=today())
    file = ActivityFile(activity=activity, title="Minutes", uploaded_by=theirs)
    upload = PDF("minutes.pdf")
    upload.content_type = "application/pdf"
    file.take(upload)
    file.save()
    report_fields = {
        "author": theirs,
        "language_id": "en",
        "place": "002",
        "first_day": today(),
        "last_day": today(),
    }
    draft = PeriodReport.objects.create(title="Draft", **report_fields)
    out = PeriodReport.objects.create(title="Out", status="published", published_at=now(), **report_fields)
    return {
        "regionals-activity": {"pk": activity.pk},
        "regionals-activity-move": {"pk": activity.pk, "name": "hold"},
        "regionals-note": {"pk": activity.pk, "note_pk": note.pk},
        "regionals-follow-up": {"pk": activity.pk, "follow_up_pk": follow.pk},
        "regionals-file": {"pk": activity.pk, "file_pk": file.pk},
        "activity-file": {"kind": "activity", "pk": file.pk},
        "activity-own": {"pk": activity.pk, "stakeholder": of["own"].pk},
        "regionals-report": {"pk": draft.pk},
        "period-report": {"pk": out.pk},
    }


def _letters(of: dict[str, Any]) -> dict[str, dict[str, Any]]:
    """A draft of "regional" and one of the desk, and one that "own" has received."""
    theirs = letter_by(of["regional"])
    desks = letter_by(of["vetting"], hat="desk")
    received = letter_by(of["regional"])
    type(received).objects.filter(pk=received.pk).update(state="sent", started_at=now(), ended_at=now())
    copy = LetterCopy.objects.create(letter=received, stakeholder=of["own"])
    return {
        "regionals-letter": {"pk": theirs.pk},
        "regionals-letter-language": {"pk": theirs.pk, "language": "ar"},
        "regionals-letter-act": {"pk": theirs.pk, "act": "pause"},
        "desks-letter": {"pk": desks.pk},
        "desks-letter-language": {"pk": desks.pk, "language": "ar"},
        "desks-letter-act": {"pk": desks.pk, "act": "pause"},
        "own-copy": {"pk": copy.pk},
    }


def _surveys(of: dict[str, Any]) -> dict[str, dict[str, Any]]:
    """One that is open, to which "owner" is invited; one that is closed; one whose results are published."""
    SurveyTask.objects.create(pk=1, holder=of["events"])
    ParticipationTask.objects.create(pk=1, holder=of["events"])
    questions, token = question_set("A set"), "a-survey-of-the-table"
    alone = survey_of(event=None, question_set=questions)
    SurveyInvitation.objects.create(survey=alone, user=of["owner"], token_hash=digest_of(token))
    closed = survey_of(event=None, question_set=questions, closed_at=now(), invited=9)
    published = survey_of(event=None, question_set=questions, closed_at=now(), published_at=now(), invited=9)
    scale, text = questions.questions.get(kind="scale"), questions.questions.get(kind="text")
    for survey in (closed, published):
        values = {str(scale.pk): "4", str(text.pk): "More time"}
        SurveyAnswer.objects.bulk_create(SurveyAnswer(survey=survey, values=values) for _number in range(5))
    rule = SurveyRule.objects.create(kind="webinar", question_set=questions)
    return {
        "survey-link": {"token": token},
        "survey": {"pk": alone.pk},
        "closed-survey": {"pk": closed.pk},
        "closed-survey-file": {"pk": closed.pk, "form": "csv"},
        "closed-survey-act": {"pk": closed.pk, "name": "publish"},
        "closed-survey-themes": {"pk": closed.pk, "question": text.pk},
        "published-survey": {"pk": published.pk},
        "published-survey-file": {"pk": published.pk, "form": "csv"},
        "question-set": {"pk": questions.pk},
        "survey-question": {"pk": scale.pk},
        "survey-rule": {"pk": rule.pk},
    }
