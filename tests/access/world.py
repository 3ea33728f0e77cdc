"""The people and things of the access table.

`people()`: role → person. `things(people)`: word of the table → what fills the placeholders of an address.
"""

from datetime import timedelta
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.utils.timezone import now

from accounts.data_rights.models import DataExport
from accounts.people.enums import Role
from accounts.tokens.models import AccessToken
from core.digests import digest_of
from notifications.bounces.models import Suppression
from notifications.delivery.models import Pause
from notifications.follows.models import Follow
from notifications.incoming.enums import Sort
from notifications.incoming.models import IncomingMail, Mailbox
from portal.usage.enums import CountedUse, Span
from portal.usage.models import Usage
from reviews.calls.models import FollowUp
from reviews.handouts.models import Handout
from reviews.imports.models import ReviewImport
from reviews.mechanism.models import DocumentKind
from reviews.observations.models import Observation
from reviews.seed import load_mechanism
from reviews.signatures import actions as signatures_actions
from reviews.tracker.models import ReviewDocument, Snapshot, StepRecord
from stakeholders.applications.models import Paper
from stakeholders.changes.actions import propose
from stakeholders.claims import actions_joining as claims_actions_joining
from stakeholders.contact import actions as contact_actions
from stakeholders.contact.models import Block
from stakeholders.entries.enums import Listing, MemberRole, Status
from stakeholders.introductions import actions as introductions_actions
from stakeholders.introductions.models import Introduction
from stakeholders.invitations.models import DeskInvitation, Invitation
from stakeholders.merging.actions import merge
from stakeholders.moderation import actions as moderation_actions
from stakeholders.registers.models import Candidate
from stakeholders.screening.actions import propose as propose_list
from stakeholders.screening.models import Match
from stakeholders.state_accounts.models import StateAccount
from stakeholders.vetting import actions_checklist as vetting_actions_checklist
from taxonomy.law.models import Article
from tests.access.world_coordination import things_of_coordination
from tests.access.world_events import things_of_events
from tests.access.world_hub import things_of_the_hub
from tests.factories.accounts import GrantFactory, UserFactory, person_with
from tests.factories.calls import CallFactory, draft_for, published_for, sent_for
from tests.factories.claims import listed_entry, sent_claim
from tests.factories.exchange import link, offer
from tests.factories.exports import made_export
from tests.factories.imports import checked
from tests.factories.invited import a_list, a_wave
from tests.factories.notifications import MessageFactory, NoticeFactory
from tests.factories.portal import PageFactory, TeamMessageFactory, dump_file
from tests.factories.profiles import logo, project
from tests.factories.regional import appointed
from tests.factories.reviews import CorrectionFactory, review_of
from tests.factories.screening import list_read, list_upload, list_xml, loaded
from tests.factories.stakeholders import (
    PDF,
    StakeholderFactory,
    full_draft,
    member_of,
    refused_application,
    sent_application,
)
from workflow.receipts.models import Receipt

TOKEN = "the-secret-part-of-a-link"
CANDIDATE = {
    "kind": "ngo",
    "name": "Quiet Refuge",
    "name_latin": "",
    "acronym": "",
    "country_id": "",
    "city": "",
    "website": "",
    "ror_id": "",
    "topics": [],
}
DESK = ("vetting", "head", "curation", "events", "reviews", "administrator")
# In the order of the columns of the table. "asleep" holds the role of "vetting" without its second factor;
# "regional" covers the region of everything below, "elsewhere" another.
ROLES = (
    "visitor",
    "plain",
    "owner",
    "reader",
    "editor",
    "admin",
    "other",
    "state",
    "regional",
    "elsewhere",
    *DESK,
    "asleep",
)


def people(own_name: str = "Own Society") -> dict[str, Any]:
    own = StakeholderFactory(name=own_name)
    return {
        "own": own,
        "visitor": AnonymousUser(),
        "plain": UserFactory(),
        "owner": UserFactory(name="Amina Njeri"),
        "reader": member_of(own, MemberRole.READER),
        "editor": member_of(own, MemberRole.EDITOR),
        "admin": member_of(own, MemberRole.ADMIN),
        "other": member_of(StakeholderFactory(name="Another Society")),
        "state": person_with(Role.STATE, country="KEN"),
        "regional": appointed(regions=["002"]).user,
        "elsewhere": appointed(regions=["019"]).user,
        **{role: person_with(role) for role in DESK},
        "asleep": person_with(Role.VETTING),
    }


def things(of: dict[str, Any]) -> dict[str, dict[str, Any]]:
    """By word of the table: the arguments of the address."""
    entries = _entries(of)
    arguments = {word: {"pk": entry.pk, "slug": entry.slug} for word, entry in entries.items()}
    own, owner = of["own"], of["owner"]
    arguments |= {
        word: {"pk": own.pk, **more}
        for word, more in {
            "own-offer": {"offer": offer(own).pk},
            "own-project": {"project": project(own).pk},
            "own-member": {"membership": own.memberships.get(user=of["reader"]).pk},
            "own-invitation": {"invitation": _invitation(of).pk},
            "own-change": {"change": propose(own, actor=of["editor"], answers=_changed_answers(own)).pk},
            "own-link": {"link": link(entries["child"], own).pk, "name": "end"},
            "own-block": {"blocked": Block.objects.create(stakeholder=own, user=UserFactory()).pk},
            "own-part": {"part": "reach"},
        }.items()
    }
    applied = _applications(of, entries)
    arguments |= {word: {"pk": application.pk} for word, application in applied.items()}
    arguments["draft-step"] = {"pk": applied["draft"].pk, "step": "who"}
    arguments["sent-receipt"] = {
        "pk": applied["sent"].pk,
        "reference": Receipt.objects.about(applied["sent"]).get().reference,
    }
    arguments["draft-paper"] = {
        "pk": applied["draft"].pk,
        "paper": Paper.objects.get(application=applied["draft"]).pk,
    }
    arguments["sent-move"] = {"pk": applied["sent"].pk, "name": "take"}
    arguments |= {word: {"pk": pk} for word, pk in _desk(of, entries, applied).items()}
    for word, move in {
        "wave": "send",
        "desk-invitation": "withdraw",
        "state-account": "end",
        "change": "approve",
    }.items():
        arguments[f"{word}-move"] = {**arguments[word], "name": move}
    arguments |= {
        f"{word}-itself": {"pk": arguments[word][word[4:]]} for word in ("own-offer", "own-project")
    }
    arguments["own-desk-move"] = {"pk": own.pk, "name": "suspend"}
    arguments["pair"] = {"pk": entries["listed"].pk, "other": own.pk}
    arguments["paper-file"] = {"kind": "paper", "pk": Paper.objects.get(application=applied["draft"]).pk}
    arguments["sent-paper-file"] = {"kind": "paper", "pk": Paper.objects.get(application=applied["sent"]).pk}
    arguments["logo-file"] = {"kind": "logo", "pk": logo(own).pk}
    arguments["members-logo-file"] = {"kind": "logo", "pk": logo(entries["members"]).pk}
    arguments["export-file"] = {"kind": "export", "pk": arguments["export"]["pk"]}
    arguments["note-file"] = {"kind": "note", "pk": arguments["state-account"]["pk"]}
    arguments["import-file"] = {"kind": "import", "pk": arguments["import"]["pk"]}
    arguments["member-list-file"] = {"kind": "import", "pk": arguments["member-list"]["pk"]}
    arguments["own-invitation-itself"] = {"pk": arguments["own-invitation"]["invitation"]}
    PageFactory()
    arguments["dump-file"] = {"day": "2026-11-29", "name": dump_file().name}
    arguments["nobody"] = {"pk": 999_999, "slug": "nobody"}
    arguments["compare"] = {"pk": applied["sent"].pk}
    arguments |= {"link-token": {"token": TOKEN}, "unknown-token": {"token": "nobody-has-this"}, "": {}}
    arguments |= {
        "sitemap": {"section": "pages", "number": 1},
        "page": {"slug": "about"},
        "registry": {"code": "ror"},
        "administrators-steps": {"steps": "administrator"},
        "key": {"key": "nobodys"},
        "institution": {"code": "nobodys"},
        "reset": {"uidb36": "1", "key": "nobodys"},
        "nothing": {"pk": 999_999},
        "nowhere": {"rest": "v1/nothing"},
        "topic-code": {"pk": "firearms"},
        "country-code": {"pk": "KEN"},
        "article-code": {"pk": "UNTOC-5"},
    }
    arguments["notice"] = {"pk": NoticeFactory(user=owner).pk}
    arguments |= _reviews(of) | _calls(of) | things_of_events(of)
    as_tables = {
        "member-list": "member-list-table",
        "wave": "wave-table",
        "import": "import-table",
        "programme": "programme-table",
        "kept-back-programme": "kept-back-table",
        "event": "event-numbers",
        "draft-event": "draft-event-numbers",
        "": "any-table",
    }
    arguments |= {table: {**arguments[word], "form": "csv"} for word, table in as_tables.items()}
    arguments |= things_of_the_hub(of) | things_of_coordination(of)
    return arguments | {f"{word}-card": _card(arguments[word]) for words in CARDS.values() for word in words}


# What has a card for those who share its page, by the name of the address.
CARDS = {
    "stakeholders:card": (
        *("own", "listed", "public"),
        *("members", "country", "unlisted", "lapsed", "suspended", "withdrawn", "merged"),
    ),
    "events:card": ("event", "draft-event", "own-submitted-event"),
    "calls:card": ("call", "draft-call"),
    "resources:card": ("resource", "members-resource", "withdrawn-resource", "own-suggestion"),
    "portal:country_card": ("kenya",),
}


def _card(arguments: dict[str, Any]) -> dict[str, Any]:
    """Return the address of an older version, which leads to the present one."""
    return {**{name: value for name, value in arguments.items() if name != "slug"}, "version": "older"}


def _reviews(of: dict[str, Any]) -> dict[str, dict[str, Any]]:
    """What is known of one country, as the command loads it, and what the desk has about it."""
    load_mechanism()
    document = ReviewDocument.objects.create(
        review=review_of("KEN"), kind=DocumentKind.objects.first(), symbol="CTOC/COP/2026/1"
    )
    listed = ReviewImport.objects.create(
        kind="groups",
        name="groups.csv",
        text="country,group\n",
        source="A page",
        source_date="2026-01-01",
        sent_by=of["reviews"],
    )
    written = TeamMessageFactory()
    return {
        "waiting-role": {"pk": GrantFactory(confirmed_at=None).pk},
        "person-with-roles": {"pk": of["vetting"].pk},
        "team-message": {"reference": written.reference},
        "desk-team-message": {"pk": written.pk},
        "desk-team-message-move": {"pk": written.pk, "name": "close"},
        "kenya": {"iso3": "KEN"},
        "kenya-by-name": {"name": "kenya"},
        "help-page": {"code": "registration"},
        "staff-help-page": {"code": "vetting"},
        "help-card": {"role": "visitor"},
        "staff-help-card": {"role": "team"},
        "kenya-document": {"iso3": "KEN", "pk": document.pk},
        "correction": {"pk": CorrectionFactory().pk},
        "review-import": {"pk": listed.pk},
        "review-template": {"kind": "observations", "form": "xlsx"},
        "review-document": {"pk": document.pk},
        "step-record": {"pk": StepRecord.objects.latest("pk").pk},
        "figure": {"pk": Snapshot.objects.latest("pk").pk},
    }


def _calls(of: dict[str, Any]) -> dict[str, dict[str, Any]]:
    """Calls and what "own" (reader, editor, admin) contributes; the other society is asked to sign."""
    call, draft, closed = CallFactory(), CallFactory(status="draft", drafted_by=of["regional"]), CallFactory()
    written, _author = draft_for(call, of["own"])
    other = of["other"].memberships.get().stakeholder
    signature = signatures_actions.invite(written, other, actor=of["admin"])
    sent, _author = sent_for(CallFactory(), of["own"])
    unnamed, public = (published_for(closed, visibility=who)[0] for who in ("unnamed", "public"))
    followed = FollowUp.objects.create(call=closed, on="2026-10-01", text="A report.", source="A page")
    receipt = {"reference": Receipt.objects.about(sent).get().reference}
    handout = Handout.objects.create(slug="ask", kind="checklist", title="Checklist", body="Ask first.")
    facts = {
        "country_id": "KEN",
        "text": "Courts.",
        "source": "A page",
        "kind": "gap",
        "language_id": "en",
        "source_date": "2026-10-01",
        "article": Article.objects.first(),
    }
    observation = Observation.objects.create(**facts, published_at=now())
    used = Usage.objects.create(
        kind="reviews.call", object_id=call.pk, what=CountedUse.VIEW, span=Span.DAY, day=now().date(), times=9
    )
    return {
        "usage-table": {"form": "csv"},
        "usage-year": {"year": used.day.year},
        "call": {"pk": call.pk},
        "call-table": {"pk": call.pk, "form": "csv"},
        "draft-call": {"pk": draft.pk},
        "draft-call-step": {"pk": draft.pk, "step": "what"},
        "closed-call": {"pk": closed.pk},
        "draft-call-language": {"pk": draft.pk, "language": "fr"},
        "call-line": {"pk": closed.pk, "line": followed.pk},
        "own-draft": {"pk": written.pk},
        "own-contribution": {"pk": sent.pk},
        "own-contribution-move": {"pk": sent.pk, "name": "take"},
        "unnamed": {"pk": unnamed.pk},
        "published": {"pk": public.pk},
        "signature": {"pk": signature.pk},
        "draft-signature": {"pk": written.pk, "signature": signature.pk},
        "own-receipt": receipt,
        "handout": {"slug": handout.slug},
        "observation": {"pk": observation.pk},
        "hidden-observation": {"pk": Observation.objects.create(**facts).pk},
    }


def _entries(of: dict[str, Any]) -> dict[str, Any]:
    """Entries of every standing and listing; "own" is the one that reader, editor and admin act for."""
    entries = {"own": of["own"], "listed": listed_entry(name="Listed Society")}
    for listing in Listing:
        entries[listing.value] = StakeholderFactory(name=f"Listing {listing}", listing=listing)
    entries["elsewhere's"] = StakeholderFactory(name="Far Away", country_id="FRA", listing=Listing.MEMBERS)
    for status in (Status.LAPSED, Status.SUSPENDED, Status.WITHDRAWN):
        entries[status.value] = StakeholderFactory(name=f"Standing {status}", status=status)
    gone, entries["kept"] = listed_entry(name="Gone"), StakeholderFactory(name="Kept")
    entries["merged"] = gone
    merge(gone, entries["kept"], actor=of["vetting"], reason="The same.")
    entries["child"] = StakeholderFactory(name="Child")
    entries["expert"] = StakeholderFactory(name="Dr Expert", kind="expert")
    return entries


def _changed_answers(own: Any) -> dict[str, Any]:
    return {
        "name": "Own Society Renamed",
        "name_latin": "",
        "country": "KEN",
        "website": "",
        "kind": own.kind,
    }


def _invitation(of: dict[str, Any]) -> Invitation:
    """By the admin to an address that the owner has proved to hold."""
    return Invitation.objects.create(
        stakeholder=of["own"],
        address=of["owner"].email,
        role=MemberRole.READER,
        language="en",
        invited_by=of["admin"],
        token_hash=digest_of(TOKEN),
        expires_at=now() + timedelta(days=5),
    )


def _applications(of: dict[str, Any], entries: dict[str, Any]) -> dict[str, Any]:
    """All are the owner's."""
    owner = of["owner"]
    applications = {"claim": sent_claim(entries["listed"], owner)}
    applications["sent"] = sent_application(owner, name="Sent Society")
    applications["hidden-sent"] = sent_application(owner, name="Hidden Society", listing=Listing.UNLISTED)
    applications["refused"] = refused_application(owner, by=of["vetting"], name="Refused Society")
    applications["draft"] = full_draft(owner, kind="academia", name="Draft University")
    return applications


def _desk(of: dict[str, Any], entries: dict[str, Any], applied: dict[str, Any]) -> dict[str, int]:
    """What the desk has, by number; the conversation and the request to join are the owner's."""
    own, owner, vetting = of["own"], of["owner"], of["vetting"]
    loaded()
    match = Match.objects.create(
        subject_kind="stakeholder",
        subject_id=own.pk,
        which="name",
        form="OWN SOCIETY",
        name="Own Society",
        kind="entity",
        name_digest="a" * 64,
        listed_digest="b" * 64,
        reference="XXe.009",
        likeness=0.9,
    )
    own.contact_from = "everybody"
    own.save()
    wave = a_wave(2, actor=vetting)
    invited = DeskInvitation.objects.create(
        address=owner.email,
        language="en",
        name="Invited Society",
        country_id="KEN",
        invited_by=vetting,
        token_hash=digest_of(TOKEN),
        mailed_at=now(),
        expires_at=now() + timedelta(days=5),
    )
    state = StateAccount(
        address=owner.email,
        country_id="KEN",
        language="en",
        note_reference="NV 1",
        note_date=now(),
        invited_by=of["head"],
        token_hash=digest_of(TOKEN),
        expires_at=now() + timedelta(days=5),
    )
    state.take(PDF())
    state.save()
    report = moderation_actions.report_entry(own, actor=owner, fault="wrong", text="It moved.", language="en")
    imported = checked(of["curation"], "name,kind,country\nA New Society,ngo,KEN\n")
    return {
        "match": match.pk,
        "proposed-list": propose_list(
            list_upload(list_xml(generated="2026-11-02")), list_read(generated="2026-11-02"), actor=vetting
        ).pk,
        "wave": wave.pk,
        "desk-invitation": invited.pk,
        "state-account": state.pk,
        "report": report.pk,
        "import": imported.pk,
        "member-list": a_list(vetting, ("a@x.org", "A New Member", "ngo", "Kenya")).pk,
        "export": made_export(vetting).pk,
        "candidate": Candidate.objects.create(
            code="quiet-refuge",
            name="Quiet Refuge",
            said=CANDIDATE,
            sources=[["A page", "https://page.example/list", "2026-11-28"]],
            confidence="low",
            country_basis="unknown",
        ).pk,
        "flag": vetting_actions_checklist.raise_flag(own, actor=vetting, kind="red", text="Look closely.").pk,
        "change": own_change(own).pk,
        "appointment": of["regional"].appointments.get().pk,
        "join-request": claims_actions_joining.ask_to_join(own, actor=owner, message="I work there.").pk,
        "conversation": contact_actions.write(own, actor=owner, subject="Hello", text="Shall we talk?").pk,
        "introduction": _introduction(of, entries).pk,
        "mail": MessageFactory().pk,
        "incoming-mail": IncomingMail.objects.create(
            mailbox=Mailbox.objects.create(name="portal@mail.example/INBOX"),
            uidvalidity=1,
            uid=1,
            digest="1",
            sort=Sort.LETTER,
            sender="anna@example.org",
            subject="A question",
            text="When does it begin?",
            arrived_at=now(),
        ).pk,
        "held-address": Suppression.objects.create(address="gone@example.org", reason="550 5.1.1").pk,
        "pause": Pause.objects.create(kind="stakeholders.joined", by=of["head"]).pk,
        "data-export": DataExport.objects.create(
            user=owner, sections=["account"], language="en", expires_at=now() + timedelta(days=7)
        ).pk,
        "access-token": AccessToken.objects.create(
            user=owner,
            name="Reader",
            digest="d" * 64,
            ending="dddd",
            scopes=["directory"],
            expires_at=now() + timedelta(days=7),
        ).pk,
        "follow": Follow.objects.create(user=owner, terms=["country:KEN"]).pk,
    }


def _introduction(of: dict[str, Any], entries: dict[str, Any]) -> Introduction:
    """The owner asks for it while the vetting officer holds the task."""
    introductions_actions.hold_task(actor=of["vetting"], days=10)
    return introductions_actions.ask_for_introduction(
        entries["listed"], actor=of["owner"], background="A nurse", purpose="A study", text="Shall we talk?"
    )


def own_change(own: Any) -> Any:
    from workflow.changes.models import ChangeRequest

    return ChangeRequest.objects.about(own).open().get()
