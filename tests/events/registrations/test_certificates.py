"""Certificates of attendance: who gets one, who checks its code, and what withdraws it."""

from datetime import timedelta

import pypdfium2
import pytest
from django.urls import reverse
from django.utils.timezone import now

from accounts.data_rights.actions import delete_account
from accounts.people.enums import Role
from events.events.models import Event
from events.registration_desk.actions import count_in, uncount
from events.registrations import views_certificates
from events.registrations.actions_clock import issue_certificates
from events.registrations.models import Certificate, RegistrationRules
from events.registrations.wiring import _own_data
from notifications.delivery.compose import compose
from notifications.outbox.models import Message
from tests.factories.accounts import UserFactory, person_with, sign_in
from tests.factories.events import EventFactory
from tests.factories.registrations import RulesFactory, registration_in
from tests.factories.stakeholders import StakeholderFactory, member_of
from tests.support import text_of

pytestmark = pytest.mark.django_db

KIND = "events.registration_certificate"
MISSING = "No valid certificate has this code."


@pytest.fixture
def desk():
    return person_with(Role.EVENTS)


@pytest.fixture
def counted(desk):
    """Return the registration of a person who was checked in at an event that ended yesterday."""
    rules = RulesFactory(gives_certificate=True, event=EventFactory(title="Training on firearms"))
    registration = registration_in("confirmed", rules=rules, user=UserFactory(name="Amina Haile"))
    count_in(registration, actor=desk)
    end(rules.event)
    return registration


def end(event, days=1):
    Event.objects.filter(pk=event.pk).update(
        starts_at=now() - timedelta(days=days + 1), ends_at=now() - timedelta(days=days)
    )


def page(client, person, name, *args):
    sign_in(client, person)
    return client.get(reverse(name, args=args))


def check(client, code):
    return client.post(reverse("events:certificates"), {"code": code})


def messages_to(person):
    return Message.objects.filter(user=person, kind=KIND)


@pytest.mark.behaviour("E-27")
def test_it_is_issued_once_the_event_has_ended_and_the_person_is_informed_once(client, reference, desk):
    rules = RulesFactory(gives_certificate=True)
    counted = registration_in("confirmed", rules=rules)
    absent = registration_in("confirmed", rules=rules)
    count_in(counted, actor=desk)
    assert issue_certificates() == 0
    assert "After the end you find a certificate" in text_of(
        page(client, counted.user, "events:registration", counted.pk)
    )
    end(rules.event)
    assert [issue_certificates(), issue_certificates()] == [1, 0]
    (message,) = messages_to(counted.user)
    assert "Your certificate of attendance is ready." in compose(message).body
    assert not messages_to(absent.user).exists()
    link = reverse("events:certificate", args=[counted.pk])
    for name, args in (("events:registration", [counted.pk]), ("events:registrations", [])):
        assert f'href="{link}"' in page(client, counted.user, name, *args).content.decode()
    assert page(client, absent.user, "events:certificate", absent.pk).status_code == 404


@pytest.mark.behaviour("E-27")
def test_an_event_gives_none_until_its_team_turns_it_on(client, reference, desk, counted):
    RegistrationRules.objects.update(gives_certificate=False)
    assert issue_certificates() == 0
    assert RegistrationRules._meta.get_field("gives_certificate").default is False
    shown = text_of(page(client, counted.user, "events:registration", counted.pk))
    assert "You are checked in." in shown
    assert "certificate" not in shown.lower()
    assert 'name="gives_certificate"' in str(
        page(client, desk, "eventdesk:registration_rules", counted.event.pk).content
    )
    RegistrationRules.objects.update(gives_certificate=True)
    assert issue_certificates() == 1


def test_people_of_events_long_ago_find_theirs_without_being_informed(counted):
    end(counted.event, days=90)
    assert issue_certificates() == 1
    assert not messages_to(counted.user).exists()


@pytest.mark.behaviour("E-28")
def test_anybody_checks_a_code_and_a_wrong_one_is_missing(client, reference, counted):
    issue_certificates()
    code = Certificate.objects.get().code
    assert "Amina Haile" not in text_of(client.get(reverse("events:certificates"), {"code": code}))
    for typed in (code, f" {code.lower()} "):
        shown = text_of(check(client, typed))
        assert "This certificate is valid." in shown
        assert "Amina Haile" in shown
        assert "Training on firearms" in shown
    wrong = text_of(check(client, "WO-2026-AAAA-AAAA"))
    assert MISSING in wrong
    assert "Amina" not in wrong
    assert "Please give the code." in text_of(check(client, ""))


@pytest.mark.behaviour("E-28")
def test_checks_from_one_address_have_an_end(client, reference, monkeypatch):
    monkeypatch.setattr(views_certificates, "MOST", 2)
    answers = [check(client, "WO-2026-AAAA-AAAA").status_code for _attempt in range(3)]
    assert answers == [200, 200, 429]


@pytest.mark.behaviour("E-28")
def test_what_withdraws_a_certificate(client, reference, desk, counted):
    def is_valid(code):
        own = page(client, counted.user, "events:certificate", counted.pk).status_code == 200
        public = "This certificate is valid." in text_of(check(client, code))
        assert own == public
        return public

    issue_certificates()
    first = Certificate.objects.get().code
    assert is_valid(first)
    for change in ({"status": "cancelled"}, {"ends_at": now() + timedelta(days=1)}):
        before = Event.objects.values(*change).get(pk=counted.event.pk)
        Event.objects.filter(pk=counted.event.pk).update(**change)
        assert not is_valid(first)
        Event.objects.filter(pk=counted.event.pk).update(**before)
    RegistrationRules.objects.update(gives_certificate=False)
    assert not is_valid(first)
    RegistrationRules.objects.update(gives_certificate=True)
    uncount(counted, actor=desk)
    assert not is_valid(first)
    assert issue_certificates() == 0
    count_in(counted, actor=desk)
    assert issue_certificates() == 1
    assert MISSING in text_of(check(client, first))
    assert is_valid(Certificate.objects.get().code)
    assert messages_to(counted.user).count() == 2


@pytest.mark.behaviour("E-28")
def test_it_is_in_ones_data_and_goes_with_the_account(client, reference, counted):
    issue_certificates()
    code = Certificate.objects.get().code
    assert code in [field.value for row in _own_data(counted.user) for field in row]
    delete_account(counted.user, actor=counted.user)
    assert not Certificate.objects.exists()
    assert MISSING in text_of(check(client, code))


def test_a_certificate_is_for_who_was_there_and_for_the_desk_and_set_in_any_script(client, reference, desk):
    own = StakeholderFactory(name="打击有组织犯罪中心")
    event = EventFactory(
        title="مؤتمر مكافحة الجريمة",
        language_id="ar",
        city="Graz",
        starts_at=now() - timedelta(days=2),
        ends_at=now() - timedelta(days=1),
    )
    registration = registration_in(
        "confirmed",
        rules=RulesFactory(event=event, gives_certificate=True),
        stakeholder=own,
        user=UserFactory(name="أمينة Haile"),
        attended_at=now() - timedelta(days=1),
        counted_by=desk,
    )
    issue_certificates()
    absent = registration_in("confirmed", rules=registration.rules)
    for person in (registration.user, desk):
        for language in ("en", "ar", "zh"):
            sign_in(client, person)
            address = reverse("events:certificate_paper", args=[registration.pk])
            paper = client.get(address.replace("/en/", f"/{language}/"))
            assert paper["Content-Type"] == "application/pdf"
            # PDF/UA is only kept where every letter has a font.
            assert paper.content.startswith(b"%PDF-")
            assert b"pdfuaid" in paper.content
            assert "Graz" in pypdfium2.PdfDocument(paper.content)[0].get_textpage().get_text_range()
    for person in (member_of(own), absent.user):
        for name in ("events:certificate", "events:certificate_paper"):
            assert page(client, person, name, registration.pk).status_code == 404
    assert page(client, absent.user, "events:certificate_paper", absent.pk).status_code == 404
