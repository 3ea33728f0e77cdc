"""What goes on between people: claims, requests to join, invitations, messages, views of a region."""

from accounts.people.models import User
from stakeholders.applications.models import Application
from stakeholders.claims import actions as claims_actions
from stakeholders.claims import actions_joining as claims_actions_joining
from stakeholders.claims.models import JoinRequest
from stakeholders.contact import actions as contact_actions
from stakeholders.contact.models import Conversation
from stakeholders.entries.actions import add_member
from stakeholders.entries.enums import MemberRole
from stakeholders.entries.models import Membership, Stakeholder
from stakeholders.family.actions import link
from stakeholders.family.models import FamilyLink
from stakeholders.introductions import actions as introductions_actions
from stakeholders.introductions.enums import Way
from stakeholders.introductions.models import Introduction, IntroductionTask
from stakeholders.invitations import actions as invitations_actions
from stakeholders.invitations.models import Invitation
from stakeholders.moderation import actions as moderation_actions
from stakeholders.moderation.enums import MessageWhat
from stakeholders.recommendations.actions import recommend
from stakeholders.recommendations.enums import View, ViewReason
from stakeholders.recommendations.models import Recommendation

KEPT_BY_ONE = (
    "Demo Bank Compliance Forum",
    "Demo Lapsed Association",
    "Demo Suspended Foundation",
    # Whoever answers what these offer and need must reach somebody.
    "Demo Forest Guardians",
    "Demo Institute for Justice Research",
    "Démo Observatoire des routes sahéliennes",
)


def load_between(people: dict[str, User], entries: dict[str, Stakeholder]) -> None:
    """Each part once; what people have made of it since is left alone."""
    watch = entries.get("Demo Coastal Watch")
    _keeper(people, entries)
    _view(people)
    listed = entries.get("Demo Listed Lighthouse Trust")
    if listed and not Application.objects.filter(applicant=people["claimant"]).exists():
        claims_actions.begin_claim(listed, actor=people["claimant"])
    if not IntroductionTask.objects.exists():
        introductions_actions.hold_task(actor=people["vetting"], days=10)
    if listed and not Introduction.objects.exists():
        _introductions(people, listed)
    if watch is None:
        return
    if not JoinRequest.objects.exists():
        _requests(people, watch, entries)
    if not Invitation.objects.exists():
        invitations_actions.invite(
            watch, "demo-colleague@demo.example", MemberRole.EDITOR, actor=people["admin"]
        )
    if not Conversation.objects.exists():
        _messages(people, watch)
    harbour = entries.get("Demo Safe Harbour Network")
    if harbour and not FamilyLink.objects.filter(parent=harbour).exists():
        link(watch, harbour.pk, is_parent=True, actor=people["admin"])


def _keeper(people: dict[str, User], entries: dict[str, Stakeholder]) -> None:
    """One person for an entry to be confirmed, a lapsed and a suspended one, and for those with offers."""
    for name in KEPT_BY_ONE:
        if (entry := entries.get(name)) and not Membership.objects.filter(stakeholder=entry).exists():
            add_member(entry, people["keeper"], role=MemberRole.ADMIN, actor=people["vetting"])


def _view(people: dict[str, User]) -> None:
    """What the regional focal point thinks of one application; another one waits for their view."""
    application = Application.objects.filter(applicant=people["seen"]).first()
    if application is not None and not Recommendation.objects.exists():
        recommend(
            application,
            actor=people["regional"],
            view=View.SUPPORT,
            reason=ViewReason.KNOWN,
            text="Demo: they take part in the meetings of the region, and others there speak well of them.",
        )


def _requests(people: dict[str, User], watch: Stakeholder, entries: dict[str, Stakeholder]) -> None:
    """One that waits for the administrator, and one that goes to the desk, since nobody administers."""
    claims_actions_joining.ask_to_join(
        watch, actor=people["joiner"], message="Demo: I coordinate the volunteers in Kilifi. Amina knows me."
    )
    if clinic := entries.get("Demo Lagos Cyber Clinic"):
        claims_actions_joining.ask_to_join(
            clinic, actor=people["asker"], message="Demo: I run the help line."
        )


def _messages(people: dict[str, User], watch: Stakeholder) -> None:
    """A question with its answer, and a message that the people of the entry have reported."""
    conversation = contact_actions.write(
        watch,
        actor=people["expert"],
        subject="Demo: a training in Sevilla",
        text="Demo: could one of your trainers speak to twenty prosecutors in March?",
    )
    contact_actions.answer(
        conversation, actor=people["admin"], text="Demo: yes, gladly. Which week do you have in mind?"
    )
    advertisement = contact_actions.write(
        watch,
        actor=people["keeper"],
        subject="Demo: a special price",
        text="Demo: buy ten licences today and save half of the price.",
    )
    moderation_actions.report_conversation(
        advertisement,
        actor=people["admin"],
        fault=MessageWhat.ADVERTISING,
        text="Demo: the third one this week.",
    )


def _introductions(people: dict[str, User], listed: Stakeholder) -> None:
    """One that was passed on, and one that waits for the team."""
    passed_on = introductions_actions.ask_for_introduction(
        listed,
        actor=people["expert"],
        background="Demo: a researcher on port security in Sevilla",
        purpose="Demo: I compare how lighthouses report suspicious ships.",
        text="Demo: could I speak with the person who keeps your log?",
    )
    introductions_actions.pass_on(passed_on, actor=people["vetting"], way=Way.EMAIL)
    introductions_actions.ask_for_introduction(
        listed,
        actor=people["newcomer"],
        background="Demo: a journalist of a coastal radio station",
        purpose="Demo: we prepare a programme on illegal fishing.",
        text="Demo: may we visit one of your lighthouses in spring?",
    )
