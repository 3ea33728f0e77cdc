"""An entry that takes part in everything, and every address on which others could read its name."""

from datetime import timedelta
from typing import Any

from django.apps import apps
from django.utils.timezone import now

from events.board import actions_releasing as board_actions_releasing
from notifications.follows.models import Follow
from reviews.contributions.models import CoSignature
from reviews.dialogues.models import DialogueStatement
from search.actions import index_many
from tests.access.walk import rows
from tests.factories.calls import CallFactory, published_for
from tests.factories.dialogues import line_in
from tests.factories.events import EventFactory, PartnerFactory
from tests.factories.networks import NetworkMemberFactory, PlanFactory, step_in
from tests.factories.news import StoryFactory
from tests.factories.newsletters import issue_with
from tests.factories.profiles import project
from tests.factories.programme import RoomFactory, meeting_at, programme_event
from tests.factories.registrations import RulesFactory, registration_in
from tests.factories.resources import CollectionFactory
from tests.factories.stakeholders import StakeholderFactory

# Who is neither of its people nor of the desk.
OTHERS = ("visitor", "plain", "owner", "other", "state", "regional", "elsewhere")
# What is looked for, and what is asked for: a page may repeat the question.
WORD, QUERY = "zanzibarine", "lantern"
NAME = "Zanzibarine Lantern"
# What is public of it beyond the rows of the table: address → words of `take_part`.
MORE = {
    "events:event": ("hidden-event",),
    "events:event_file": ("hidden-event",),
    "events:participants": ("hidden-event",),
    "events:programme": ("hidden-programme",),
    "events:programme_changes": ("hidden-programme",),
    "events:programme_file": ("hidden-programme",),
    "events:programme_paper": ("hidden-programme",),
    "events:programme_table": ("hidden-programme-table",),
    "events:own_agenda": ("hidden-programme",),
    "events:meeting": ("hidden-meeting", "hidden-joint-meeting"),
    "events:meeting_file": ("hidden-meeting", "hidden-joint-meeting"),
    "events:merger": ("hidden-merger",),
    "api:events-detail": ("hidden-event",),
    "api:meetings-detail": ("hidden-proposal", "hidden-joint-proposal"),
    "news:story": ("hidden-story",),
    "api:stories-detail": ("hidden-story",),
    "resources:resource": ("own-resource",),
    "api:resources-detail": ("own-resource",),
    "resources:cite": ("hidden-citation",),
    "resources:collection": ("hidden-collection",),
    "api:collections-detail": ("hidden-collection",),
    "calls:call": ("hidden-call",),
    "calls:contribution": ("hidden-contribution", "hidden-signed"),
    "api:contributions-detail": ("hidden-contribution", "hidden-signed"),
    "dialogues:dialogue": ("hidden-dialogue",),
    "api:dialogues-detail": ("hidden-dialogue",),
    "stakeholders:detail": ("hidden-partner",),
    "stakeholders:projects": ("hidden-partner",),
    "networks:network": ("hidden-network",),
    "networks:plan": ("hidden-plan",),
    "networks:step": ("hidden-step",),
    "api:networks-detail": ("hidden-network",),
}
# Addresses that are asked something; `{own}` is the number of the entry.
QUESTIONS: tuple[tuple[str, dict[str, str]], ...] = (
    ("portal:search", {"q": QUERY}),
    ("portal:search_suggest", {"q": QUERY}),
    ("api:search-list", {"q": QUERY}),
    ("stakeholders:list", {"q": QUERY}),
    ("resources:list", {"q": QUERY}),
    ("news:list", {"stakeholder": "{own}"}),
    ("news:feed", {"stakeholder": "{own}"}),
    ("api:stories-list", {"stakeholder": "{own}"}),
    ("oai", {"verb": "ListRecords", "metadataPrefix": "oai_dc"}),
    ("oai", {"verb": "ListRecords", "metadataPrefix": "oai_datacite"}),
)
INDEXED = (
    "stakeholders.stakeholder",
    "resources.resource",
    "news.story",
    "events.event",
    "events.proposal",
    "reviews.call",
    "reviews.contribution",
    "reviews.dialogue",
    "coordination.network",
    "coordination.networkplan",
)
# Lists, feeds and pages of the table on which the name stands by day as by night.
LISTS = (
    ("portal:home", "-"),
    ("portal:country", "kenya"),
    ("reviews:review", "kenya"),
    ("news:list", "-"),
    ("news:feed", "-"),
    ("events:list", "-"),
    ("resources:collections", "-"),
    ("resources:resource", "resource"),
    ("resources:cite", "resource-citation"),
    ("api:stakeholders-list", "-"),
    ("api:stories-list", "-"),
    ("api:events-list", "-"),
    ("api:meetings-list", "-"),
    ("api:contributions-list", "-"),
    ("api:collections-list", "-"),
    ("api:projects-list", "-"),
)
# Who was asked by the entry itself, or wrote with it, goes on reading who it is: (address, word) → who.
TOGETHER = {
    # Asked to sign its draft, and to organize a meeting with it.
    ("calls:sign", "signature"): {"other"},
    ("api:contributions-detail", "own-draft"): {"other"},
    ("api:contributions-list", "-"): {"other"},
    ("events:partner", "partner"): {"other"},
    ("events:proposal", "own-written-proposal"): {"other"},
    ("notifications:inbox", "-"): {"other"},
    ("portal:me", "-"): {"other", "owner"},
    # Invited to act for it (whoever has the link), asked to join it, wrote to it.
    ("stakeholders:invitation", "link-token"): {*OTHERS},
    ("stakeholders:own_invitation", "own-invitation-itself"): {"owner"},
    ("stakeholders:join_request", "join-request"): {"owner"},
    ("stakeholders:conversation", "conversation"): {"owner"},
    ("stakeholders:conversations", "-"): {"owner"},
}


def take_part(of: dict[str, Any], things: dict[str, dict[str, Any]]) -> dict[str, dict[str, Any]]:
    """Let "own" take part in what the table's world leaves out, and write the index."""
    own = of["own"]
    event = EventFactory(title="Shore training", organizer=own, country_id="KEN")
    rules = RulesFactory(event=event)
    registration_in("confirmed", rules=rules, stakeholder=own, user=of["editor"], shown="everyone")
    congress = programme_event(title="Congress of all")
    meeting = meeting_at(congress, RoomFactory(event=congress), number=1, lead=own, title="Shore meeting")
    joint = meeting_at(congress, RoomFactory(event=congress), number=2, title="Joint meeting")
    PartnerFactory(proposal=joint, stakeholder=own, status="confirmed")
    board_actions_releasing.release(congress, actor=of["events"], known_version=0)
    story = StoryFactory(title="Shore story", stakeholder=own, author=of["editor"])
    story.countries.add("KEN")
    issue_with(story, actor=of["curation"])
    call = CallFactory(title="Shore call")
    call.countries.add("KEN")
    contribution = published_for(call, own)[0]
    signed = published_for(call, StakeholderFactory(name="Lead Society"))[0]
    CoSignature.objects.create(contribution=signed, stakeholder=own, status="confirmed", digest=signed.digest)
    line = line_in("accepted", stakeholder=own, applicant=of["editor"])
    type(line.dialogue.event).objects.filter(pk=line.dialogue.event_id).update(
        starts_at=now() - timedelta(hours=1), ends_at=now() + timedelta(hours=5)
    )
    DialogueStatement.objects.create(line=line, text="Heard.", language_id="en", checked_at=now())
    partner = StakeholderFactory(name="Partner Society")
    project(partner, partners=[own.name])
    collection = CollectionFactory(title="Shore collection", owner=own)
    network = NetworkMemberFactory(stakeholder=own).network
    plan = PlanFactory(network=network, shown_to="public")
    step = step_in(plan, own)
    for who in ("plain", "other", "state", "regional"):
        Follow.objects.create(user=of[who], terms=[f"stakeholder:{own.pk}"])
    write_index()
    merger = things["merger-side"]
    programme = {"pk": congress.pk, "slug": congress.slug}
    second = meeting.event.proposals.model.objects.get(mergers=None, joining=merger["pk"])
    return {
        "hidden-event": {"pk": event.pk, "slug": event.slug},
        "hidden-programme": programme,
        "hidden-programme-table": {**programme, "form": "csv"},
        "hidden-meeting": {**programme, "number": 1},
        "hidden-joint-meeting": {**programme, "number": 2},
        "hidden-merger": {"pk": merger["pk"], "side": second.pk},
        "hidden-proposal": {"pk": meeting.pk},
        "hidden-joint-proposal": {"pk": joint.pk},
        "hidden-story": {"pk": story.pk, "slug": story.slug},
        "hidden-citation": {"pk": things["own-resource"]["pk"], "form": "ris"},
        "hidden-collection": {"pk": collection.pk, "slug": collection.slug},
        "hidden-call": {"pk": call.pk},
        "hidden-contribution": {"pk": contribution.pk},
        "hidden-signed": {"pk": signed.pk},
        "hidden-dialogue": {"pk": line.dialogue_id},
        "hidden-partner": {"pk": partner.pk, "slug": partner.slug},
        "hidden-network": {"pk": network.pk, "slug": network.slug},
        "hidden-plan": {"pk": plan.pk},
        "hidden-step": {"pk": step.pk},
    }


def write_index() -> None:
    for kind in INDEXED:
        index_many(kind, [*apps.get_model(kind)._default_manager.values_list("pk", flat=True)])


def addresses_by_day() -> list[tuple[str, str]]:
    """(name of the address, word) of what is public of the entry."""
    return [*LISTS, *((name, word) for name, words in MORE.items() for word in words)]


def addresses_by_night() -> list[tuple[str, str]]:
    """Of everything that can be read."""
    table = [(row.name, row.about) for row in rows() if row.method == "GET"]
    return [*dict.fromkeys([*table, *addresses_by_day()])]


def questions(own: int) -> list[tuple[str, str, dict[str, str]]]:
    return [
        (name, "-", {key: value.format(own=own) for key, value in query.items()}) for name, query in QUESTIONS
    ]
