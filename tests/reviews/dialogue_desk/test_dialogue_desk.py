"""The decision desk: balance, one batch, waiting lists, the clock."""

import threading
from datetime import timedelta

import pytest
from django.db import connection, connections
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.timezone import localdate, now

from accounts.hooks import sections
from accounts.people.enums import Role
from audit.models import Entry
from core.errors import DomainError, WrongState
from notifications.outbox.models import Message
from reviews.dialogue_applications import actions as dialogue_applications_actions
from reviews.dialogue_desk import actions as dialogue_desk_actions
from reviews.dialogue_desk import actions_bureau as dialogue_desk_actions_bureau
from reviews.dialogue_desk import actions_clock as dialogue_desk_actions_clock
from reviews.dialogue_desk import queries as dialogue_desk_queries
from reviews.dialogue_desk.actions_release import release
from reviews.dialogues.models import Dialogue, DialogueApplication, DialogueLine
from reviews.dialogues.queries import decisions_by_year
from stakeholders.entries.enums import StandingReason
from stakeholders.entries.models import Stakeholder
from stakeholders.standing.actions import withdraw
from tests.days import NEXT_YEAR
from tests.factories.accounts import UserFactory, person_with, sign_in
from tests.factories.dialogues import DialogueFactory, applied, close, draft_to, line_in, with_bureau
from tests.factories.seats import people_with_seats
from tests.factories.stakeholders import StakeholderFactory, member_of
from tests.support import assert_no_growth, lines_of
from workflow.items.models import WorkItem

pytestmark = pytest.mark.django_db


@pytest.fixture
def dialogue(reference):
    return DialogueFactory()


# --- Balance ------------------------------------------------------------------------------------------
@pytest.mark.behaviour("R-16")
def test_the_balance_is_seen_before_decisions_are_released_in_one_batch(as_keeper, keeper, dialogue):
    kenya = line_in("with_bureau", dialogue, gender="woman")
    line_in("with_bureau", dialogue, stakeholder=StakeholderFactory(country_id="AUT", kind="academia"))
    # One that was at a dialogue before.
    old = line_in("with_bureau", dialogue)
    before = line_in("accepted", DialogueFactory(), stakeholder=old.application.stakeholder)
    assert before.status == "accepted"
    dialogue_desk_actions.draft_decision(kenya, "accept", actor=keeper)
    url = reverse("dialoguedesk:release", args=[dialogue.pk])
    # As long as applications come in, nothing is released: not by the page, nor past it.
    early = as_keeper.get(url).text
    assert "The decisions can be released after that" in early
    assert "Release and send" not in early
    as_keeper.post(url, {"mails": 2})
    assert dialogue.lines.filter(status="accepted").count() == 0
    close(dialogue)
    page = as_keeper.get(url)
    tables = {table.title: dict(table.rows) for table in page.context["balance"]}
    assert tables["Region"] == {"Africa": [2, 2, 1], "Europe": [1, 1, 0]}
    assert tables["Kind"]["Academic or research institution"] == [1, 1, 0]
    assert tables["First time at a dialogue"] == {
        "Was at one before": [1, 1, 0],
        "For the first time": [2, 2, 1],
    }
    # Too few have said it for a number to be told.
    assert tables["Gender, where given"] == {"Woman": [None, None, None]}
    assert "Release and send 2 e-mails" in page.text
    assert "2 applications are with the Extended Bureau and have no draft" in page.text
    # In each of the six languages, before anything leaves.
    assert [preview.language for preview in page.context["previews"]] == ["ar", "en", "es", "fr", "ru", "zh"]
    assert "You are accepted for" in page.text
    kenya.refresh_from_db()
    assert kenya.status == "with_bureau"
    as_keeper.post(url, {"mails": 2})
    kenya.refresh_from_db()
    assert kenya.status == "accepted"
    assert kenya.application.applicant_id in people_with_seats(dialogue.event)
    assert Message.objects.filter(kind="reviews.dialogue_accepted").count() == 1


def test_the_desk_shortlists_and_passes_on_what_is_ticked(as_keeper, dialogue):
    lines = [line_in("submitted", dialogue) for _number in range(2)]
    url = reverse("dialoguedesk:move", args=[dialogue.pk])
    page = as_keeper.post(url, {"line": [lines[0].pk], "move": "shortlist"}, follow=True).text
    assert "1 application is now on the shortlist." in page
    # The second is not shortlisted: it stays and is named, with its status.
    response = as_keeper.post(url, {"line": [line.pk for line in lines], "move": "pass"}, follow=True)
    assert list(dialogue.lines.order_by("pk").values_list("status", flat=True)) == [
        "with_bureau",
        "submitted",
    ]
    left = f"{lines[1].application.stakeholder} ({lines[1].get_status_display()})"
    assert f"1 application was left as it is: {left}." in response.text
    # Where it is now, and that nothing has been sent by it.
    assert response.redirect_chain[-1][0] == reverse("dialoguedesk:lists", args=[dialogue.pk])
    assert "1 application is now marked for the Extended Bureau. Nothing has left the portal" in response.text
    assert dialogue.lines.filter(status="with_bureau").count() == 1
    again = as_keeper.post(url, {"line": [lines[0].pk], "move": "pass"}, follow=True)
    assert again.redirect_chain[-1][0] == reverse("dialoguedesk:dialogue", args=[dialogue.pk])
    assert "was left as it is" in again.text
    assert "marked for the Extended Bureau" not in again.text.partition('id="main"')[0]
    assert as_keeper.post(url, {"line": [lines[0].pk], "move": "accept"}).status_code == 404


def test_the_list_is_filtered_and_costs_the_same(as_keeper, dialogue):
    url = reverse("dialoguedesk:dialogue", args=[dialogue.pk])
    assert_no_growth(
        lambda: as_keeper.get(url),
        lambda: line_in("submitted", dialogue, stakeholder=StakeholderFactory(country_id="AUT")),
    )
    line_in("submitted", dialogue)
    assert as_keeper.get(url, {"region": "150"}).context["page"].paginator.count == 3
    assert as_keeper.get(url, {"status": "shortlisted"}).context["page"].paginator.count == 0


def test_nobody_else_finds_the_desk(client, dialogue, reference):
    line = line_in("with_bureau", dialogue)
    bureau_list = dialogue_desk_actions_bureau.make_list(dialogue, actor=person_with(Role.REVIEWS))
    urls = [
        reverse("dialoguedesk:home"),
        reverse("dialoguedesk:write_call", args=[dialogue.event_id]),
        reverse("dialoguedesk:line", args=[line.pk]),
        reverse("dialoguedesk:list_file", args=[bureau_list.pk, "xlsx"]),
        reverse("dialoguedesk:answer", args=[bureau_list.pk]),
        *(
            reverse(f"dialoguedesk:{name}", args=[dialogue.pk])
            for name in ("dialogue", "edit", "lists", "release", "speakers", "after")
        ),
    ]
    for person in (UserFactory(), person_with(Role.EVENTS), line.application.applicant):
        sign_in(client, person)
        assert [client.get(url).status_code for url in urls] == [404] * len(urls)
    client.logout()
    assert {client.get(url).status_code for url in urls} == {302}


# --- The release ---------------------------------------------------------------------------------------
def test_a_release_names_its_mails_or_does_nothing(keeper, dialogue):
    first, second, third = with_bureau(dialogue)
    close(dialogue)
    dialogue_desk_actions.draft_decision(first, "accept", actor=keeper)
    dialogue_desk_actions.draft_decision(second, "wait", actor=keeper)
    with pytest.raises(WrongState):
        release(dialogue, actor=keeper, mails=2)
    dialogue_desk_actions.draft_decision(
        third, "refuse", actor=keeper, reason="places", note="Please apply again."
    )
    assert len(release(dialogue, actor=keeper, mails=4)) == 3
    assert list(dialogue.lines.order_by("pk").values_list("status", "reason")) == [
        ("accepted", ""),
        ("waiting", ""),
        ("not_accepted", "places"),
    ]
    kinds = Message.objects.filter(kind__startswith="reviews.dialogue").exclude(
        kind="reviews.dialogue_received"
    )
    assert sorted(kinds.values_list("kind", flat=True)) == [
        "reviews.dialogue_accepted",
        "reviews.dialogue_not_accepted",
        "reviews.dialogue_waiting",
    ]
    with pytest.raises(WrongState):
        release(dialogue, actor=keeper, mails=0)


def test_more_accepted_than_places_releases_nothing(keeper, dialogue):
    Dialogue.objects.update(places=1)
    for line in with_bureau(dialogue, 2):
        dialogue_desk_actions.draft_decision(line, "accept", actor=keeper)
    close(dialogue)
    with pytest.raises(WrongState):
        release(dialogue, actor=keeper, mails=4)
    assert dialogue.lines.filter(status="with_bureau").count() == 2
    assert people_with_seats(dialogue.event) == set()


def test_nobody_decides_on_their_own(dialogue):
    line = line_in("with_bureau", dialogue)
    near = person_with(Role.REVIEWS)
    from tests.factories.stakeholders import MembershipFactory

    MembershipFactory(stakeholder=line.application.stakeholder, user=near)
    with pytest.raises(DomainError):
        dialogue_desk_actions.draft_decision(line, "accept", actor=near)


def test_work_that_is_over_in_the_meantime_is_given_to_nobody(as_keeper, dialogue):
    line, colleague = line_in("submitted", dialogue), person_with(Role.REVIEWS)
    dialogue_applications_actions.withdraw(line, actor=line.person)
    url = reverse("dialoguedesk:line", args=[line.pk])
    page = as_keeper.post(url, {"form": "assign", "assign-to": colleague.pk})
    assert page.status_code == 200
    assert "Withdrawn" in page.text
    assert not WorkItem.objects.filter(holder=colleague).exists()


# --- The waiting list -----------------------------------------------------------------------------------
def waiting(dialogue, number=2):
    lines = []
    for place in range(number):
        line = line_in("waiting", dialogue)
        DialogueLine.objects.filter(pk=line.pk).update(queued_at=now() - timedelta(hours=10 - place))
        line.refresh_from_db(fields=["queued_at"])
        lines.append(line)
    return lines


def test_a_place_given_up_is_offered_to_the_next_and_taken(client, dialogue):
    Dialogue.objects.update(places=1)
    held = line_in("accepted", dialogue)
    first, second = waiting(dialogue)
    assert first.place_in_line == 1
    dialogue_applications_actions.withdraw(held, actor=held.application.applicant)
    first.refresh_from_db()
    assert first.is_offered
    second.refresh_from_db()
    assert not second.is_offered
    client.force_login(first.application.applicant)
    page = client.get(first.get_absolute_url())
    assert "Reserved for you until" in page.text
    url = reverse("dialogues:take", args=[first.pk])
    client.get(url)
    first.refresh_from_db()
    assert first.status == "waiting"
    client.post(url)
    first.refresh_from_db()
    assert first.status == "accepted"
    assert people_with_seats(dialogue.event) == {first.application.applicant_id}


def test_an_offer_that_ran_out_goes_to_the_next(dialogue):
    Dialogue.objects.update(places=1)
    first, second = waiting(dialogue)
    DialogueLine.objects.filter(pk=first.pk).update(offer_until=now() - timedelta(seconds=1))
    with pytest.raises(WrongState):
        dialogue_applications_actions.take(first, actor=first.application.applicant)
    for _twice in range(2):
        dialogue_desk_actions_clock.care_for_dialogues()
    first.refresh_from_db()
    second.refresh_from_db()
    assert (first.status, first.reason) == ("not_accepted", "offer_lapsed")
    assert second.is_offered
    assert Message.objects.filter(kind="reviews.dialogue_offered").count() == 1


def test_waiting_ends_when_the_dialogue_begins(dialogue):
    first, _second = waiting(dialogue)
    dialogue.event.starts_at = now() - timedelta(minutes=1)
    dialogue.event.save()
    dialogue_desk_actions_clock.care_for_dialogues()
    assert set(dialogue.lines.values_list("status", "reason")) == {("not_accepted", "begun")}
    first.refresh_from_db()
    with pytest.raises(WrongState):
        dialogue_applications_actions.take(first, actor=first.application.applicant)


@pytest.mark.django_db(transaction=True)
def test_two_who_give_up_and_take_at_once_never_exceed_the_places(monkeypatch, reference):
    dialogue = DialogueFactory(places=2)
    held = [line_in("accepted", dialogue) for _number in range(2)]
    queue = waiting(dialogue, 3)
    gate = threading.Barrier(2)

    def give_up(line):
        gate.wait()
        try:
            dialogue_applications_actions.withdraw(line, actor=line.application.applicant)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=give_up, args=[line]) for line in held]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    offered = DialogueLine.objects.filter(dialogue=dialogue).exclude(offer_until=None)
    assert list(offered.order_by("queued_at")) == queue[:2]
    assert len(people_with_seats(dialogue.event)) == 0


# --- The clock --------------------------------------------------------------------------------------------
@pytest.mark.behaviour("R-15")
def test_silence_past_the_promised_day_is_told_once(client, keeper, dialogue):
    line = line_in("shortlisted", dialogue)
    done = line_in("not_accepted", dialogue)
    dialogue_desk_actions_clock.care_for_dialogues()
    assert not Message.objects.filter(kind="reviews.dialogue_late").exists()
    Dialogue.objects.update(promised_on=localdate() - timedelta(days=2))
    for _twice in range(2):
        dialogue_desk_actions_clock.care_for_dialogues()
    messages = Message.objects.filter(kind="reviews.dialogue_late")
    assert [message.user for message in messages] == [line.application.applicant]
    assert done.application.applicant not in [message.user for message in messages]
    assert Message.objects.filter(kind="reviews.dialogue_silence").get().user == keeper
    client.force_login(line.application.applicant)
    assert "and is late. The WhatsOn team" in client.get(line.get_absolute_url()).text


def test_sensitive_answers_are_erased_some_days_after_the_last_dialogue(reference):
    soon, later = DialogueFactory(), DialogueFactory()
    application, _person = applied(soon, later, access_needs="A ramp.", gender="woman")
    soon.event.starts_at, soon.event.ends_at = now() - timedelta(days=41), now() - timedelta(days=40)
    soon.event.save()
    dialogue_desk_actions_clock.care_for_dialogues()
    application.refresh_from_db()
    assert application.access_needs == "A ramp."
    later.event.starts_at, later.event.ends_at = now() - timedelta(days=32), now() - timedelta(days=31)
    later.event.save()
    dialogue_desk_actions_clock.care_for_dialogues()
    application.refresh_from_db()
    assert (application.access_needs, application.gender) == ("", "")
    assert application.erased_at is not None
    assert Entry.objects.filter(action="reviews.dialogue.erase").count() == 2
    assert application.expertise.exists()


# --- Afterwards --------------------------------------------------------------------------------------------
def test_a_statement_is_limited_agreed_and_checked_by_a_person(client, as_keeper, keeper, dialogue):
    Dialogue.objects.update(statement_words=5)
    line = line_in("accepted", dialogue)
    client.force_login(line.application.applicant)
    url = reverse("dialogues:statement", args=[line.pk])
    assert "Dialogues do not deal with named countries." in client.get(url).text
    fields = {"text": "one two three four five six", "language": "en", "agrees": "on"}
    assert client.post(url, fields).context["form"].errors["text"]
    fields["text"] = "Courts hear victims."
    assert client.post(url, {**fields, "agrees": ""}).context["form"].errors["agrees"]
    assert client.post(url, fields).status_code == 302
    line.refresh_from_db()
    statement = line.statement
    assert not statement.is_checked
    with pytest.raises(WrongState):
        dialogue_desk_actions.check_statement(statement, actor=keeper, version_sent="another")
    sign_in(client, keeper)
    desk = reverse("dialoguedesk:statement", args=[statement.pk])
    assert (
        "Describe what the author should change."
        in client.post(desk, {"sent_at": statement.sent_at.isoformat(), "return": "1"}).text
    )
    client.post(desk, {"sent_at": statement.sent_at.isoformat(), "check": "1"})
    statement.refresh_from_db()
    assert statement.checked_by == keeper


def test_speakers_summary_and_attendance(client, as_keeper, dialogue):
    first, second = line_in("accepted", dialogue), line_in("accepted", dialogue)
    url = reverse("dialoguedesk:speakers", args=[dialogue.pk])
    same = as_keeper.post(url, {f"place_{first.pk}": "1", f"place_{second.pk}": "1"})
    assert "Two speakers have the same number." in same.text
    as_keeper.post(url, {f"place_{first.pk}": "2", f"place_{second.pk}": "1"})
    assert list(dialogue.lines.order_by("speaks_at").values_list("pk", flat=True)) == [second.pk, first.pk]
    after = reverse("dialoguedesk:after", args=[dialogue.pk])
    early = as_keeper.post(after, {"form": "summary", "summary": "It was said that …"})
    assert "has not been held yet" in early.text
    dialogue.event.starts_at, dialogue.event.ends_at = now() - timedelta(days=2), now() - timedelta(days=1)
    dialogue.event.save()
    as_keeper.post(after, {"form": "summary", "summary": "It was said that …"})
    as_keeper.post(
        after, {"form": "attendance", "what": "stakeholders", "number": "65", "counted_by": "The secretariat"}
    )
    page = client.get(dialogue.get_absolute_url())
    assert "It was said that …" in page.text
    assert "65" in page.text
    assert "The secretariat" in page.text


def test_numbers_by_year_hide_small_cells(dialogue):
    for _number in range(5):
        line_in("accepted", dialogue)
    line_in("waiting", dialogue)
    DialogueLine.objects.update(decided_at=now())
    [year] = decisions_by_year()
    assert year.cells["accepted"] == 5
    assert year.cells["waiting"] is None
    assert year.cells["objection"] is None


def test_a_reconsideration_is_answered_by_somebody_else(keeper, dialogue):
    line = line_in("submitted", dialogue)
    dialogue_desk_actions.draft_decision(line, "decline", actor=keeper, reason="no_expertise")
    release(close(dialogue), actor=keeper, mails=1)
    line.refresh_from_db()
    assert line.decided_by_desk
    dialogue_applications_actions.ask_again(line, actor=line.application.applicant, text="Read our report.")
    with pytest.raises(DomainError):
        dialogue_desk_actions.look_again(line, actor=keeper, reopen=True, note="We read it.")
    dialogue_desk_actions.look_again(line, actor=person_with(Role.REVIEWS), reopen=True, note="We read it.")
    line.refresh_from_db()
    assert line.status == "submitted"


def test_the_reason_of_the_bureau_is_stated_when_asked(keeper, dialogue):
    line = line_in("with_bureau", dialogue)
    dialogue_desk_actions.draft_decision(line, "refuse", actor=keeper, reason="not_stated")
    release(close(dialogue), actor=keeper, mails=1)
    line.refresh_from_db()
    dialogue_applications_actions.ask_reason(line, actor=line.application.applicant)
    dialogue_desk_actions.state_reason(line, actor=keeper, reason="places")
    line.refresh_from_db()
    assert line.reason == "places"
    assert Message.objects.filter(kind="reviews.dialogue_reason").count() == 1


def test_the_desk_has_the_next_dialogue_on_top_and_no_act_for_the_past(as_keeper, reference):
    from tests.factories.events import EventFactory

    def event(title, days):
        starts = now() + timedelta(days=days)
        return EventFactory(
            kind="dialogue", title=title, starts_at=starts, ends_at=starts + timedelta(hours=3)
        )

    for title, days in (("Long past", -400), ("Late", 90), ("Next", 30), ("Just past", -20)):
        DialogueFactory(event=event(title, days))
    old, coming = event("Old one without", -900), event("New one without", 50)
    page = as_keeper.get(reverse("dialoguedesk:home"))
    listed = [dialogue.event.title for dialogue in page.context["page"]]
    assert listed == ["Next", "Late", "Just past", "Long past"]
    assert reverse("dialoguedesk:write_call", args=[coming.pk]) in page.text
    assert reverse("dialoguedesk:write_call", args=[old.pk]) not in page.text
    assert "Old one without" in page.text
    answer = as_keeper.get(reverse("dialoguedesk:write_call", args=[old.pk]), follow=True)
    assert "The dialogue has been held." in answer.text
    # Everybody reads what was held before there were calls here.
    public = as_keeper.get("/en/dialogues/").text
    assert f'href="{old.get_absolute_url()}"' in public
    assert "New one without" in public
    assert "The call for applications is not published yet" in public


def test_the_call_is_written_and_promised_anew(as_keeper, keeper, reference):
    from tests.factories.events import EventFactory

    event = EventFactory(kind="dialogue", mode="hybrid")
    url = reverse("dialoguedesk:write_call", args=[event.pk])
    assert as_keeper.post(url, {"version": "0"}).context["form"].errors["topics"]
    fields = {
        "version": "0",
        "call_text": "Come.",
        "language": "en",
        "topics": ["corruption"],
        "opens_at": "2026-01-01T09:00",
        "closes_at": f"{NEXT_YEAR}-03-01T18:00",
        "zone": "Europe/Vienna",
        "promised_on": f"{NEXT_YEAR}-04-01",
        "places": "",
        "offer_hours": "72",
        "most_words": "200",
        "statement_words": "300",
        "term": "No named countries.",
        "retention_days": "30",
    }
    wrong = as_keeper.post(url, {**fields, "promised_on": f"{NEXT_YEAR}-02-01"})
    assert wrong.context["form"].errors["promised_on"]
    answer = as_keeper.post(url, fields)
    assert answer.status_code == 302, answer.context["form"].errors
    dialogue = Dialogue.objects.get()
    Dialogue.objects.update(silence_told_at=now())
    edit = reverse("dialoguedesk:edit", args=[dialogue.pk])
    assert f"{NEXT_YEAR}-03-01T18:00" in as_keeper.get(edit).text
    as_keeper.post(edit, {**fields, "promised_on": f"{NEXT_YEAR}-05-01"})
    dialogue.refresh_from_db()
    assert dialogue.silence_told_at is None
    assert Entry.objects.filter(action="reviews.dialogue.promise").count() == 1
    assert dialogue_desk_queries.without_call().count() == 0
    stale = as_keeper.post(edit, fields)
    assert "Another person has changed this" in stale.text


def test_a_draft_and_its_answers_go_with_the_account(dialogue):
    from reviews.dialogues.wiring import _erase

    person = member_of(StakeholderFactory())
    application, _person = draft_to(
        dialogue, applicant=person, stakeholder=person.memberships.get().stakeholder
    )
    _erase(person)
    assert not DialogueApplication.objects.filter(pk=application.pk).exists()


def test_the_call_is_read_in_the_reader_s_language(as_keeper, client, dialogue):
    url = reverse("dialoguedesk:translate", args=[dialogue.pk, "fr"])
    as_keeper.post(url, {"version": dialogue.version, "call_text": "Dites ce que vous savez.", "term": ""})
    assert "Dites ce que vous savez." in client.get(f"/fr/dialogues/{dialogue.pk}/").text
    assert "Tell us what you know." in client.get(f"/es/dialogues/{dialogue.pk}/").text
    assert as_keeper.get(url.replace("translate/fr/", "translate/en/")).status_code == 404


def test_nobody_is_accepted_for_who_is_suspended(keeper, dialogue):
    line = line_in("with_bureau", dialogue)
    dialogue_desk_actions.draft_decision(line, "accept", actor=keeper)
    Stakeholder.objects.update(status="suspended")
    close(dialogue)
    with pytest.raises(WrongState):
        release(dialogue, actor=keeper, mails=2)
    line.refresh_from_db()
    assert line.status == "with_bureau"
    assert people_with_seats(dialogue.event) == set()


def test_the_demonstration_loads_twice_as_once(reference):
    from reviews.demo_dialogues import load_demo_dialogues

    people = {"reviews": person_with(Role.REVIEWS)}
    for key, name in (("admin", "Demo Coastal Watch"), ("keeper", "Demo Forest Guardians")):
        people[key] = member_of(StakeholderFactory(name=name))
    for _twice in range(2):
        load_demo_dialogues(people)
    assert Dialogue.objects.count() == 3
    assert sorted(DialogueLine.objects.values_list("status", flat=True)) == [
        "shortlisted",
        "submitted",
        "submitted",
    ]


def test_what_a_stakeholder_sent_leaves_with_it_and_its_place_is_offered(dialogue):
    Dialogue.objects.update(places=1)
    leaving, staying = waiting(dialogue)
    DialogueLine.objects.filter(pk=leaving.pk).update(offer_until=now() + timedelta(hours=2))
    withdraw(
        leaving.application.stakeholder,
        actor=person_with(Role.HEAD),
        reason=StandingReason.values[0],
        note="Gone.",
    )
    leaving.refresh_from_db()
    assert leaving.status == "withdrawn"
    dialogue_desk_actions_clock.care_for_dialogues()
    staying.refresh_from_db()
    assert staying.is_offered


def test_a_person_takes_home_what_they_said_and_how_it_stands(dialogue):
    line = line_in("shortlisted", dialogue, access_needs="A ramp.")
    [row] = sections["dialogue_applications"].rows(line.application.applicant)
    texts = {field.key: field.shown for field in row}
    assert texts["access_needs"] == "A ramp."
    assert "Shortlisted" in texts[f"line_{line.pk}"]


# --- The applications as a file ---------------------------------------------------------------------------
@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_the_applications_leave_as_the_filters_show_them_with_every_answer(
    as_keeper, keeper, dialogue, django_assert_num_queries, form
):
    sensitive = {"access_needs": "A ramp.", "gender": "woman", "travel_reason": "No funds."}
    shortlisted = line_in("shortlisted", dialogue, wants_to_speak=True, speaking_about="=1+1", **sensitive)
    line_in("submitted", dialogue)
    line_in("draft", dialogue)
    line_in("submitted")
    dialogue_desk_actions.object_to(shortlisted, actor=keeper, text="State X objects.")
    page, file = (
        reverse("dialoguedesk:dialogue", args=[dialogue.pk]),
        reverse("dialoguedesk:applications_file", args=[dialogue.pk, form]),
    )
    assert f"applications.{form}?status=shortlisted" in as_keeper.get(page, {"status": "shortlisted"}).text
    (line,) = lines_of(as_keeper.get(file, {"status": "shortlisted"}))
    topic = dialogue.event.topics.get()
    assert line[topic.name_en] == "We have worked on this for ten years."
    assert line["What about"] == "'=1+1"
    assert line["First time at a dialogue"] == "Yes"
    assert line["Applicant"] == shortlisted.application.applicant.name
    for text in ("A ramp.", "Woman", "No funds.", "State X objects."):
        assert text not in str(line)
    (line,) = lines_of(as_keeper.get(file, {"status": "shortlisted", "sensitive": "1"}))
    assert (line["Access needs"], line["Gender"]) == ("A ramp.", "Woman")
    entries = Entry.objects.filter(action__startswith="reviews.dialogue.export", subject_id=dialogue.pk)
    assert [entry.action.rpartition(".")[2] for entry in entries.order_by("pk")] == [
        "export",
        "export_sensitive",
    ]
    with CaptureQueriesContext(connection) as few:
        assert len(lines_of(as_keeper.get(file))) == 2
    for _number in range(3):
        line_in("submitted", dialogue)
    with django_assert_num_queries(len(few)):
        assert len(lines_of(as_keeper.get(file))) == 5
