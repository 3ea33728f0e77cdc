"""The lists of first steps: each step is a link to an act, and is done by the rows of its subject."""

from collections.abc import Callable
from typing import Any, NamedTuple

from allauth.mfa.models import Authenticator
from django.contrib.auth.models import AnonymousUser
from django.db.models import QuerySet
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accounts.people.enums import Role
from accounts.people.models import Grant
from coordination.activities.models import Activity
from coordination.focal_points.models import Enquiry, Named
from coordination.mailings.models import Letter
from coordination.period_reports.models import PeriodReport
from core.subqueries import non_empty
from events.events.enums import EventStatus
from events.events.models import Event
from events.registrations.models import Registration
from news.newsletter.models import Issue
from notifications.follows.models import Follow
from portal.first_steps.enums import Steps
from portal.first_steps.models import HiddenSteps
from portal.pages.enums import LegalStatus
from portal.pages.models import Page
from reviews.calls.models import Call
from reviews.contributions.models import Contribution
from stakeholders.applications.enums import ApplicationStatus
from stakeholders.applications.models import Application
from stakeholders.appointments.models import Appointment
from stakeholders.entries.enums import MemberRole, Status
from stakeholders.entries.models import Membership, Stakeholder
from stakeholders.entries.rules import memberships_of
from stakeholders.exchange.models import Offer
from stakeholders.introductions.models import IntroductionTask
from stakeholders.invitations.models import Invitation
from stakeholders.logos.models import Logo
from stakeholders.registers.models import Candidate
from stakeholders.screening.models import ScreeningList
from taxonomy.sources.models import AgeRule
from workflow.items.models import WorkItem

# The page on which each list stands.
PAGES = {Steps.ADMINISTRATOR: "portal:desk", Steps.MEMBER: "portal:me", Steps.REGIONAL: "regional:home"}
# Roles that the desk needs before it can work.
TEAM = (Role.VETTING, Role.CURATION, Role.EVENTS, Role.REVIEWS, Role.HEAD)


class Step(NamedTuple):
    """One line: the act, why, and where it is done, "" where this person cannot do it yet or at all.

    It is done when each of `needs` finds a row (one of them, where `any_of` is set) and none of `leaves`
    does. `who`: whose it is, or what comes first, where there is no `url`.
    """

    title: str | Promise
    text: str | Promise
    url: str
    needs: tuple[QuerySet[Any], ...] = ()
    leaves: tuple[QuerySet[Any], ...] = ()
    any_of: bool = False
    who: str | Promise = ""


class ShownStep(NamedTuple):
    step: Step
    is_done: bool


class ShownSteps(NamedTuple):
    """A list as its page shows it."""

    code: Steps
    steps: list[ShownStep]

    @property
    def done(self) -> int:
        return sum(shown.is_done for shown in self.steps)


def has_steps(user: Any, code: Steps) -> bool:
    """Whether the list is one for this person."""
    if not user.is_authenticated:
        return False
    if code == Steps.ADMINISTRATOR:
        return bool(user.has_role(Role.ADMINISTRATOR, Role.HEAD))
    if code == Steps.REGIONAL:
        return bool(user.has_perm("stakeholders.cover_region"))
    if user.is_desk or user.has_role(Role.STATE, Role.REGIONAL):
        return False
    return bool(memberships_of(user)) or Application.objects.filter(applicant=user).exists()


def steps_for(user: Any, code: Steps) -> ShownSteps | None:
    """Return the list with what is done; None where there is none for the person, or all of it is done."""
    if not has_steps(user, code):
        return None
    steps = _LISTS[code](user)
    hidden = HiddenSteps.objects.visible_to(user).filter(steps=code)
    rows: dict[Any, QuerySet[Any]] = {"hidden": hidden}
    for number, step in enumerate(steps):
        rows |= {(number, "needs", place): queryset for place, queryset in enumerate(step.needs)}
        rows |= {(number, "leaves", place): queryset for place, queryset in enumerate(step.leaves)}
    present = non_empty(rows)
    shown = [ShownStep(step, _is_done(number, step, present)) for number, step in enumerate(steps)]
    if "hidden" in present or all(step.is_done for step in shown):
        return None
    return ShownSteps(code, shown)


def _is_done(number: int, step: Step, present: set[Any]) -> bool:
    needed = [(number, "needs", place) in present for place in range(len(step.needs))]
    left = any((number, "leaves", place) in present for place in range(len(step.leaves)))
    return not left and (any(needed) if step.any_of else all(needed))


def _administrator_steps(user: Any) -> list[Step]:
    def step(title: Any, text: Any, page: str, permission: str, role: Role, **rows: Any) -> Step:
        may = user.has_role(role) if not permission else user.has_perm(permission)
        return Step(title, text, reverse(page) if may else "", who=role.label, **rows)

    published = Call.objects.visible_to(AnonymousUser()).published()
    parties = AgeRule.objects.due().filter(code__startswith="participations")
    return [
        step(
            _("Give roles to your team"),
            _(
                "Vetting, curation, events, reviews and a head of desk. Each role is confirmed by an "
                "administrator who neither gave it nor gets it."
            ),
            "portal:roles",
            "",
            Role.ADMINISTRATOR,
            needs=tuple(Grant.objects.live().filter(role=role, user__is_active=True) for role in TEAM),
        ),
        step(
            _("Clear the legal texts"),
            _("Terms, privacy, cookies and maps are drafts until you have checked each of them."),
            "admin:portal_page_changelist",
            "portal.change_page",
            Role.ADMINISTRATOR,
            leaves=(Page.objects.filter(legal_status=LegalStatus.DRAFT),),
        ),
        step(
            _("Fetch the outside sources"),
            _("The sanctions list and the parties to the treaties, each with one press."),
            "sources:list",
            "taxonomy.view_sources",
            Role.HEAD,
            needs=(ScreeningList.objects.all(),),
            leaves=(parties,),
        ),
        step(
            _("Appoint the first regional focal point"),
            _("Focal points advise on applications from their region and answer questions."),
            "vetting:appoint",
            "stakeholders.appoint",
            Role.HEAD,
            needs=(Appointment.objects.standing(),),
        ),
        step(
            _("Offer introductions"),
            _(
                "Most listed organizations do not accept messages here. One person of the team "
                "passes requests on."
            ),
            "vetting:introductions",
            "stakeholders.hold_introductions",
            Role.VETTING,
            needs=(IntroductionTask.objects.held(),),
        ),
        step(
            _("Check the first pending listing"),
            _("Organizations that public sources name are listed once a person has checked them."),
            "vetting:candidates",
            "stakeholders.import_listed",
            Role.CURATION,
            needs=(Candidate.objects.exclude(decided_at=None),),
        ),
        step(
            _("Publish the pending days and events"),
            _("Days of the United Nations and events that are not certain need a decision."),
            "eventdesk:home",
            "events.run_events",
            Role.EVENTS,
            leaves=(Event.objects.filter(status=EventStatus.SUBMITTED).exclude(code=""),),
        ),
        step(
            _("Publish the first call for contributions"),
            _("Stakeholders can take part in a review when a call is open."),
            "calldesk:new",
            "reviews.publish_call",
            Role.REVIEWS,
            needs=(published,),
        ),
        step(
            _("Send the first newsletter"),
            _("A second person approves it before it is sent."),
            "newsletterdesk:new",
            "news.make_newsletter",
            Role.CURATION,
            needs=(Issue.objects.out(),),
        ),
    ]


def _member_steps(user: Any) -> list[Step]:
    """Return the steps for the first organization for which the person writes, else to which they belong."""
    roles = {pk: role for pk, role, status in memberships_of(user) if status in Status.TAKING_PART}
    writes_for = [pk for pk, role in roles.items() if role in MemberRole.WRITERS]
    entry = next(iter([*writes_for, *roles]), 0)
    later = _("After the WhatsOn team has approved your registration")

    def step(
        title: Any, text: Any, page: str, *needs: QuerySet[Any], may: bool = bool(writes_for), part: str = ""
    ) -> Step:
        who = _("An administrator of your organization") if entry else later
        url = reverse(page, args=[entry]) + part if may else ""
        return Step(title, text, url, needs, any_of=True, who=who)

    drafts = Application.objects.filter(applicant=user, status__in=ApplicationStatus.WITH_APPLICANT)
    others = Membership.objects.filter(stakeholder=entry).exclude(user=user)
    return [
        Step(
            _("Send your registration"),
            _("Every step is saved. Go on where you stopped."),
            reverse("stakeholders:register"),
            leaves=(drafts,),
        ),
        step(
            _("Say what your organization does"),
            _("Two sentences are the first thing that visitors read."),
            "stakeholders:edit",
            Stakeholder.objects.filter(pk=entry).exclude(mission=""),
        ),
        step(
            _("Add your logo"),
            _("It appears beside your name in lists and on your profile."),
            "stakeholders:logo",
            Logo.objects.filter(stakeholder=entry),
        ),
        step(
            _("Invite a colleague"),
            _("With two people your profile stays up to date when one is away."),
            "stakeholders:manage",
            others,
            Invitation.objects.open().filter(stakeholder=entry),
            may=roles.get(entry) == MemberRole.ADMIN,
            part="#invite",
        ),
        step(
            _("Publish an offer or a need"),
            _("Other stakeholders find what you can give or look for."),
            "stakeholders:offer_add",
            Offer.objects.filter(stakeholder=entry),
        ),
        Step(
            _("Follow a country or a topic"),
            _("You hear of new calls, events and resources about it."),
            reverse("follows:list"),
            (Follow.objects.visible_to(user),),
        ),
        Step(
            _("Take part in a call or an event"),
            _("See what is open to you now."),
            reverse("portal:opportunities"),
            (
                Contribution.objects.filter(stakeholder__in=list(roles)),
                Registration.objects.filter(user=user),
            ),
            any_of=True,
        ),
        Step(
            _("Protect your account"),
            _("A second step at sign-in keeps others out, even with your password."),
            reverse("mfa_index"),
            (Authenticator.objects.filter(user=user),),
        ),
    ]


def _regional_steps(user: Any) -> list[Step]:
    waiting = WorkItem.objects.visible_to(user).open().filter(waits_for=Role.REGIONAL)
    home = reverse("regional:home")
    return [
        Step(
            _("Introduce yourself"),
            _("Open your term, choose to be named and say a few words. People then know whom to ask."),
            f"{home}#terms",
            (Named.objects.filter(user=user),),
        ),
        Step(
            _("Advise on waiting applications"),
            _("Your view helps the WhatsOn team to decide. It does not decide alone."),
            f"{home}#waiting",
            leaves=(waiting,),
        ),
        Step(
            _("Answer messages from your region"),
            _("People ask you through the portal. Your address stays hidden."),
            reverse("regional:enquiries"),
            leaves=(Enquiry.objects.answered_by(user).filter(waits=True),),
        ),
        Step(
            _("Follow a country or a topic"),
            _("You hear of new calls, events and resources about it."),
            reverse("follows:list"),
            (Follow.objects.visible_to(user),),
        ),
        Step(
            _("Plan your first activity"),
            _("Meetings, trainings and visits are the record of your work."),
            reverse("activities:plan"),
            (Activity.objects.filter(author=user),),
        ),
        Step(
            _("Write to the stakeholders of your region"),
            _("Tell them who you are and what you can help with."),
            reverse("letters_regional:new"),
            (Letter.objects.filter(by=user),),
        ),
        Step(
            _("Write your first activity report"),
            _("It takes its numbers from your activities."),
            reverse("activities:write_report"),
            (PeriodReport.objects.filter(author=user),),
        ),
    ]


_LISTS: dict[Steps, Callable[[Any], list[Step]]] = {
    Steps.ADMINISTRATOR: _administrator_steps,
    Steps.MEMBER: _member_steps,
    Steps.REGIONAL: _regional_steps,
}
