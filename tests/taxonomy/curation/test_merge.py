import threading

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection

from accounts.people.enums import Role
from audit.models import Entry
from core.errors import DomainError, WrongState
from taxonomy.curation.actions import merge_terms
from taxonomy.hooks import term_merged
from taxonomy.names.models import Revision
from taxonomy.terms.models import EngagementArea, Topic
from tests.factories.accounts import UserFactory, person_with
from tests.factories.taxonomy import EngagementAreaFactory, TopicFactory


@pytest.fixture
def heard():
    """What the apps above are told."""
    calls = []

    def listen(sender, **arguments):
        calls.append((sender, arguments["old"].pk, arguments["new"].pk))

    term_merged.connect(listen)
    yield calls
    term_merged.disconnect(listen)


def test_merging_moves_links_leaves_a_redirect_and_tells_the_apps_above(curator, heard):
    old, new = TopicFactory(code="old"), TopicFactory(code="new")
    child = TopicFactory(parent=old)
    assert merge_terms(old, new, actor=curator) == {"taxonomy.topic.parent": 1}
    child.refresh_from_db()
    assert child.parent_id == "new"
    assert Topic.objects.resolve("old") == new
    assert heard == [(Topic, "old", "new")]


def test_an_older_redirect_leads_on_to_the_newest_term(curator):
    first, second, third = (TopicFactory(code=code) for code in ("first", "second", "third"))
    merge_terms(first, second, actor=curator)
    second.refresh_from_db()
    merge_terms(second, third, actor=curator)
    assert {code: Topic.objects.resolve(code).pk for code in ("first", "second", "third")} == {
        "first": "third",
        "second": "third",
        "third": "third",
    }


def test_merging_is_told_of_both_terms_by_one_click(curator):
    old, new = TopicFactory(code="old"), TopicFactory(code="new")
    merge_terms(old, new, actor=curator)
    assert list(Revision.objects.order_by("code").values_list("code", "changes")) == [
        ("new", {"merged_terms": ["", "old"]}),
        ("old", {"merged_into": ["", "new"]}),
    ]
    entries = Entry.objects.filter(action="taxonomy.term_merged")
    assert [entry.data for entry in entries] == [
        {"kind": "taxonomy.topic", "code": "old", "into": "new", "moved": 0}
    ] * 2
    assert len({entry.click for entry in entries}) == 1
    assert {entry.actor_id for entry in entries} == {curator.pk}


@pytest.mark.parametrize(
    ("role", "allowed"),
    (
        (Role.CURATION, True),
        (Role.ADMINISTRATOR, True),
        (Role.VETTING, False),
        (Role.EVENTS, False),
        (Role.REVIEWS, False),
        (Role.HEAD, False),
        (Role.REGIONAL, False),
        (Role.STATE, False),
        (None, False),
    ),
)
def test_who_may_merge(role, allowed, db):
    person = person_with(role) if role else UserFactory()
    old, new = TopicFactory(code="old"), TopicFactory(code="new")
    if allowed:
        merge_terms(old, new, actor=person)
    else:
        with pytest.raises(PermissionDenied):
            merge_terms(old, new, actor=person)
    assert (Topic.objects.get(pk="old").merged_into_id == "new") is allowed


def test_a_term_is_not_merged_into_itself_another_list_or_another_kind(curator):
    topic = TopicFactory(code="old")
    for other in (topic, EngagementAreaFactory(code="new"), TopicFactory(code="subject", kind="subject")):
        with pytest.raises(DomainError):
            merge_terms(topic, other, actor=curator)
    assert Topic.objects.filter(merged_into__isnull=False).count() == 0
    assert EngagementArea.objects.filter(merged_into__isnull=False).count() == 0


def test_a_broader_term_is_not_merged_into_one_below_it(curator):
    top = TopicFactory(code="top")
    middle = TopicFactory(code="middle", parent=top)
    bottom = TopicFactory(code="bottom", parent=middle)
    with pytest.raises(DomainError, match="is part of"):
        merge_terms(top, bottom, actor=curator)
    merge_terms(bottom, top, actor=curator)
    assert Topic.objects.get(pk="middle").parent_id == "top"


def test_a_merged_term_is_merged_no_further_and_takes_nothing_in(curator):
    old, new, other = (TopicFactory(code=code) for code in ("old", "new", "other"))
    merge_terms(old, new, actor=curator)
    for pair in ((old, other), (other, old)):
        with pytest.raises(WrongState):
            merge_terms(*pair, actor=curator)


def test_a_merged_term_is_offered_no_more(curator):
    old, new = TopicFactory(code="old"), TopicFactory(code="new")
    assert {"old", "new"} <= {code for code, _name in Topic.objects.all().for_choices()}
    merge_terms(old, new, actor=curator)
    offered = {code for code, _name in Topic.objects.all().for_choices()}
    assert ("old" in offered, "new" in offered) == (False, True)


@pytest.mark.django_db(transaction=True)
def test_of_two_merges_at_once_one_happens():
    person = person_with(Role.CURATION)
    old, left, right = (TopicFactory(code=code) for code in ("old", "left", "right"))
    outcomes = {}
    start = threading.Barrier(2)

    def merge(into):
        try:
            start.wait(300)
            merge_terms(Topic.objects.get(pk="old"), into, actor=person)
            outcomes[into.pk] = "merged"
        except WrongState:
            outcomes[into.pk] = "too late"
        finally:
            connection.close()

    threads = [threading.Thread(target=merge, args=[into]) for into in (left, right)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(300)
    assert sorted(outcomes.values()) == ["merged", "too late"]
    old.refresh_from_db()
    assert outcomes[old.merged_into_id] == "merged"
    assert Entry.objects.filter(action="taxonomy.term_merged").count() == 2
