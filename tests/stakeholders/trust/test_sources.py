"""Trust in sources: said of one at a time, ended, and the same for stories and the library."""

from typing import Any

import pytest
from django.urls import reverse

from accounts.people.enums import Role
from audit.models import Entry
from news.stories.actions import draft_story, submit_story
from resources.suggestions import actions as suggestions_actions
from stakeholders.merging.actions import merge
from stakeholders.trust.actions import end_source, trust_domain, trust_source
from stakeholders.trust.models import SourceTrust
from stakeholders.trust.queries import levels_of
from tests.factories.accounts import UserFactory, person_with, sign_in
from tests.factories.stakeholders import StakeholderFactory, member_of
from tests.support import assert_no_growth

pytestmark = pytest.mark.django_db
FACTS = {
    "kind": "guide",
    "audience": "public",
    "language": "en",
    "topics": ["corruption"],
    "edition_en": {"title": "A guide", "abstract": "What it is.", "link": "https://example.org/guide"},
}
TEXT = {"title": "Three days", "language_id": "en", "summary": "S", "text": "T"}
URL = "/en/desk/vetting/sources/"


def test_trust_is_said_once_of_one_source_and_ended(client: Any) -> None:
    curator = person_with(Role.CURATION)
    sign_in(client, curator)
    watch, gone = StakeholderFactory(name="Trusted Watch"), UserFactory(is_active=False)
    for fields, text in (
        ({"level": 2, "note": "x"}, "Name one person, one stakeholder or one mail domain."),
        ({"level": 2, "note": "x", "domain": "a.example", "stakeholder": watch.pk}, "Name one person"),
        ({"level": 2, "note": "x", "person": "no@body.example"}, "There is no account"),
        ({"level": 2, "note": "x", "person": gone.email}, "There is no account"),
        ({"level": 2, "note": "x", "person": curator.email}, "You cannot decide about the trust"),
        ({"level": 2, "note": "x", "stakeholder": 10**9}, "There is no stakeholder with this number."),
        ({"level": 2, "note": "x", "stakeholder": 10**30}, "There is no stakeholder with this number."),
        ({"level": 2, "note": "x", "domain": "gmail.com"}, "Anybody can get an address"),
        ({"level": 1, "note": "x", "domain": "a.example"}, "Select a valid choice"),
        ({"level": 2, "domain": "a.example"}, "Give the reason."),
    ):
        assert text in client.post(URL, fields).text, fields
    assert not SourceTrust.objects.exists()
    for level in (2, 0):
        client.post(URL, {"level": level, "note": "Known.", "stakeholder": watch.pk})
    standing = SourceTrust.objects.standing().get()
    assert (standing.level, SourceTrust.objects.count()) == (0, 2)
    assert "Trusted Watch" in client.get(URL).text
    end = reverse("vetting:end_source", args=[standing.pk])
    assert client.get(end).status_code == 405
    assert "read first from now on" in client.post(end, follow=True).text
    assert not SourceTrust.objects.standing().exists()
    assert "This has ended already." in client.post(end, follow=True).text
    log_entries = Entry.objects.filter(action__startswith="stakeholders.sourcetrust").order_by("pk")
    assert [log_entry.action.rpartition(".")[2] for log_entry in log_entries] == ["give", "give", "end"]


def test_only_curation_and_the_head_find_the_page(client: Any, subtests: Any) -> None:
    row = trust_source(actor=person_with(Role.HEAD), level=0, note="Known.", domain="a.example")
    for role in (None, Role.VETTING, Role.EVENTS, Role.REVIEWS, Role.ADMINISTRATOR):
        with subtests.test(role=role):
            sign_in(client, person_with(role) if role else UserFactory())
            assert client.get(URL).status_code == 404
            assert client.post(URL, {"level": 2, "note": "x", "domain": "b.example"}).status_code == 404
            assert client.post(f"{URL}{row.pk}/end/").status_code == 404
            assert list(SourceTrust.objects.standing()) == [row]


def test_the_page_costs_the_same_however_many_stand(client: Any) -> None:
    head = person_with(Role.HEAD)
    sign_in(client, head)

    def add() -> None:
        trust_source(actor=head, level=2, note="Known.", person=UserFactory())
        trust_source(actor=head, level=2, note="Known.", stakeholder=StakeholderFactory())

    assert_no_growth(lambda: client.get(URL), add)


@pytest.mark.parametrize(
    ("domain", "story_starts", "record_starts"),
    (
        ("listed", "published", "published"),
        ("listed above", "pending", "pending"),
        ("trusted", "published", "published"),
        ("listed and blocked", "on_hold", "hold"),
        ("", "pending", "pending"),
    ),
)
def test_a_source_stands_the_same_for_stories_and_for_the_library(
    domain: str, story_starts: str, record_starts: str, reference: Any
) -> None:
    head, stakeholder = person_with(Role.HEAD), StakeholderFactory()
    author = member_of(stakeholder, email="a@mail.institute.example")
    trust_source(actor=head, level=2, note="Known.", person=author)
    trust_source(actor=head, level=2, note="Known.", stakeholder=stakeholder)
    if "listed" in domain:
        host = "institute.example" if "above" in domain else "mail.institute.example"
        trust_domain(actor=head, domain=host, note="A partner.")
    if "trusted" in domain or "blocked" in domain:
        level = 0 if "blocked" in domain else 2
        trust_source(actor=head, level=level, note="Known.", domain="mail.institute.example")
    story = draft_story(actor=author, values=TEXT, stakeholder=stakeholder)
    assert submit_story(story, actor=author).status == story_starts
    begun = suggestions_actions.begin(actor=author, stakeholder=stakeholder, facts=FACTS)
    assert suggestions_actions.submit(begun, actor=author).resource.status == record_starts


def test_what_has_ended_counts_no_more() -> None:
    head, stakeholder, author = person_with(Role.HEAD), StakeholderFactory(), UserFactory()
    end_source(trust_source(actor=head, level=0, note="Known.", person=author), actor=head)
    assert levels_of(author, stakeholder).lowest == 1


@pytest.mark.parametrize("kept_level", (0, 2))
def test_when_two_stakeholders_are_merged_the_lower_word_stays(kept_level: int, reference: Any) -> None:
    head, remaining, gone = person_with(Role.HEAD), StakeholderFactory(), StakeholderFactory()
    trust_source(actor=head, level=kept_level, note="Known.", stakeholder=remaining)
    trust_source(actor=head, level=2 - kept_level, note="Known.", stakeholder=gone)
    merge(gone, remaining, actor=head, reason="The same.")
    standing = SourceTrust.objects.standing().get()
    assert (standing.stakeholder, standing.level) == (remaining, 0)
