"""Trusted mail domains: a list with its versions, and a sooner promise for whoever writes from there."""

import pytest
from django.core.exceptions import PermissionDenied

from accounts.people.enums import Role
from audit.models import Entry
from stakeholders.applications.rules import working_days_after
from stakeholders.trust.actions import end_domain, trust_domain
from stakeholders.trust.models import TrustedDomain
from stakeholders.trust.queries import is_trusted, promised_days
from tests.factories.accounts import UserFactory, person_with, sign_in
from tests.factories.stakeholders import full_draft, sent_application
from tests.support import text_of
from workflow.items.models import WorkItem

pytestmark = pytest.mark.django_db
URL = "/en/desk/vetting/domains/"


@pytest.mark.parametrize(
    ("address", "trusted"),
    (
        ("a@example.org", True),
        ("a@EXAMPLE.ORG", True),
        ("a@mail.example.org", True),
        ("a@anexample.org", False),
        ("a@example.org.evil.net", False),
        ("a@org", False),
        ("example.org@evil.net", False),
        ("", False),
    ),
)
def test_whose_address_is_trusted(vetter, address, trusted):
    trust_domain(actor=vetter, domain="example.org", note="A partner since 2019.")
    assert is_trusted(UserFactory.build(email=address)) is trusted


@pytest.mark.behaviour("D-09")
def test_an_applicant_from_there_is_promised_a_decision_sooner_and_comes_first(client, vetter):
    other = sent_application(name="Another")
    sign_in(client, vetter)
    client.post(URL, {"domain": "CoastalWatch.example", "note": "A partner."})
    applicant = UserFactory(email="amina@coastalwatch.example")
    draft = full_draft(applicant)
    client.logout()
    sign_in(client, applicant)
    assert "within 4 working days" in text_of(client.get(f"/en/stakeholders/applications/{draft.pk}/check/"))
    client.post(f"/en/stakeholders/applications/{draft.pk}/check/")
    draft.refresh_from_db()
    assert draft.due_at == working_days_after(draft.submitted_at, 4)
    assert other.due_at == working_days_after(other.submitted_at, 10)
    first = WorkItem.objects.open().order_by("until").first()
    assert first.subject_id == draft.pk
    client.logout()
    sign_in(client, vetter)
    assert "at a trusted domain" in text_of(client.get(f"/en/desk/vetting/{draft.pk}/"))
    assert "at a trusted domain" not in text_of(client.get(f"/en/desk/vetting/{other.pk}/"))


@pytest.mark.behaviour("D-09")
def test_the_list_tells_its_versions(as_vetter, vetter):
    as_vetter.post(URL, {"domain": "example.org", "note": "A partner."})
    trusted = TrustedDomain.objects.get()
    as_vetter.post(URL, {"end": trusted.pk})
    as_vetter.post(URL, {"domain": "example.org", "note": "A partner again."})
    text = text_of(as_vetter.get(URL))
    assert "removed by Vera Vetter on" in text
    assert "A partner again." in text
    assert list(TrustedDomain.objects.standing().values_list("note", flat=True)) == ["A partner again."]
    acts = Entry.objects.filter(action__startswith="stakeholders.domain_").order_by("pk")
    assert list(acts.values_list("action", "data__domain", "actor_id")) == [
        ("stakeholders.domain_trusted", "example.org", vetter.pk),
        ("stakeholders.domain_ended", "example.org", vetter.pk),
        ("stakeholders.domain_trusted", "example.org", vetter.pk),
    ]
    assert "already" in text_of(as_vetter.post(URL, {"end": trusted.pk}, follow=True))
    assert as_vetter.post(URL, {"end": 999999}).status_code == 404


@pytest.mark.parametrize(
    ("domain", "note", "error"),
    (
        ("gmail.com", "All of us.", "Anybody can get an address"),
        ("no domain", "Why.", "Write a domain"),
        ("org", "Why.", "Write a domain"),
        ("example.net", "", "This field is required."),
        ("example.org", "Why.", "on the list already"),
    ),
)
def test_what_the_list_refuses(as_vetter, vetter, domain, note, error):
    trust_domain(actor=vetter, domain="example.org", note="A partner.")
    assert error in text_of(as_vetter.post(URL, {"domain": domain, "note": note}))
    assert TrustedDomain.objects.count() == 1


def test_those_who_vet_keep_the_list(client, vetter, subtests):
    trusted = trust_domain(actor=vetter, domain="example.org", note="A partner.")
    for who, status in (
        ("visitor", 302),
        ("stranger", 404),
        ("vetting", 200),
        ("head", 200),
        ("curation", 404),
        ("events", 404),
        ("reviews", 404),
        ("administrator", 404),
        ("regional", 404),
        ("state", 404),
    ):
        with subtests.test(who=who):
            if who != "visitor":
                person = UserFactory() if who == "stranger" else person_with(who)
                sign_in(client, person)
                if status == 404:
                    with pytest.raises(PermissionDenied):
                        trust_domain(actor=person, domain="example.net", note="Mine.")
                    with pytest.raises(PermissionDenied):
                        end_domain(trusted, actor=person)
            assert client.get(URL).status_code == status
            if status != 200:
                assert client.post(URL, {"end": trusted.pk}).status_code == status
                assert TrustedDomain.objects.standing().count() == 1


def test_nobody_is_trusted_by_an_empty_list():
    assert promised_days(UserFactory()) == 10
    assert promised_days(person_with(Role.HEAD)) == 10
