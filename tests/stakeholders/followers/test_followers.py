"""Whom the directory tells what: readers, pairs and `visible_to` are one rule, for every role and listing."""

from datetime import date, timedelta

import pytest
from django.utils.timezone import now
from django.utils.translation import override

from accounts.people.enums import Role
from accounts.people.models import User
from notifications.digests.actions import make_digests
from notifications.follows.actions import expand, follow
from notifications.follows.models import Deadline, Follow
from notifications.happenings.models import Happening
from notifications.hooks import kinds, targets
from notifications.inbox.models import Notice
from notifications.outbox.models import Message
from notifications.preferences.actions import choose
from notifications.preferences.queries import Choice
from stakeholders.changes import actions as changes_actions
from stakeholders.entries.enums import Listing, MemberRole, StandingReason, Status
from stakeholders.entries.models import Stakeholder
from stakeholders.exchange import actions as exchange_actions
from stakeholders.exchange.enums import OfferAudience
from stakeholders.exchange.queries import terms_of_offer
from stakeholders.followers import actions as followers_actions
from stakeholders.followers.queries import terms_of
from stakeholders.merging.actions import merge
from stakeholders.standing import actions as standing_actions
from stakeholders.vetting import actions as vetting_actions
from taxonomy.curation.actions import merge_terms
from taxonomy.terms.models import Topic
from tests.factories.accounts import GrantFactory, UserFactory, person_with
from tests.factories.exchange import first_area, offer
from tests.factories.notifications import deliver_all
from tests.factories.stakeholders import MembershipFactory, StakeholderFactory, member_of, sent_application
from tests.support import assert_no_growth, statements_of

pytestmark = pytest.mark.django_db
ENTRY_KINDS = ("joined", "profile_changed", "returned", "merged")
OFFER_KINDS = ("offer_added", "offer_ends")
SOURCE = {"source_name": "A list", "source_date": "2026-01-01"}


@pytest.fixture
def crowd(reference):
    """Everybody who may differ in what they see, by name; who acts for the entry comes with `make_entry`."""
    home, away = StakeholderFactory(), StakeholderFactory(status=Status.LAPSED)
    both = person_with(Role.STATE)
    GrantFactory(user=both, role=Role.REGIONAL)
    state_member = person_with(Role.STATE)
    MembershipFactory(stakeholder=home, user=state_member)
    ended = UserFactory()
    GrantFactory(user=ended, role=Role.VETTING, ends_at=now(), starts_at="2020-01-01T00:00Z")
    waiting = UserFactory()
    GrantFactory(user=waiting, role=Role.VETTING, confirmed_at=None)
    return {
        "stranger": UserFactory(),
        "member": member_of(home),
        "reader": member_of(home, MemberRole.READER),
        "lapsed member": member_of(away),
        **{role: person_with(role) for role in Role.values},
        "regional of the country": person_with(Role.REGIONAL, country="KEN"),
        "regional of the region": person_with(Role.REGIONAL, region="002"),
        "regional elsewhere": person_with(Role.REGIONAL, region="150"),
        "state and regional": both,
        "state and member": state_member,
        "role ended": ended,
        "role waiting": waiting,
        "closed": UserFactory(is_active=False),
        "closed desk": person_with(Role.VETTING, is_active=False),
    }


def one_rule(crowd, kind, row):
    """The three ways to ask give the same people; returns their names."""
    entry, pk, visible_to = kinds[kind], row.pk, type(row).objects.visible_to
    # Fresh from the database, as the worker reads them.
    people = {name: User.objects.get(pk=person.pk) for name, person in crowd.items()}
    seeing = {
        name for name, person in people.items() if person.is_active and visible_to(person).contains(row)
    }
    reader_ids = set(entry.readers(User.objects.all(), pk).values_list("pk", flat=True))
    pairs = {(person.pk, pk) for person in people.values()}
    ids_of_pairs = {user for user, _pk in entry.visible_pairs(pairs)}
    assert {name for name, person in people.items() if person.pk in reader_ids} == seeing
    assert {name for name, person in people.items() if person.pk in ids_of_pairs} == seeing
    names_still_visible = {name for name, person in people.items() if entry.still_visible(person, pk)}
    assert names_still_visible - {"closed", "closed desk"} == seeing
    return seeing


@pytest.mark.slow
@pytest.mark.parametrize("kind", ENTRY_KINDS)
def test_of_an_entry_hears_who_may_see_it(crowd, kind, subtests):
    for listing in Listing.values:
        with subtests.test(listing=listing):
            entry = StakeholderFactory(listing=listing)
            crowd["own"] = member_of(entry)
            seeing = one_rule(crowd, f"stakeholders.{kind}", entry)
            assert "own" in seeing
            assert ("stranger" in seeing) is (listing == Listing.PUBLIC)
            assert ("state" in seeing) is (listing in (Listing.PUBLIC, Listing.MEMBERS_STATES))
            assert ("regional elsewhere" in seeing) is (listing == Listing.PUBLIC)


def test_of_an_entry_that_is_out_of_the_directory_only_its_people_and_the_desk_hear(crowd, subtests):
    for status in Status.values:
        with subtests.test(status=status):
            entry = StakeholderFactory(status=status, **(SOURCE if status == "listed" else {}))
            crowd["own"] = member_of(entry)
            seeing = one_rule(crowd, "stakeholders.returned", entry)
            assert ("stranger" in seeing) is (status in Status.SHOWN)


@pytest.mark.slow
@pytest.mark.parametrize("kind", OFFER_KINDS)
def test_of_an_offer_hears_who_may_see_it(crowd, kind, subtests):
    for audience in OfferAudience.values:
        for listing in Listing.values:
            with subtests.test(audience=audience, listing=listing):
                new_offer = offer(StakeholderFactory(listing=listing), audience=audience)
                crowd["own"] = member_of(new_offer.stakeholder)
                one_rule(crowd, f"stakeholders.{kind}", new_offer)


@pytest.mark.parametrize("ended", [{"closed_at": "2026-01-01T00:00Z"}, {"until": "2026-01-01"}])
def test_of_an_offer_that_has_ended_only_its_people_and_the_desk_hear(crowd, ended):
    ended_offer = offer(StakeholderFactory(), audience=OfferAudience.PUBLIC, **ended)
    crowd["own"] = member_of(ended_offer.stakeholder)
    seeing = one_rule(crowd, "stakeholders.offer_added", ended_offer)
    assert seeing == {"own", *Role.DESK}


def test_every_kind_told_to_followers_is_held_against_visible_to():
    followed = {name for name, kind in kinds.items() if kind.readers is not None}
    ours = {name for name in followed if name.startswith("stakeholders.")}
    assert ours == {f"stakeholders.{name}" for name in (*ENTRY_KINDS, *OFFER_KINDS)}


@pytest.mark.parametrize("kind", ("stakeholders.joined", "stakeholders.offer_added"))
def test_pairs_cost_the_same_for_one_and_three(reference, kind):
    pairs = set()

    def add():
        entry = StakeholderFactory(listing=Listing.MEMBERS)
        row = entry if kind.endswith("joined") else offer(entry)
        pairs.add((member_of(entry).pk, row.pk))

    assert_no_growth(lambda: kinds[kind].visible_pairs(pairs), add)
    assert kinds[kind].visible_pairs(pairs) == pairs


# --- What is told, by each act --------------------------------------------------------------------------
@pytest.fixture
def happenings():
    """(kind, key's end, weight, name) of each happening, in order."""

    def read():
        return [
            (happening.kind.removeprefix("stakeholders."), happening.weight, happening.facts["name"])
            for happening in Happening.objects.order_by("pk")
        ]

    return read


def test_an_approved_application_is_told_with_all_that_it_concerns(reference, vetter, happenings):
    topics = [topic.pk for topic in Topic.objects.in_order()[:2]]
    application = sent_application(topics=topics, country="KEN")
    vetting_actions.take(application, actor=vetter)
    entry = vetting_actions.approve(application, actor=vetter, unscreened_reason="No list here.")
    assert happenings() == [("joined", "step", "Coastal Watch")]
    assert set(Happening.objects.get().terms) == {
        f"stakeholder:{entry.pk}",
        "country:KEN",
        "region:002",
        "region:202",
        "region:014",
        *(f"topic:{code}" for code in topics),
    }


def test_an_approved_change_is_told_and_a_proposed_or_refused_one_is_not(reference, vetter, happenings):
    entry = StakeholderFactory(name="Old name")
    admin = member_of(entry)
    first = changes_actions.propose(entry, actor=admin, answers={"name": "Wrong name"})
    changes_actions.decide(first, "refuse", actor=vetter, note="No.")
    assert happenings() == []
    second = changes_actions.propose(entry, actor=admin, answers={"name": "New name"})
    changes_actions.decide(second, "approve", actor=vetter)
    assert happenings() == [("profile_changed", "news", "New name")]
    assert Happening.objects.get().facts == {"name": "New name", "fields": ["name"], "kind": "ngo"}


def test_what_returns_is_told_and_what_leaves_is_not(reference, vetter, happenings):
    entry = StakeholderFactory(name="Watch")
    admin = member_of(entry)
    standing_actions.suspend(entry, actor=vetter, reason=StandingReason.values[0], note="For now.")
    assert happenings() == []
    standing_actions.lift(entry, actor=vetter, note="Settled.")
    Stakeholder.objects.filter(pk=entry.pk).update(status=Status.LAPSED)
    standing_actions.confirm(entry, actor=admin)
    assert happenings() == [("returned", "step", "Watch")] * 2
    assert "Settled" not in str(Happening.objects.values_list("facts"))
    standing_actions.withdraw(entry, actor=admin)
    assert len(happenings()) == 2


def test_an_offer_is_told_and_its_last_day_is_a_deadline_until_it_is_closed(reference, happenings):
    entry = StakeholderFactory(name="Watch", country_id="CHE")
    editor = member_of(entry, MemberRole.EDITOR)
    answers = {
        "area": first_area(),
        "topic": "corruption",
        "text": "Training.",
        "countries": ["KEN"],
        "audience": "public",
        "until": date(2999, 1, 31),
    }
    new_offer = exchange_actions.add_offer(entry, actor=editor, direction="offer", fields=answers)
    assert happenings() == [("offer_added", "news", "Watch")]
    assert {"country:CHE", "country:KEN", "region:002", "topic:corruption"} <= set(
        Happening.objects.get().terms
    )
    assert Deadline.objects.get().at.isoformat() == "2999-01-31T23:00:00+00:00"
    exchange_actions.change_offer(
        new_offer, actor=editor, version=new_offer.version, fields={**answers, "until": date(2999, 2, 28)}
    )
    assert Deadline.objects.get().at.isoformat() == "2999-02-28T23:00:00+00:00"
    exchange_actions.close_offer(new_offer, actor=editor)
    assert Deadline.objects.count() == 0
    assert len(happenings()) == 1


def test_a_merger_is_told_and_follows_move_to_the_entry_that_stays(reference, vetter, happenings):
    gone, remaining = StakeholderFactory(name="Gone"), StakeholderFactory(name="Kept")
    follower, both = UserFactory(), UserFactory()
    follow(follower, [f"stakeholder:{gone.pk}"], level="steps")
    follow(both, [f"stakeholder:{gone.pk}"])
    follow(both, [f"stakeholder:{remaining.pk}"], level="deadlines")
    merge(gone, remaining, actor=vetter, reason="The same.")
    assert happenings() == [("merged", "step", "Kept")]
    assert sorted(Follow.objects.values_list("user", "level", "terms")) == sorted(
        [
            (follower.pk, "steps", [f"stakeholder:{remaining.pk}"]),
            (both.pk, "deadlines", [f"stakeholder:{remaining.pk}"]),
        ]
    )
    expand([Happening.objects.get().pk])
    assert list(Notice.objects.values_list("user", "facts__gone")) == [(follower.pk, "Gone")]


@pytest.mark.parametrize(
    ("gone", "remaining"),
    [
        ({"listing": "members"}, {}),
        ({"listing": "unlisted"}, {"listing": "members"}),
        ({"status": "lapsed"}, {}),
        ({"listing": "members", "country_id": "UGA"}, {"listing": "members"}),
    ],
)
def test_a_merger_with_an_entry_that_fewer_could_see_is_not_told(
    reference, vetter, happenings, gone, remaining
):
    merge(
        StakeholderFactory(**gone),
        StakeholderFactory(**remaining),
        actor=vetter,
        reason="The same.",
        choices={"listing": "kept"},
    )
    assert happenings() == []


def test_follows_of_a_merged_topic_move_to_the_one_that_stays(reference):
    kind = Topic.objects.first().kind
    old = Topic.objects.create(code="zz-old", kind=kind, name_en="Old")
    new = Topic.objects.create(code="aa-new", kind=kind, name_en="New")
    person = UserFactory()
    follow(person, ["country:KEN", "topic:zz-old"])
    merge_terms(old, new, actor=person_with(Role.ADMINISTRATOR))
    stored_follow = Follow.objects.get()
    assert (stored_follow.terms, stored_follow.lead) == (["country:KEN", "topic:aa-new"], "country:KEN")


# --- Visibility withdrawn between the happening and the sending ---------------------------------------
@pytest.mark.parametrize("mail", ["at_once", "daily"])
def test_what_is_hidden_before_it_is_told_reaches_nobody(reference, vetter, mail):
    entry = StakeholderFactory(name="Watch")
    person = UserFactory()
    follow(person, ["country:KEN"])
    choose(person, {"stakeholders.returned": Choice(mail, in_app=True)})
    followers_actions.tell_returned([entry], "first")
    expand(list(Happening.objects.values_list("pk", flat=True)))
    assert Notice.objects.filter(user=person).count() == 1
    Stakeholder.objects.update(listing=Listing.UNLISTED)
    followers_actions.tell_returned([entry], "second")
    expand(list(Happening.objects.filter(expanded_at=None).values_list("pk", flat=True)))
    assert Notice.objects.filter(user=person).count() == 1
    make_digests(now() + timedelta(days=2))
    assert deliver_all() == []
    assert set(Message.objects.values_list("status", flat=True)) == {"suppressed"}


def test_the_statements_of_one_happening_do_not_grow_with_its_followers(reference):
    entry, counts = StakeholderFactory(listing=Listing.MEMBERS), []
    for number in (3, 30):
        for _n in range(number):
            follow(member_of(entry), ["country:KEN"])
        followers_actions.tell_returned([entry], str(number))
        counts.append(statements_of(lambda: expand([Happening.objects.latest("pk").pk])))
    assert counts[0] == counts[1]
    assert Notice.objects.count() == 3 + 33


# --- What can be followed -----------------------------------------------------------------------------
def test_a_hidden_or_merged_entry_cannot_be_followed_and_answers_as_missing(reference):
    stranger = UserFactory()
    shown, hidden = StakeholderFactory(name="Shown"), StakeholderFactory(listing=Listing.MEMBERS)
    codes = [str(shown.pk), str(hidden.pk), "999999", "x", "٣", "9" * 30, ""]
    assert targets["stakeholder"].labels(stranger, codes) == {str(shown.pk): "Shown"}
    assert targets["stakeholder"].labels(member_of(hidden), [str(hidden.pk)]) == {str(hidden.pk): hidden.name}


@pytest.mark.parametrize(("name", "code"), [("country", "KEN"), ("region", "011"), ("topic", "corruption")])
def test_places_and_topics_are_named_in_the_readers_language(reference, name, code):
    with override("en"):
        english = targets[name].labels(None, [code, "nowhere"])
    with override("ar"):
        arabic = targets[name].labels(None, [code])
        path = targets[name].path(code)
    assert set(english) == set(arabic) == {code}
    assert path == f"/ar/stakeholders/?{name}={code}"
    assert english != arabic


def test_an_offer_concerns_its_entry_and_what_it_names(reference):
    new_offer = offer(StakeholderFactory(country_id="CHE"), topic_id="corruption", countries=["KEN"])
    assert set(terms_of(new_offer.stakeholder)) <= set(terms_of_offer(new_offer))
    assert {"country:KEN", "topic:corruption"} <= set(terms_of_offer(new_offer))
