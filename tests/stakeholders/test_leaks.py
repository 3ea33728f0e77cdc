"""Nothing tells that a hidden entry is there: every page reads exactly as if it were not.

Each reader opens all of `PAGES`, then the entry comes with all that can hang on one (offers, links to visible
entries, reports, messages), and the pages are opened again.
"""

import re
from itertools import permutations

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.cache import cache
from django.db import transaction
from django.test import Client
from django.utils.timezone import now

from accounts.people.enums import Role
from search.actions import index, learn_words
from stakeholders.contact import actions as contact_actions
from stakeholders.entries.enums import ContactAudience, Kind, Listing, Status
from stakeholders.entries.models import DirectoryVersion, Stakeholder
from stakeholders.exchange.enums import OfferAudience
from stakeholders.invitations import actions_lists, actions_waves
from stakeholders.invitations.models import Wave
from stakeholders.merging import actions as merging_actions
from stakeholders.moderation import actions as moderation_actions
from stakeholders.tasks import heavy_import
from taxonomy.terms.models import Topic
from tests.factories.accounts import UserFactory, person_with, sign_in
from tests.factories.described import ContactFactory, OfficeFactory, OtherNameFactory
from tests.factories.exchange import link, offer
from tests.factories.exports import made_export
from tests.factories.invited import FORMER, a_list
from tests.factories.regional import appointed
from tests.factories.stakeholders import StakeholderFactory, full_draft, member_of

pytestmark = [pytest.mark.slow, pytest.mark.django_db, pytest.mark.usefixtures("reference")]

WORD = "Zanzibarine"
SLIP = "Zanzibarin"  # so near to it that a spelling would be proposed, a twin found
PAGES = (
    "/en/",
    "/en/stakeholders/",
    "/en/stakeholders/?q=lantern",
    f"/en/stakeholders/?q={SLIP}",
    "/en/stakeholders/?country=KEN",
    "/en/stakeholders/?country=KEN&kind=academia&offers=offer",
    "/en/stakeholders/?sort=newest",
    "/en/stakeholders/map/",
    "/en/stakeholders/coverage/",
    "/en/stakeholders/coverage/?by=topic",
    "/en/stakeholders/exchange/",
    "/en/search/?q=lantern",
    f"/en/search/?q={SLIP}",
    "/sitemap.xml",
    "/sitemap-stakeholders-1.xml",
    "{parent}",
    "{branch}",
    "{keeper}",
    "/en/me/",
    "/en/me/notices/",
    "/en/stakeholders/messages/",
    "/en/stakeholders/applications/{draft}/",
    "/en/stakeholders/applications/{draft}/check/",
    "/en/stakeholders/applications/{draft}/find/?q=lantern",
    "/en/stakeholders/applications/{draft}/parent/choose/?q=lantern",
    "/en/stakeholders/{home}/manage/",
    "/en/stakeholders/{home}/manage/family/?q=lantern",
    "/en/stakeholders/{home}/manage/offers/matches/",
    "/en/regional/",
)
READERS = ("visitor", "plain", "state", "elsewhere", "other")
# What is hidden: its status, its listing, and from whom.
HIDDEN = {
    "unlisted": (Status.ACTIVE, Listing.UNLISTED, READERS),
    "country only": (Status.LISTED, Listing.COUNTRY, READERS),
    "lapsed": (Status.LAPSED, Listing.PUBLIC, READERS),
    "suspended": (Status.SUSPENDED, Listing.PUBLIC, READERS),
    "withdrawn": (Status.WITHDRAWN, Listing.PUBLIC, READERS),
    "merged": (Status.MERGED, Listing.PUBLIC, READERS),
    "members": (Status.ACTIVE, Listing.MEMBERS, ("visitor", "plain", "state", "elsewhere")),
    "members and States": (Status.ACTIVE, Listing.MEMBERS_STATES, ("visitor", "plain", "elsewhere")),
}


class World:
    """What everybody may see, and the readers."""

    def __init__(self):
        self.entries = {
            name: StakeholderFactory(name=f"Lantern {name.title()}")
            for name in ("parent", "branch", "keeper", "home")
        }
        self.topic = Topic.objects.in_order().first().pk
        offer(self.entries["home"], "need", topic_id=self.topic)
        self.writer = member_of(self.entries["branch"])
        self.people = {
            "visitor": AnonymousUser(),
            "plain": UserFactory(),
            "state": person_with(Role.STATE, country="KEN"),
            "elsewhere": appointed(regions=["019"]).user,
            "other": member_of(self.entries["home"]),
        }
        self.drafts = {
            who: full_draft(
                person, kind=Kind.ACADEMIA, name=f"{SLIP} Lantern", website="https://lantern.example"
            )
            for who, person in self.people.items()
            if person.is_authenticated
        }
        for entry in Stakeholder.objects.all():
            index(entry)
        DirectoryVersion.objects.bump()
        self.clients = {}
        for who, person in self.people.items():
            self.clients[who] = Client()
            if person.is_authenticated:
                sign_in(self.clients[who], person)

    def pages(self, who, pages=PAGES):
        """Address → what stands there, without what differs at every opening."""
        cache.clear()
        numbers: dict[str, object] = {name: entry.get_absolute_url() for name, entry in self.entries.items()}
        numbers["home"] = self.entries["home"].pk
        numbers["draft"] = self.drafts[who].pk if who in self.drafts else 0
        return {page: _plain(self.clients[who].get(page.format(**numbers))) for page in pages}

    def hide(self, status, listing):
        """An entry of this standing, with all that can hang on one."""
        kind = Kind.ACADEMIA
        source = {}
        if status == Status.LISTED:
            source = {"status": status, "source_name": "A list", "source_date": now(), "approved_at": None}
        entry = StakeholderFactory(
            name=f"{WORD} Lantern",
            kind=kind,
            website="https://lantern.example",
            acronym="ZL",
            **source,
            city=f"{WORD} City",
            mission=f"{WORD} mission about lantern matters.",
            mission_language_id="en",
        )
        entry.topics.set([self.topic])
        member_of(entry, email="insider@lantern.example")
        ContactFactory(stakeholder=entry, audience=ContactAudience.PUBLIC, value=f"{WORD}@lantern.example")
        OtherNameFactory(stakeholder=entry, text=f"Jina {WORD}")
        OfficeFactory(stakeholder=entry)
        offer(entry, "offer", topic_id=self.topic, text=f"{WORD} offers.", audience=OfferAudience.PUBLIC)
        offer(entry, "need", topic_id=self.topic, text=f"{WORD} needs.", audience=OfferAudience.PUBLIC)
        moderation_actions.report_entry(
            entry, actor=UserFactory(), fault="wrong", text="It moved.", language="en"
        )
        if status != Status.LISTED:
            contact_actions.write(entry, actor=self.writer, subject="Hello", text="Shall we talk?")
        link(self.entries["branch"], entry)
        link(entry, self.entries["parent"])
        if status == Status.MERGED:
            merging_actions.merge(
                entry,
                self.entries["keeper"],
                actor=person_with(Role.HEAD),
                reason="One.",
                names="",
                choices=dict.fromkeys(("mission", "website", "city"), "kept"),
            )
        else:
            Stakeholder.objects.filter(pk=entry.pk).update(status=status, listing=listing)
        index(entry)
        learn_words()
        DirectoryVersion.objects.bump()
        return entry


def _plain(response):
    text = response.content.decode() if response.status_code == 200 else f"{response.status_code}"
    return re.sub(r'name="csrfmiddlewaretoken" value="\w+"|<lastmod>[^<]*</lastmod>', "", text)


@pytest.fixture
def world():
    return World()


# What a merge brings to the entry that stays is there for all to read.
MOVED_BY_A_MERGE = {
    "{keeper}",
    "{parent}",
    "{branch}",
    "/en/stakeholders/exchange/",
    "/en/stakeholders/exchange/?country=KEN",
    f"/en/search/?q={SLIP}",
    "/en/me/",
    "/en/stakeholders/{home}/manage/offers/matches/",
    "/en/stakeholders/?country=KEN&kind=academia&offers=offer",
}


@pytest.mark.night
def test_every_page_reads_as_if_a_hidden_entry_were_not_there(world):
    before = {who: world.pages(who) for who in READERS}
    assert all(SLIP in before["plain"][page] for page in PAGES if SLIP in page)
    for case, (status, listing, readers) in HIDDEN.items():
        with transaction.atomic():
            entry = world.hide(status, listing)
            moved = MOVED_BY_A_MERGE if status == Status.MERGED else set()
            for who in readers:
                after = world.pages(who)
                revealing = [page for page in PAGES if WORD.lower() in after[page].lower()]
                assert [page for page in revealing if page not in moved] == [], (case, who)
                if status != Status.MERGED:
                    assert [page for page in PAGES if after[page] != before[who][page]] == [], (case, who)
                for page in ("", "report/", "claim/", "join/", "contact/", "manage/"):
                    url = f"/en/stakeholders/{entry.pk}/{page}"
                    answer = world.clients[who].get(url, follow=not moved)
                    assert WORD not in answer.text, (case, who, page)
            _is_in_no_export(world, listing)
            transaction.set_rollback(True)


ALSO = (
    "/en/countries/",
    "/en/countries/KEN/",
    "/en/statistics/",
    "/en/search/?q=lantern&country=KEN",
    f"/en/search/suggest/?q={SLIP}",
    f"/en/search/?q={WORD}",
    "/sitemap-stakeholders-1.xml",
    "/en/articles/UNTOC/5/",
)


@pytest.mark.night
def test_every_page_reads_as_if_a_member_to_invite_were_not_there(world):
    """A list with its dry run, its wave, the mail that leaves: nobody but the desk learns of them."""
    before = {who: world.pages(who, (*PAGES, *ALSO)) for who in READERS}
    desk = person_with(Role.VETTING)
    rows = [(f"m{n}@x.org", f"{WORD} Lantern {n}", "ngo", "KEN", "en", "Nairobi") for n in range(6)]
    same = world.entries["home"].name
    of = a_list(desk, *rows, ("own@x.org", same, "ngo", "KEN", "en", ""))
    actions_lists.invite_all(of, FORMER, actor=desk)
    heavy_import(of.pk)
    wave = Wave.objects.get()
    assert wave.invitations.count() == len(rows)
    for step in ("made", "sent"):
        if step == "sent":
            actions_waves.start_wave(wave, actor=desk)
            actions_waves.send_wave(wave.pk)
        learn_words()
        DirectoryVersion.objects.bump()
        for who in READERS:
            after = world.pages(who, (*PAGES, *ALSO))
            assert [page for page in after if after[page] != before[who][page]] == [], (step, who)
            for entry in Stakeholder.objects.filter(name__startswith=WORD):
                for page in ("", "report/", "claim/", "join/", "contact/", "manage/"):
                    answer = world.clients[who].get(f"/en/stakeholders/{entry.pk}/{page}", follow=True)
                    assert WORD not in answer.text, (who, page)
        _is_in_no_export(world, Listing.UNLISTED)


def _is_in_no_export(world, listing):
    """What is in nobody's directory, not even the desk's; what members find the desk takes along."""
    is_for_members = listing in (Listing.MEMBERS, Listing.MEMBERS_STATES)
    export = made_export(person_with(Role.VETTING))
    with export.file.open("rb") as content:
        is_exported = f"{WORD} Lantern" in content.read().decode("utf-8-sig")
    assert (is_exported, export.rows_total) == (is_for_members, len(world.entries) + is_for_members)


def test_readers_one_after_another_get_each_their_own_pages(world, settings):
    """Kept pages and kept counts, in every order of readers and while an entry changes who may find it."""
    settings.KEEP_PAGES_SECONDS = 600
    entry = world.hide(Status.ACTIVE, Listing.PUBLIC)
    people = ("visitor", "state", "elsewhere", "other")
    pages = ("/en/stakeholders/", "/en/stakeholders/map/", world.entries["branch"].get_absolute_url())

    def read_pages(who):
        return {page: _plain(world.clients[who].get(page, follow=True)) for page in pages}

    for listing in (Listing.MEMBERS, Listing.PUBLIC, Listing.UNLISTED):
        Stakeholder.objects.filter(pk=entry.pk).update(listing=listing)
        index(entry)
        DirectoryVersion.objects.bump()
        alone = {}
        cached = cache._cache.copy()
        for who in people:
            cache.clear()
            alone[who] = read_pages(who)
        cache._cache.update(cached)
        for first, other in permutations(people, 2):
            for who in (first, other):
                assert read_pages(who) == alone[who], (listing, first, other, who)


def test_what_a_person_typed_finds_no_hidden_twin_that_another_may_see(world):
    """The same words in the same moment: a twin for whoever may see it, none for the others."""
    world.hide(Status.LISTED, Listing.MEMBERS)
    page = "/en/stakeholders/applications/{}/check/"
    twin_shown = {
        who: WORD in world.clients[who].get(page.format(world.drafts[who].pk)).text
        for who in ("plain", "state", "elsewhere", "other")
    }
    assert twin_shown == {"plain": False, "state": False, "elsewhere": False, "other": True}
