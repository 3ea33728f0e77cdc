"""Events, registrations and proposals of the access table. "own" (reader, editor, admin) organizes and leads.

The other society is asked to organize together; the owner and the editor are registered.
"""

from typing import Any

from events.board import actions_releasing as board_actions_releasing
from events.calendar.models import CalendarAddress
from events.events.models_sources import EventDocument
from events.meeting_reports.models import Report, ReportLink
from events.programme.models import Closure, MeetingLink, OfficialItem
from events.reviewing import actions_merging as reviewing_actions_merging
from events.rounds import actions as rounds_actions
from reviews.dialogue_desk import actions_bureau as dialogue_desk_actions_bureau
from reviews.dialogue_desk.models import BureauAnswer
from reviews.dialogues.models import DialogueStatement
from tests.days import NEXT_YEAR
from tests.factories.dialogues import DialogueFactory, line_in
from tests.factories.events import (
    EventFactory,
    PartnerFactory,
    RoundFactory,
    SpeakerFactory,
    proposal_in,
    sent_for,
)
from tests.factories.programme import RoomFactory, at, meeting_at, programme_event
from tests.factories.registrations import RulesFactory, registration_in
from workflow.receipts.models import Receipt


def things_of_events(of: dict[str, Any]) -> dict[str, dict[str, Any]]:
    held = EventFactory(title="Session")
    draft = EventFactory(title="Written", status="draft")
    own = {
        f"own-{state}-event": EventFactory(title=f"Own {state}", status=state, organizer=of["own"])
        for state in ("draft", "submitted", "published")
    }
    arguments = {
        word: {"pk": event.pk, "slug": event.slug}
        for word, event in {"event": held, "draft-event": draft, **own}.items()
    }
    arguments["event-table"] = {"pk": held.pk, "form": "csv"}
    arguments["event-step"] = {"pk": held.pk, "step": "what"}
    arguments["own-event-step"] = {"pk": own["own-draft-event"].pk, "step": "what"}
    arguments["draft-event-language"] = {"pk": draft.pk, "language": "fr"}
    arguments["event-documents"] = {"pk": held.pk, "list_name": "documents"}
    document = EventDocument.objects.create(event=held, symbol="A/1")
    arguments["event-document"] = {**arguments["event-documents"], "row_id": document.pk}
    arguments["month"] = {"year": NEXT_YEAR, "number": 5}
    arguments["event-and-own"] = {**arguments["event"], "stakeholder": of["own"].pk}
    arguments["own-calendar"] = {
        "pk": CalendarAddress.objects.create(user=of["owner"], digest="d" * 64, ending="wxyz").pk
    }
    arguments["calendar-token"] = {"token": "nobody-has-this"}
    arguments |= _reports(of, held, EventFactory(organizer=of["own"]))
    return arguments | _registrations(of, held) | _proposals(of, held) | _programme(of) | _dialogues(of)


def _registrations(of: dict[str, Any], event: Any) -> dict[str, dict[str, Any]]:
    rules = RulesFactory(event=event, admission="approval")
    mine = registration_in("confirmed", rules=rules, user=of["owner"])
    offered = registration_in("offered", rules=rules, user=of["editor"])
    waits = registration_in("received", rules=rules)
    return {
        "owners-registration": {"pk": mine.pk},
        "editors-registration": {"pk": offered.pk},
        "registration": {"pk": waits.pk},
        "event-questions": {"pk": event.pk, "list_name": "questions"},
    }


def _proposals(of: dict[str, Any], event: Any) -> dict[str, dict[str, Any]]:
    RoundFactory(event=event)
    other = of["other"].memberships.get().stakeholder
    written = proposal_in("draft", event=event, lead=of["own"])
    partner = PartnerFactory(proposal=written, stakeholder=other)
    speaker = SpeakerFactory(proposal=written, address="speaker@example.org")
    sent = sent_for(RoundFactory().event, of["own"])
    second = proposal_in("submitted", event=sent.event, lead=other)
    merger = reviewing_actions_merging.suggest(sent, second, actor=of["events"], note="The same theme.")
    desk = of["events"]
    area = rounds_actions.set_area(event, actor=desk, reviewer=desk, region="002")
    trusted = rounds_actions.trust(of["own"], actor=desk, note="Known.")
    receipt = Receipt.objects.about(sent).get().reference
    return {
        "own-written-proposal": {"pk": written.pk},
        "own-written-step": {"pk": written.pk, "step": "what"},
        "own-sent-proposal": {"pk": sent.pk},
        "own-proposal-receipt": {"pk": sent.pk, "reference": receipt},
        "own-proposal-partner": {"pk": written.pk, "partner": partner.pk},
        "own-proposal-speaker": {"pk": written.pk, "speaker": speaker.pk},
        "partner": {"pk": partner.pk},
        "shown-proposal": {"pk": proposal_in("accepted", event=event, public_at=event.published_at).pk},
        "merger-side": {"pk": merger.pk, "side": sent.pk},
        "merger": {"pk": sent.pk, "merger": merger.pk},
        "sent-proposal-act": {"pk": sent.pk, "name": "take"},
        "round-act": {"pk": event.pk, "name": "trust"},
        "area": {"pk": event.pk, "area": area.pk},
        "trusted": {"pk": event.pk, "trusted": trusted.pk},
    }


def _reports(of: dict[str, Any], event: Any, own: Any) -> dict[str, dict[str, Any]]:
    """A draft about an event of "own", and one sent about a meeting that it leads."""
    fields = {"rapporteur": "R", "language_id": "en", "summary": "S"}
    draft = Report.objects.create(event=own, **fields)
    link = ReportLink.objects.create(report=draft, kind="slides", title="S", url="https://slides.example")
    meeting = proposal_in("accepted", event=event, lead=of["own"], public_at=event.published_at)
    sent = Report.objects.create(event=event, proposal=meeting, status="sent", **fields)
    return {
        "own-draft-report": {"pk": draft.pk},
        "own-sent-report": {"pk": sent.pk},
        "own-report-link": {"pk": draft.pk, "list_name": "links", "row_id": link.pk},
        "own-draft-report-act": {"pk": draft.pk, "name": "submit"},
        "own-sent-report-act": {"pk": sent.pk, "name": "publish"},
    }


def _programme(of: dict[str, Any]) -> dict[str, dict[str, Any]]:
    """A released one with a meeting that "own" leads, and one that nobody released."""
    event, hidden = programme_event(), programme_event(title="Unreleased")
    room = RoomFactory(event=event)
    meeting = meeting_at(event, room, number=1, lead=of["own"])
    board_actions_releasing.release(event, actor=of["events"], known_version=0)
    kept_back = meeting_at(hidden, RoomFactory(event=hidden), number=1)
    link = MeetingLink.objects.create(
        proposal=meeting,
        kind="document",
        title="Document",
        url="https://papers.example",
        added_by=of["editor"],
    )
    closed = Closure.objects.create(room=room, starts_at=at("12:00"), ends_at=at("13:00"))
    item = OfficialItem.objects.create(
        event=event, title="Plenary", starts_at=at("10:00"), ends_at=at("11:00"), language_id="en"
    )
    named = {"pk": event.pk, "slug": event.slug}
    return {
        "programme": named,
        "kept-back-programme": {"pk": hidden.pk, "slug": hidden.slug},
        "meeting": {**named, "number": 1},
        "released-meeting": {"pk": meeting.pk},
        "kept-back-meeting": {"pk": hidden.pk, "slug": hidden.slug, "number": kept_back.number},
        "meeting-link": {**named, "number": 1, "link": link.pk},
        "board-meeting": {"pk": event.pk, "meeting": meeting.pk},
        "room": {"pk": event.pk, "room": room.pk},
        "closure": {"pk": event.pk, "room": room.pk, "closure": closed.pk},
        "official": {"pk": event.pk, "item": item.pk},
    }


def _dialogues(of: dict[str, Any]) -> dict[str, dict[str, Any]]:
    """Applications of "own", the editor being the applicant."""
    dialogue = DialogueFactory()
    draft, mine = (
        DialogueFactory(event__status="draft"),
        {"stakeholder": of["own"], "applicant": of["editor"]},
    )
    written = line_in("draft", **mine)
    waits = line_in("with_bureau", dialogue, **mine)
    listed = dialogue_desk_actions_bureau.make_list(dialogue, actor=of["reviews"])
    answer = BureauAnswer.objects.create(bureau_list=listed, name="answer.csv", sha256="a" * 64)
    statement = DialogueStatement.objects.create(
        line=line_in("accepted", stakeholder=of["own"], applicant=of["editor"]),
        text="Said.",
        language_id="en",
    )
    return {
        "dialogue": {"pk": dialogue.pk},
        "dialogue-table": {"pk": dialogue.pk, "form": "xlsx"},
        "draft-dialogue": {"pk": draft.pk},
        "dialogue-event": {"event": dialogue.event_id},
        "dialogue-language": {"pk": dialogue.pk, "language": "fr"},
        "own-draft-application": {"pk": written.application_id},
        "own-dialogue-application": {"pk": waits.application_id},
        "own-line": {"pk": waits.pk},
        "bureau-list": {"pk": listed.pk},
        "bureau-list-file": {"pk": listed.pk, "form": "xlsx"},
        "bureau-answer": {"pk": answer.pk},
        "dialogue-statement": {"pk": statement.pk},
    }
