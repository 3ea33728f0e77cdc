"""A stakeholder's own event: sent, returned, mended, published, refused, withdrawn; and who may."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils.timezone import now

from accounts.people.enums import Role
from events.events.models import Event
from notifications.outbox.models import Message
from tests.days import NEXT_YEAR
from tests.events.forms import MAY, form
from tests.factories.accounts import UserFactory, person_with, sign_in, visiting
from tests.factories.events import EventFactory
from tests.factories.notifications import due_days
from tests.factories.stakeholders import StakeholderFactory, member_of
from tests.support import markup_of, write_steps
from workflow.items.models import WorkItem
from workflow.items.queries import due_of

pytestmark = pytest.mark.django_db
OWN, DESK, PROPOSE = "/en/events/own/", "/en/desk/events/", "/en/events/propose/"


@pytest.fixture
def watch(reference):
    return StakeholderFactory(name="Coastal Watch")


@pytest.fixture
def member(watch):
    return visiting(member_of(watch))


@pytest.fixture
def desk(reference):
    return visiting(person_with(Role.EVENTS))


def kinds():
    return set(Message.objects.values_list("kind", flat=True))


def test_its_page_says_what_is_missing_before_it_is_sent(member, watch):
    event = EventFactory(status="draft", organizer=watch, about="", kind="training", mode="online")
    page = f"{OWN}{event.pk}/"
    incomplete = markup_of(member.get(page))
    assert f'<a href="{page}edit/what/#id_about">Describe the event in a few sentences.</a>' in incomplete
    assert f'action="{page}submit/"' not in incomplete
    assert 'id="id_about"' in member.get(f"{page}edit/", follow=True).text
    Event.objects.filter(pk=event.pk).update(
        about="All of it.", starts_at=now() - timedelta(days=2), ends_at=now() - timedelta(days=1)
    )
    assert "Choose a day in the future." in member.get(page).text
    Event.objects.filter(pk=event.pk).update(
        starts_at=now() + timedelta(days=2), ends_at=now() + timedelta(days=3)
    )
    complete = member.get(page).text
    assert "Still missing" not in complete
    assert f'action="{page}submit/"' in complete


def test_an_event_is_sent_returned_mended_and_published(member, desk, watch):
    assert write_steps(member, PROPOSE, form(about="")).status_code == 302
    event = Event.objects.get()
    page, public = f"{OWN}{event.pk}/", event.get_absolute_url()
    assert (event.organizer, event.status) == (watch, "draft")
    assert desk.get(f"{DESK}{event.pk}/").status_code == 404  # what is not sent is its own
    incomplete = member.post(f"{page}submit/", follow=True)
    assert "Describe the event in a few sentences." in incomplete.text
    assert (
        write_steps(member, f"{page}edit/what/", form(version=event.version))["Location"] == f"{page}check/"
    )
    member.post(f"{page}submit/")
    event.refresh_from_db()
    assert event.status == "submitted"
    assert kinds() == {"events.arrived"}
    assert due_days("events.arrived") == {due_of(event)} != {""}
    assert WorkItem.objects.about(event).open().count() == 1
    assert Client().get(public).status_code == 404
    assert "The event is with the WhatsOn team" not in member.get(page).text
    assert member.get(f"{page}edit/")["Location"] == page

    assert "Ask at a field" in desk.post(f"{DESK}{event.pk}/return/", {"note": " "}).text
    desk.post(f"{DESK}{event.pk}/return/", {"ask_starts_at": "By whose <clock>?", "note": "Nearly there."})
    assert "events.yours_returned" in kinds()
    assert "By whose &lt;clock&gt;?" in member.get(page).text
    edit_page = member.get(f"{page}edit/", follow=True).text
    assert "Question: By whose &lt;clock&gt;?" in edit_page
    assert "<clock>" not in edit_page
    assert event.title in member.get("/en/me/").text
    event.refresh_from_db()
    mended = form(version=event.version, zone="Africa/Nairobi")
    assert member.post(f"{page}edit/when/?check", mended)["Location"] == f"{page}check/"
    member.post(f"{page}submit/")
    assert "By whose" not in member.get(page).text
    desk.post(f"{DESK}{event.pk}/publish/")
    event.refresh_from_db()
    assert (event.status, event.zone) == ("published", "Africa/Nairobi")
    assert "events.yours_published" in kinds()
    assert "Coastal Watch" in Client().get(public).text
    assert event.title in Client().get(watch.get_absolute_url()).text
    assert event.title in Client().get("/en/countries/AUT/").text
    assert event.title in Client().get("/en/").text
    # Once it is public its organizer moves and cancels it; the text stays as the desk read it.
    assert member.get(f"{page}edit/")["Location"] == page
    event.refresh_from_db()
    member.post(f"{page}move/", form(version=event.version, first_day=f"{NEXT_YEAR}-05-07", title="Other"))
    member.post(f"{page}cancel/", {"note": "The hall burnt down."})
    event.refresh_from_db()
    assert (event.status, event.sequence, event.title) == ("cancelled", 2, "Training on firearms tracing")


def test_a_refusal_needs_a_reason_that_its_organizer_reads(member, desk):
    write_steps(member, PROPOSE, form())
    event = Event.objects.get()
    member.post(f"{OWN}{event.pk}/submit/")
    assert "Please give a reason." in desk.post(f"{DESK}{event.pk}/refuse/", {}).text
    desk.post(f"{DESK}{event.pk}/refuse/", {"reason": "advertising", "note": "It sells a product."})
    page = member.get(f"{OWN}{event.pk}/").text
    assert "It advertises goods or services" in page
    assert "It sells a product." in page
    mail = Message.objects.get(kind="events.yours_refused")
    assert mail.facts["reason"] == "advertising"


def test_an_event_is_withdrawn_while_the_desk_has_it(member, desk):
    write_steps(member, PROPOSE, form())
    event = Event.objects.get()
    member.post(f"{OWN}{event.pk}/submit/")
    assert member.get(f"{OWN}{event.pk}/withdraw/").status_code == 405
    member.post(f"{OWN}{event.pk}/withdraw/")
    event.refresh_from_db()
    assert event.status == "withdrawn"
    assert not WorkItem.objects.about(event).open().exists()
    assert desk.post(f"{DESK}{event.pk}/publish/").status_code == 302
    event.refresh_from_db()
    assert event.status == "withdrawn"


def test_what_has_been_is_not_sent(member):
    write_steps(member, PROPOSE, form(first_day="2020-05-05"))
    event = Event.objects.get()
    answer = member.post(f"{OWN}{event.pk}/submit/", follow=True)
    assert "Choose a day in the future." in answer.text


def test_who_acts_for_nobody_is_told_so_and_others_see_nothing(member, watch):
    write_steps(member, PROPOSE, form())
    event = Event.objects.get()
    stranger = visiting(UserFactory())
    assert "You act for no stakeholder yet" in stranger.get(PROPOSE).text
    stranger.post(PROPOSE, form())
    assert Event.objects.count() == 1
    reader = visiting(member_of(watch, "reader"))
    assert reader.get(f"{OWN}{event.pk}/").status_code == 200
    assert reader.get(f"{OWN}{event.pk}/edit/").status_code == 404
    for path in ("", "edit/", "move/", "cancel/"):
        assert stranger.get(f"{OWN}{event.pk}/{path}").status_code == 404
    assert stranger.post(f"{OWN}{event.pk}/submit/").status_code == 404
    assert Client().get(PROPOSE).status_code == 302


def test_an_event_of_the_house_is_on_no_members_page(member):
    assert member.get(f"{OWN}{EventFactory().pk}/").status_code == 404


def test_a_member_of_two_says_for_which(reference):
    first, second = StakeholderFactory(name="First"), StakeholderFactory(name="Second")
    person = member_of(first)
    second.memberships.create(user=person, role="editor")
    browser = visiting(person)
    page = browser.post(PROPOSE, form())
    assert "Choose for which stakeholder" in page.text
    assert not Event.objects.exists()
    write_steps(browser, PROPOSE, form(organizer=second.pk))
    assert Event.objects.get().organizer == second
    assert Event.objects.get().starts_at == MAY
    # One that is not theirs is as if none were chosen.
    assert (
        "Choose for which stakeholder you put it on the calendar."
        in browser.post(PROPOSE, form(organizer=StakeholderFactory().pk)).text
    )


def test_a_step_saves_itself_until_the_event_is_sent_and_again_opens_what_was_typed(member, watch):
    event = EventFactory(status="draft", organizer=watch, about="", kind="training", mode="online")
    step = f"{OWN}{event.pk}/edit/what/"
    typed = form(version=event.version, title="", about="Half a sen")
    saved = member.post(f"{step}autosave/", typed)
    assert saved.status_code == 200
    assert "except what is not complete yet" in saved.json()["said"]
    event.refresh_from_db()
    assert (event.about, event.version) == ("Half a sen", saved.json()["version"])
    assert event.title  # what could not be read stays as it was
    Event.objects.filter(pk=event.pk).update(status="submitted")
    assert member.post(f"{step}autosave/", typed).status_code == 409
    assert member.get(step)["Location"] == f"{OWN}{event.pk}/"


def test_day_and_zone_are_saved_together_or_not_at_all(member, watch):
    event = EventFactory(status="draft", organizer=watch, starts_at=MAY, ends_at=MAY + timedelta(hours=3))
    typed = form(version=event.version, zone="Africa/Nairobi", end_time="08:00")
    member.post(f"{OWN}{event.pk}/edit/when/autosave/", typed)
    event.refresh_from_db()
    assert (event.starts_at, event.zone) == (MAY, "Europe/Vienna")


def test_what_is_typed_after_a_session_ended_waits_behind_the_sign_in(watch):
    person = member_of(watch)
    event = EventFactory(status="draft", organizer=watch, kind="training")
    step = f"{OWN}{event.pk}/edit/what/"
    browser = Client()
    assert "login" in browser.post(step, form(version=event.version, about="Typed late."))["Location"]
    sign_in(browser, person)
    assert browser.get(step).context["form"]["about"].value() == "Typed late."


def test_the_last_page_shows_all_answers_and_leads_to_each_step(member, watch):
    event = EventFactory(status="draft", organizer=watch, about="", kind="training", mode="online", city="")
    page = f"{OWN}{event.pk}/"
    incomplete = markup_of(member.get(f"{page}check/"))
    for step in ("what", "when", "where", "topics"):
        assert f'<a href="{page}edit/{step}/?check">' in incomplete
    assert (
        f'<a href="{page}edit/what/?check#id_about">Describe the event in a few sentences.</a>' in incomplete
    )
    assert f'action="{page}submit/"' not in incomplete
    mended = member.post(f"{page}edit/what/?check", form(version=event.version, about="**All** of it."))
    assert mended["Location"] == f"{page}check/"
    complete = markup_of(member.get(f"{page}check/"))
    assert "<strong>All</strong> of it." in complete
    assert f'action="{page}submit/"' in complete


def test_half_a_sentence_of_a_published_event_is_not_saved_by_itself(desk):
    event = EventFactory(kind="training")
    step = f"{DESK}{event.pk}/edit/what/"
    refused = desk.post(f"{step}autosave/", form(version=event.version, title="Half a"))
    assert refused.status_code == 409
    assert "data-autosave=" not in desk.get(step).text
    assert desk.get(f"{DESK}{event.pk}/edit/when/")["Location"] == f"{DESK}{event.pk}/"
    saved = desk.post(step, form(version=event.version, title="All of it", later="1"))
    assert saved["Location"] == f"{DESK}{event.pk}/"
    event.refresh_from_db()
    assert event.title == "All of it"
