"""Following: begun, changed and stopped by its person alone; a selection means what its page says."""

import re
from functools import partial

import pytest
from django.utils.timezone import now

from accounts.people.enums import Role
from accounts.people.models import User
from core.errors import DomainError
from notifications.follows import actions as follows_actions
from notifications.follows.actions import expand, follow, follow_each, move_term, tell
from notifications.follows.enums import Level
from notifications.follows.models import Follow
from notifications.follows.queries import combinations
from notifications.happenings.enums import Weight
from notifications.inbox.models import Notice
from stakeholders.entries.enums import Listing
from stakeholders.followers.actions import tell_joined
from tests.factories.accounts import UserFactory, person_with, sign_in
from tests.factories.stakeholders import StakeholderFactory, member_of
from tests.support import assert_no_growth, markup_of, run_during

pytestmark = pytest.mark.django_db
LIST, ADD = "/en/me/follows/", "/en/me/follows/add/"
WEST_AFRICA = "011"


@pytest.fixture
def as_reader(client, reader, reference):
    client.force_login(reader)
    return client


def follows_of(person):
    return sorted((follow.terms, follow.level) for follow in Follow.objects.filter(user=person))


def joins(**fields):
    """A new entry, told to whoever follows it; returns its name."""
    topics = fields.pop("topics", ())
    entry = StakeholderFactory(**fields)
    entry.topics.set(topics)
    tell_joined(entry)
    expand([happening.pk for happening in _untold()])
    return entry.name


def _untold():
    from notifications.happenings.models import Happening

    return Happening.objects.filter(expanded_at=None)


def heard(person):
    return set(Notice.objects.filter(user=person).values_list("facts__name", flat=True))


@pytest.mark.behaviour("A-14")
def test_each_level_brings_what_it_says(client, reference):
    people = {}
    for level in Level.values:
        person = people[level] = UserFactory()
        client.force_login(person)
        assert client.post(ADD, {"term": "country:KEN", "level": level}).headers["Location"] == LIST
    muted = people[Level.MUTED]
    client.force_login(muted)
    client.post(ADD, {"term": "topic:corruption"})
    entry = StakeholderFactory()
    for weight in Weight.values:
        happening = tell(
            "stakeholders.joined",
            entry,
            key=weight,
            weight=weight,
            terms=["country:KEN", "topic:corruption"],
            facts={"name": weight},
        )
        expand([happening.pk])
    assert {level: heard(person) for level, person in people.items()} == {
        "all": {"news", "step", "deadline"},
        "steps": {"step", "deadline"},
        "deadlines": {"deadline"},
        "muted": set(),
    }


@pytest.mark.behaviour("A-15")
def test_a_selection_of_a_topic_and_a_region_brings_only_both(as_reader, reader):
    page = markup_of(as_reader.get("/en/stakeholders/?topic=trafficking-in-persons&region=011"))
    url = re.search(r'href="(/en/me/follows/add/\?[^"]+)"[^>]*>Follow this selection', page)[1]
    assert "You are then informed of what concerns Western Africa and Trafficking in persons." in page
    answer = as_reader.get(url.replace("&amp;", "&"))
    assert (
        "You are informed only of news about all of it: Western Africa and Trafficking in persons."
        in markup_of(answer)
    )
    as_reader.post(ADD, {"term": list(answer.context["terms"]), "level": "all"})
    both = joins(country_id="GHA", topics=["trafficking-in-persons"])
    joins(country_id="GHA", topics=["firearms"])
    joins(country_id="KEN", topics=["trafficking-in-persons"])
    assert heard(reader) == {both}


@pytest.mark.behaviour("A-15")
def test_several_of_one_kind_make_a_follow_each_and_the_page_says_so(as_reader, reader):
    terms = ["country:KEN", "country:UGA", "topic:corruption"]
    page = markup_of(as_reader.get(ADD, {"term": terms, "more": "1"}))
    assert "This makes 2 follows" in page
    assert "<li>Kenya and Corruption</li>" in page
    assert "<li>Uganda and Corruption</li>" in page
    assert "The list that you came from was" in page
    as_reader.post(ADD, {"term": terms, "level": "steps"})
    assert follows_of(reader) == [
        (["country:KEN", "topic:corruption"], "steps"),
        (["country:UGA", "topic:corruption"], "steps"),
    ]
    heard_of = joins(country_id="UGA", topics=["corruption"])
    joins(country_id="UGA")
    assert heard(reader) == {heard_of}


def test_filters_that_cannot_be_followed_are_said(as_reader):
    page = markup_of(as_reader.get("/en/stakeholders/?country=KEN&country=UGA&kind=ngo"))
    assert (
        "You are then informed of what concerns Kenya or Uganda. Your other filters cannot be followed."
        in page
    )
    assert "Follow this selection" not in markup_of(as_reader.get("/en/stakeholders/?kind=ngo"))


def test_too_many_at_once_are_refused_with_the_number(as_reader, reader, monkeypatch):
    monkeypatch.setattr("notifications.follows.views.MOST_AT_ONCE", 2)
    monkeypatch.setattr(follows_actions, "MOST_AT_ONCE", 2)
    data = {"term": ["country:KEN", "country:UGA", "country:GHA"]}
    assert "At most 2 follows can be made at once." in as_reader.get(ADD, data).text
    answer = as_reader.post(ADD, data)
    assert (answer.status_code, follows_of(reader)) == (400, [])
    assert "That would be 3 follows at once" in answer.text


def test_the_most_of_one_person_is_the_most_and_nothing_is_half_saved(as_reader, reader, monkeypatch):
    monkeypatch.setattr(follows_actions, "MOST_FOLLOWS", 2)
    follow(reader, ["country:KEN"])
    answer = as_reader.post(ADD, {"term": ["country:UGA", "country:GHA"]})
    assert answer.status_code == 400
    assert "at most 2 things" in answer.text
    assert follows_of(reader) == [(["country:KEN"], "all")]
    follow_each(reader, [["country:KEN"], ["country:UGA"]], level="steps")
    assert follows_of(reader) == [(["country:KEN"], "steps"), (["country:UGA"], "steps")]


@pytest.mark.parametrize(
    "terms",
    [
        [],
        ["country:XXX"],
        ["planet:mars"],
        ["country:"],
        ["x"],
        ["stakeholder:\x00"],
        ["country:KEN", "topic:none"],
        ["stakeholder:" + "9" * 40],
        [f"country:K{n}" for n in range(70)],
    ],
)
def test_what_is_not_there_answers_as_missing(as_reader, reader, terms):
    assert as_reader.get(ADD, {"term": terms}).status_code == 404
    assert as_reader.post(ADD, {"term": terms}).status_code == 404
    assert follows_of(reader) == []
    with pytest.raises(DomainError, match="not there"):
        follow(reader, terms)


def test_a_hidden_entry_cannot_be_followed_and_answers_as_a_missing_one(as_reader, reader):
    hidden = StakeholderFactory(listing=Listing.MEMBERS)
    answers = [as_reader.post(ADD, {"term": f"stakeholder:{pk}"}) for pk in (hidden.pk, 999999)]
    assert [answer.status_code for answer in answers] == [404, 404]
    assert follows_of(reader) == []
    sign_in(as_reader, member_of(hidden))
    assert as_reader.post(ADD, {"term": f"stakeholder:{hidden.pk}"}).status_code == 302


def test_a_follow_of_what_was_hidden_since_names_nothing_and_can_be_stopped(as_reader, reader):
    entry = StakeholderFactory(name="Soon hidden")
    mine = follow(reader, [f"stakeholder:{entry.pk}"])
    type(entry).objects.update(listing=Listing.UNLISTED)
    page = as_reader.get(LIST).text
    assert "Soon hidden" not in page
    assert "something that you cannot see now" in page
    as_reader.post(f"{LIST}{mine.pk}/", {"stop": "1"})
    assert follows_of(reader) == []


@pytest.mark.parametrize("level", ["", "loud", "\x00"])
def test_an_unknown_level_is_told_and_changes_nothing(as_reader, reader, level):
    mine = follow(reader, ["country:KEN"], level="steps")
    answer = as_reader.post(f"{LIST}{mine.pk}/", {"level": level}, follow=True)
    assert follows_of(reader) == [(["country:KEN"], "steps")]
    assert 'role="alert"' in answer.text
    answer = as_reader.post(ADD, {"term": "country:UGA", "level": level})
    assert (answer.status_code, bool(answer.context["form"].errors)) == (200, True)
    assert len(follows_of(reader)) == 1


def test_with_script_the_button_alone_comes_back(as_reader, reader):
    entry = StakeholderFactory(name="Watch <b>")
    page = as_reader.get(entry.get_absolute_url()).text
    assert page.count(f'name="term" value="stakeholder:{entry.pk}"') == 1
    part = as_reader.post(
        ADD, {"term": f"stakeholder:{entry.pk}", "label": "W <b>"}, headers={"HX-Request": "true"}
    )
    assert part.status_code == 200
    assert part.text.lstrip().startswith('<div class="follow">')
    assert "W &lt;b&gt;" in part.text
    (mine,) = Follow.objects.filter(user=reader)
    assert "You follow this" in as_reader.get(entry.get_absolute_url()).text
    part = as_reader.post(f"{LIST}{mine.pk}/", {"level": "steps"}, headers={"HX-Request": "true"})
    assert '<option value="steps" selected>' in part.text
    part = as_reader.post(f"{LIST}{mine.pk}/", {"stop": "1"}, headers={"HX-Request": "true"})
    assert f'name="term" value="stakeholder:{entry.pk}"' in part.text
    assert follows_of(reader) == []


@pytest.mark.parametrize(
    ("wanted", "leads"),
    [
        ("/en/stakeholders/?q=x", "/en/stakeholders/?q=x"),
        ("https://evil.example/", LIST),
        ("2026-01-01", LIST),
        ("account_logout", LIST),
        ("//evil.example/", LIST),
    ],
)
def test_without_script_one_is_led_back_and_never_away(as_reader, reader, wanted, leads):
    answer = as_reader.post(ADD, {"term": "country:KEN", "next": wanted})
    assert answer.headers["Location"] == leads
    assert follows_of(reader) == [(["country:KEN"], "all")]


def test_looking_follows_nothing(as_reader, reader):
    as_reader.get(ADD, {"term": "country:KEN", "level": "all"})
    assert follows_of(reader) == []
    assert as_reader.get(f"{LIST}{follow(reader, ['country:KEN']).pk}/").status_code == 405


ROLES = ("visitor", "stranger", "member", *Role.values)


@pytest.mark.parametrize("who", ROLES)
def test_what_somebody_follows_is_theirs_alone(client, reader, reference, who):
    entry = StakeholderFactory()
    mine = follow(reader, ["country:KEN"])
    if who != "visitor":
        person = {"stranger": UserFactory, "member": lambda: member_of(entry)}.get(
            who, lambda: person_with(who)
        )()
        sign_in(client, person)
        assert not Follow.objects.visible_to(person).exists()
    expected = 302 if who == "visitor" else 200
    for path in (LIST, f"{ADD}?term=country:KEN", "/en/me/notices/why/", "/en/me/notices/"):
        assert client.get(path).status_code == expected, path
    for data in ({"stop": "1"}, {"level": "muted"}):
        assert client.post(f"{LIST}{mine.pk}/", data).status_code == (302 if who == "visitor" else 404)
    assert follows_of(reader) == [(["country:KEN"], "all")]


def test_an_empty_list_suggests_the_places_and_topics_of_ones_own(client, reference):
    entry = StakeholderFactory(country_id="GHA")
    entry.topics.set(["corruption"])
    person = member_of(entry)
    client.force_login(person)
    page = client.get(LIST)
    assert "You follow nothing yet" in page.text
    assert [part.label for part in page.context["suggested"]] == ["Ghana", "Corruption"]
    client.post(ADD, {"term": "country:GHA"})
    assert [part.label for part in client.get(LIST).context["suggested"]] == ["Corruption"]


def test_the_list_costs_the_same_for_one_and_three(as_reader, reader):
    def add():
        entry = StakeholderFactory()
        follow(reader, [f"stakeholder:{entry.pk}"])
        follow(reader, ["country:KEN", f"stakeholder:{entry.pk}"])

    assert_no_growth(lambda: as_reader.get(LIST), add)


def test_where_one_of_two_is_both_already_the_double_ends(reader, reference):
    for terms in (
        ["country:KEN", "topic:corruption"],
        ["country:KEN", "topic:firearms"],
        ["topic:corruption"],
    ):
        follow(reader, terms)
    assert move_term("topic:corruption", "topic:firearms") == 2
    assert [terms for terms, _level in follows_of(reader)] == [
        ["country:KEN", "topic:firearms"],
        ["topic:firearms"],
    ]


@pytest.mark.parametrize(
    ("terms", "several"),
    [
        ([], []),
        (["b:1", "a:1"], [("a:1", "b:1")]),
        (["a:1", "a:2", "b:1", "a:1"], [("a:1", "b:1"), ("a:2", "b:1")]),
    ],
)
def test_terms_of_one_kind_mean_or_and_of_several_and(terms, several):
    assert combinations(terms) == several


def test_two_at_once_make_one_follow(reader, reference):
    first = follow(reader, ["topic:corruption", "country:KEN"])
    again = follow(reader, ["country:KEN", "topic:corruption"], level="steps")
    assert (first.pk, again.level) == (again.pk, "steps")
    assert first.created_at <= now()


@pytest.mark.django_db(transaction=True)
def test_many_clicks_at_once_make_one_follow_each_and_never_more_than_the_most(reference, monkeypatch):
    monkeypatch.setattr(follows_actions, "MOST_FOLLOWS", 1)
    person = UserFactory()
    wanted = ["country:KEN", "country:KEN", "country:UGA"]
    outcomes = run_during(
        lambda: User.objects.select_for_update().get(pk=person.pk),
        *(partial(follow, person, [term]) for term in wanted),
    )
    refused = [outcome for outcome in outcomes if isinstance(outcome, DomainError)]
    terms = [follow.terms for follow in Follow.objects.filter(user=person)]
    # Whoever came first decides: the two of one country, or the one of the other.
    assert (terms, len(refused)) in (([["country:KEN"]], 1), ([["country:UGA"]], 2))
