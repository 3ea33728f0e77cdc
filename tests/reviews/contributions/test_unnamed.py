"""A contribution without the name: who wrote or signed it stands nowhere, whoever looks, wherever.

Every address of the portal that a person may ask for is opened by every reader, and then whatever those
pages lead to: pages, feeds, files, calendars, sitemaps, notices with their reasons, searches. Mail is sent
and read. Numbers of rows begin anew at `N`, so that one number fills every address. An address that is new is
walked from its first day.
"""

import re
from html import unescape
from urllib.parse import parse_qsl, urlsplit

import pytest
from django.conf import settings
from django.core import mail
from django.core.cache import cache
from django.db import transaction
from django.test import Client
from django.urls import NoReverseMatch, reverse

from accounts.people.enums import Role
from notifications.follows.actions import expand, left_to_expand
from notifications.follows.models import Follow
from notifications.outbox.models import Message
from reviews.contributions import actions as contributions_actions
from reviews.contributions.models import Contribution, Evidence
from reviews.moderation import actions as moderation_actions
from reviews.observations import actions as observations_actions
from reviews.signatures import actions as signatures_actions
from search.actions import index, learn_words
from search.hooks import documents
from stakeholders.entries.enums import Listing
from stakeholders.entries.models import DirectoryVersion, Stakeholder
from tests.access.walk import patterns
from tests.factories.accounts import person_with, sign_in
from tests.factories.calls import CallFactory, draft_for
from tests.factories.notifications import deliver_all
from tests.factories.observations import observed
from tests.factories.regional import appointed
from tests.factories.stakeholders import PDF, StakeholderFactory, member_of
from tests.support import owner
from workflow.receipts.models import Receipt

# Each walks every page.
pytestmark = [pytest.mark.slow, pytest.mark.usefixtures("mechanism"), pytest.mark.behaviour("R-10")]

N = 900_000
# Of the author: entry and website, person and address, file and link; of the entry that signs; of its person.
NAMES_AND_TEXT = re.compile(r"zanzibarin|zuberi|quillonaut|quentina|zqxwvkjbhg", re.IGNORECASE)
READERS = ("visitor", "other", "state", "regional")
# Where the portal is a workbench of its makers, or signs people out.
LEFT_OUT = re.compile(r"^(admin:|dev_|account_|mfa_|accounts:.*(out|delete))")
SEARCHES = (
    "/en/search/?q=victims",
    "/en/search/?q=zanzi",
    "/en/search/?q=quillo",
    "/en/stakeholders/?q=zanzi",
)
HREF = re.compile(r"""(?:href|src|hx-get)=["']([^"'#]*)|<loc>([^<]*)</loc>""")


def number_anew():
    """Every table gives its next row the number N."""
    sequences = owner().execute(
        "SELECT pg_get_serial_sequence(quote_ident(table_name), 'id') FROM information_schema.columns "
        "WHERE table_schema = 'public' AND column_name = 'id'"
    )
    for (sequence,) in sequences.fetchall():
        if sequence:
            owner().execute("SELECT setval(%s, %s, false)", [sequence, N])


class World:
    """A published contribution, who wrote and signed it, and the readers, who follow all that it concerns."""

    def __init__(self, *, visibility: str, listing: str) -> None:
        number_anew()
        own = StakeholderFactory(
            name="Zanzibarine Watch",
            acronym="ZQXWVKJBHG",
            website="https://zanzibarine.example",
            country_id="TUV",
        )
        self.call = CallFactory(title="What courts do")
        self.call.countries.set(["KEN"])
        self.contribution, self.author = draft_for(self.call, own, visibility=visibility)
        type(self.author).objects.filter(pk=self.author.pk).update(
            name="Zuberi Writer", email="zuberi@zanzibarine.example"
        )
        partner = StakeholderFactory(name="Quillonaut Union")
        self.signer = member_of(partner, name="Quentina Signer")
        first = self.call.questions.first()
        self.contribution = contributions_actions.save_answers(
            self.contribution,
            actor=self.author,
            version=self.contribution.version,
            answers={first.pk: "Courts hear victims."},
            upload=PDF("zanzibarine-report.pdf"),
            links=[{"label": "Zanzibarine page", "url": "https://zanzibarine.example/report"}],
        )
        self.signature = signatures_actions.invite(self.contribution, partner, actor=self.author)
        self.own, self.partner, self.listing = own, partner, listing
        people = {
            "other": member_of(StakeholderFactory(name="Another Society")),
            "state": person_with(Role.STATE, country="KEN"),
            "regional": appointed(regions=["002"]).user,
        }
        self.desk = person_with(Role.REVIEWS)
        for person in (*people.values(), self.desk):
            for term in ("country:KEN", "review:KEN", f"call:{self.call.pk}", "region:002"):
                Follow.objects.create(user=person, terms=[term], level="all")
        self.addresses = {person.email for person in people.values()}
        self.clients = {"visitor": Client()}
        for who, person in {**people, "desk": self.desk}.items():
            self.clients[who] = Client()
            sign_in(self.clients[who], person)
        self._listed()

    def publish(self) -> None:
        sent, _receipt = contributions_actions.submit(self.contribution, actor=self.author)
        signatures_actions.sign(self.signature, actor=self.signer, digest=sent.digest)
        moderation_actions.take(sent, actor=self.desk)
        self.contribution = moderation_actions.publish(sent, actor=self.desk)
        observation = observed(actor=self.desk)
        observations_actions.link_contributions(
            observation, actor=self.desk, contributions=[self.contribution]
        )
        expand(left_to_expand())
        deliver_all()
        self._listed()
        for row in (self.contribution, self.call, observation):
            if row._meta.label_lower in documents:
                index(row)

    def _listed(self) -> None:
        Stakeholder.objects.filter(pk__in=(self.own.pk, self.partner.pk)).update(listing=self.listing)
        index(Stakeholder.objects.get(pk=self.own.pk))
        index(Stakeholder.objects.get(pk=self.partner.pk))
        learn_words()
        DirectoryVersion.objects.bump()
        cache.clear()

    def walk(self, who: str) -> dict[str, str]:
        """Address → all that is told there, headers too: every pattern, then what the pages lead to."""
        pages: dict[str, str] = {}
        waiting = [*self.starts(), *SEARCHES]
        while waiting:
            address = waiting.pop()
            if address in pages:
                continue
            pages[address], further = _open_page(self.clients[who], address)
            waiting += [link for link in further if link not in pages]
        return pages

    def starts(self) -> list[str]:
        receipt = Receipt.objects.about(self.contribution).first()
        fillings = {
            "iso3": "KEN",
            "kind": "evidence",
            "slug": "x",
            "section": "pages",
            "language": "fr",
            "reference": receipt.reference if receipt else "x",
        }
        addresses = []
        for name, pattern in patterns().items():
            if LEFT_OUT.search(name):
                continue
            about = {key: fillings.get(key, N) for key in pattern.pattern.converters}
            try:
                addresses.append(reverse(name, kwargs=about))
            except NoReverseMatch:
                continue
        assert len(addresses) > 150
        return addresses


def _open_page(client: Client, address: str) -> tuple[str, list[str]]:
    with transaction.atomic():
        response = client.get(address)
        body = response.getvalue() if response.streaming else response.content
        transaction.set_rollback(True)
    text = body.decode(errors="replace")
    answer = "\n".join([*(f"{name}: {value}" for name, value in response.items()), text])
    links = [quoted or other for quoted, other in HREF.findall(text)] + [response.headers.get("Location", "")]
    return answer, [link for link in map(_local, links) if link]


def _local(link: str) -> str:
    """The address within the portal that a link leads to; "" where walking on brings nothing new."""
    link = unescape(link).removeprefix(settings.SITE_URL)
    parts = urlsplit(link)
    path = parts.path
    if not path.startswith("/") or parts.netloc or path.startswith(("/static/", "/dev/")):
        return ""
    if re.match(r"/(ar|zh|fr|ru|es|en/accounts|en/admin)/", path) or "logout" in path:
        return ""
    # Each month leads to the next without end; one country tells as much as all, and so does one article.
    endless = re.search(r"/events/(month|agenda)/.|/articles/\w+/(?!5/)", path + ("?" if parts.query else ""))
    if endless or any(code != "KEN" for code in re.findall(r"/([A-Z]{3})/", path)):
        return ""
    parameters = parse_qsl(parts.query)
    if len(parameters) > 1 or any(name not in ("country", "state", "page") for name, _value in parameters):
        return ""
    if any(name == "country" and value != "KEN" for name, value in parameters):
        return ""
    return f"{path}?{parts.query}" if parts.query else path


def telling(pages: dict[str, str]) -> set[str]:
    return {address for address, text in pages.items() if NAMES_AND_TEXT.search(text)}


@pytest.mark.parametrize(
    "who", (READERS[0], *(pytest.param(who, marks=pytest.mark.night) for who in READERS[1:]))
)
def test_nobody_reads_who_wrote_it_anywhere(who):
    world = World(visibility="unnamed", listing=Listing.UNLISTED)
    world.publish()
    pages = world.walk(who)
    assert len(pages) > 150
    assert telling(pages) == set()
    own_page = f"/en/contributions/{world.contribution.pk}/"
    assert own_page in pages
    # The country of the author would tell as much where few are listed.
    assert "Tuvalu" not in pages[own_page]


@pytest.mark.night
@pytest.mark.parametrize("who", ("visitor", "other"))
def test_of_one_that_everybody_finds_no_page_tells_more_than_before(who):
    """The directory goes on naming it; nothing that the contribution brings does."""
    world = World(visibility="unnamed", listing=Listing.PUBLIC)
    profile = world.own.get_absolute_url()
    before = world.walk(who)
    assert profile in telling(before)
    world.publish()
    after = world.walk(who)
    assert telling(after) <= telling(before)
    for address in telling(before):
        assert NAMES_AND_TEXT.findall(after[address]) == NAMES_AND_TEXT.findall(before[address]), address
    assert world.call.title not in after[profile]


def test_with_the_name_the_same_walk_finds_it():
    """So that the tests above can fail."""
    world = World(visibility="public", listing=Listing.PUBLIC)
    world.publish()
    pages = telling(world.walk("visitor"))
    for page in ("/en/reviews/KEN/", "/en/observations/"):
        assert page in pages, page
    evidence = Evidence.objects.get()
    assert f"/en/files/evidence/{evidence.pk}/" in pages or f"/files/evidence/{evidence.pk}/" in pages


def test_no_mail_to_a_reader_tells_it_and_one_came():
    world = World(visibility="unnamed", listing=Listing.UNLISTED)
    world.publish()
    got = [mail_to_reader for mail_to_reader in mail.outbox if set(mail_to_reader.to) & world.addresses]
    kinds = set(Message.objects.filter(address__in=world.addresses).values_list("kind", flat=True))
    assert "reviews.contribution_shown" in kinds
    assert len(got) >= len(world.addresses)
    for mail_to_reader in got:
        assert not NAMES_AND_TEXT.search(mail_to_reader.message().as_string()), mail_to_reader.subject
        for part in mail_to_reader.message().walk():
            text = part.get_payload(decode=True)
            assert text is None or not NAMES_AND_TEXT.search(text.decode(errors="replace")), (
                mail_to_reader.subject
            )


def test_the_desk_and_its_own_people_know(client):
    world = World(visibility="unnamed", listing=Listing.UNLISTED)
    world.publish()
    page = world.clients["desk"].get(f"/en/desk/calls/observations/{N}/")
    assert "Zanzibarine Watch" in page.text
    for person, knows in ((world.desk, True), (world.author, True), (world.signer, True)):
        row = Contribution.objects.visible_to(person).named_to(person).get(pk=world.contribution.pk)
        assert row.shows_author is knows
    sign_in(client, world.author)
    assert "Contribution without a name" in client.get("/en/reviews/KEN/").text
