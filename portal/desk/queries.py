"""The desk's home: what waits by the kind of work, and the tools beside it, each for whom it is meant."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Count, Min, Q
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.timezone import now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.people.enums import Role
from events.work.queries import waiting_at_events
from resources.links.models import LinkCheck
from reviews.corrections.models import Correction
from reviews.observations.models import Observation
from stakeholders.imports.enums import ImportStatus
from stakeholders.imports.models import Import
from stakeholders.invitations.models import DeskInvitation
from stakeholders.moderation.models import Report
from stakeholders.screening.models import Match
from stakeholders.state_accounts.models import StateAccount
from workflow.items.models import WorkItem

WEEK, MONTH = timedelta(days=7), timedelta(days=30)


@dataclass(frozen=True, slots=True)
class Work:
    """Open work: how much, by how long it has waited, and by who holds it. `until`: the earliest promise."""

    total: int = 0
    week: int = 0
    older: int = 0
    mine: int = 0
    nobody: int = 0
    since: datetime | None = None
    until: datetime | None = None

    @property
    def month(self) -> int:
        return self.total - self.week - self.older

    @property
    def others(self) -> int:
        return self.total - self.mine - self.nobody


@dataclass(frozen=True, slots=True)
class Card:
    """One page of the desk. `waits`: what is open there, None where nothing can be."""

    url: str
    title: str | Promise
    text: str | Promise
    waits: Work | int | None = None

    @property
    def work(self) -> Work | None:
        return self.waits if isinstance(self.waits, Work) else None

    @property
    def count(self) -> int | None:
        return self.waits.total if isinstance(self.waits, Work) else self.waits


@dataclass(frozen=True, slots=True)
class Group:
    name: str
    title: str | Promise
    cards: list[Card]


class OpenWork:
    """Open work as far as the person may see it: one statement, whatever waits."""

    def __init__(self, user: Any) -> None:
        at = now()
        self.rows: list[tuple[str, str, Work]] = [
            (kind, what, Work(*numbers))
            for kind, what, *numbers in WorkItem.objects.visible_to(user)
            .open()
            .order_by()
            .values_list("subject_kind", "what")
            .annotate(
                total=Count("pk"),
                week=Count("pk", filter=Q(since__gt=at - WEEK)),
                older=Count("pk", filter=Q(since__lte=at - MONTH)),
                mine=Count("pk", filter=Q(holder=user)),
                nobody=Count("pk", filter=Q(holder=None)),
                oldest=Min("since"),
                first=Min("until"),
            )
        ]

    def of(self, *whats: str, kind: str = "") -> Work:
        found = [work for its, what, work in self.rows if what in whats and kind in ("", its)]
        numbers: Any = {name: sum(getattr(work, name) for work in found) for name in _NUMBERS}
        return Work(
            **numbers,
            since=min((work.since for work in found if work.since), default=None),
            until=min((work.until for work in found if work.until), default=None),
        )


_NUMBERS = ("total", "week", "older", "mine", "nobody")


def desk_groups(user: Any) -> list[Group]:
    """By kind of work, in the order in which people look; without the groups that are not for the person."""
    waiting = OpenWork(user)
    groups = [
        Group("vetting", _("Vetting"), _vetting(user, waiting)),
        Group("directory", _("The directory"), _directory(user, waiting)),
        Group("reviews", _("Country reviews"), _reviews(user, waiting)),
        Group("events", _("Events"), _events(user, waiting)),
        Group("news", _("News"), _news(user, waiting)),
        Group("library", _("Library"), _library(user, waiting)),
        Group("invitations", _("Invitations and people"), _people(user)),
        Group("dialogues", _("Constructive dialogues"), _dialogues(user, waiting)),
        Group("newsletter", _("Newsletter"), _newsletter(user)),
        Group("networks", _("Networks"), _networks(user, waiting)),
        Group("letters", _("Messages to many"), _letters(waiting)),
        Group("coordination", _("Coordination"), _coordination(user)),
        Group("portal", _("The portal"), _portal(user)),
    ]
    return [group for group in groups if group.cards]


def _vetting(user: Any, waiting: OpenWork) -> list[Card]:
    cards = []
    if user.has_role(Role.VETTING, Role.HEAD):
        hits = Match.objects.visible_to(user).open().count()
        cards += [
            Card(
                reverse("vetting:queue"),
                _("Applications"),
                _("To be vetted, the earliest promise first."),
                waiting.of("vet", "reconsider", kind="stakeholders.application"),
            ),
            Card(
                reverse("vetting:changes"),
                _("Changes of entries"),
                _("New names, kinds, countries and websites that their people propose."),
                waiting.of("change"),
            ),
            Card(
                reverse("vetting:screening"),
                _("Screening"),
                _("Names like one on a consolidated list of sanctions, to be looked at."),
                hits,
            ),
        ]
    if user.has_perm("stakeholders.make_administrator"):
        cards.append(
            Card(
                reverse("vetting:joins"),
                _("Requests to join"),
                _("People who ask to act for an organization, where no administrator answers."),
                waiting.of("join"),
            )
        )
    if user.has_perm("stakeholders.read_vetting_statistics"):
        cards.append(
            Card(
                reverse("vetting:statistics"),
                _("Decisions in numbers"),
                _("Approvals and refusals by year and reason."),
            )
        )
    if user.has_perm("stakeholders.keep_checklist"):
        cards.append(
            Card(
                reverse("vetting:questions"),
                _("Questions of the checklist"),
                _("What vetting asks itself about every application."),
            )
        )
    if user.has_perm("stakeholders.keep_domains"):
        cards.append(
            Card(
                reverse("vetting:domains"),
                _("Trusted mail domains"),
                _("Whose applicants are promised a decision sooner."),
            )
        )
    if user.has_perm("stakeholders.trust_sources"):
        cards.append(
            Card(
                reverse("vetting:sources"),
                _("Trust in sources"),
                _("Whose stories and suggestions are published at once, and whose are kept on hold."),
            )
        )
    return cards


def _directory(user: Any, waiting: OpenWork) -> list[Card]:
    cards = []
    if user.has_perm("stakeholders.view_reports"):
        cards.append(
            Card(
                reverse("moderation:queue"),
                _("Moderation"),
                _("What visitors and members report as wrong or abusive."),
                Report.objects.visible_to(user).open().count(),
            )
        )
    if user.has_perm("stakeholders.import_listed"):
        checked = Import.objects.visible_to(user).filter(status__in=(ImportStatus.SENT, ImportStatus.CHECKED))
        cards.append(
            Card(
                reverse("vetting:imports"),
                _("Imports into the directory"),
                _("Lists of organizations as files, checked before anything is saved."),
                checked.count(),
            )
        )
    if user.has_perm("stakeholders.remove_listed"):
        cards.append(
            Card(
                reverse("vetting:listed"),
                _("Entries from public sources"),
                _("What was listed without being asked, source by source, and how to take it out."),
            )
        )
    cards.append(
        Card(reverse("vetting:exports"), _("Your exports"), _("Files of the directory, as you filtered it."))
    )
    return cards


def _reviews(user: Any, waiting: OpenWork) -> list[Card]:
    cards = []
    if user.has_perm("reviews.keep_reviews"):
        cards.append(
            Card(
                reverse("reviews_desk:home"),
                _("Steps and sources"),
                _("What is recorded of each country review, and what readers say is wrong."),
                Correction.objects.visible_to(user).open().count(),
            )
        )
    if user.has_perm("reviews.screen_contributions"):
        cards += [
            Card(
                reverse("calldesk:home"),
                _("Calls for contributions"),
                _("Draft and publish calls; drafts that wait for it."),
                waiting.of("publish_call"),
            ),
            Card(
                reverse("calldesk:queue"),
                _("Contributions to screen"),
                _("What stakeholders say to the reviews, held against the published rules."),
                waiting.of("screen", kind="reviews.contribution"),
            ),
        ]
    if user.has_perm("reviews.keep_observations"):
        cards.append(
            Card(
                reverse("calldesk:observations"),
                _("Observations"),
                _("What public documents name, article by article, and what is not published yet."),
                Observation.objects.visible_to(user).waiting().count(),
            )
        )
    if user.has_perm("reviews.change_handout"):
        cards.append(
            Card(
                reverse("admin:reviews_handout_changelist"),
                _("Checklist and letters"),
                _("What contributors may print to prepare with, in every language."),
            )
        )
    return cards


def _events(user: Any, waiting: OpenWork) -> list[Card]:
    if not user.has_perm("events.run_events"):
        return []
    home = reverse("eventdesk:home")
    return [
        Card(
            home,
            _("Events of the calendar"),
            _("Written, published, moved; and what stakeholders send."),
            waiting.of("look", kind="events.event"),
        ),
        Card(
            _proposals(user, waiting, home),
            _("Proposals for meetings"),
            _("What stakeholders want to hold at an event, to be reviewed."),
            waiting.of("review", kind="events.proposal"),
        ),
        Card(
            f"{home}#waiting",
            _("Registrations to approve"),
            _("Where the desk decides who takes part."),
            waiting.of("decide", kind="events.registration"),
        ),
        Card(
            f"{home}#waiting",
            _("Reports of meetings to publish"),
            _("What rapporteurs tell of meetings and events."),
            waiting.of("publish", kind="events.report"),
        ),
    ]


def _proposals(user: Any, waiting: OpenWork, home: str) -> str:
    """Where the proposals are that wait: of one event its list, of several the list of these lists."""
    if not waiting.of("review", kind="events.proposal").total:
        return home
    at = [one.event.pk for one in waiting_at_events(user) if one.proposals]
    return reverse("eventdesk:proposals", args=at) if len(at) == 1 else f"{home}#waiting"


def _networks(user: Any, waiting: OpenWork) -> list[Card]:
    if not user.has_perm("coordination.run_networks"):
        return []
    return [
        Card(
            reverse("networks:desk"),
            _("Networks of stakeholders"),
            _("Begun by the desk, coordinated by stakeholders; requests where nobody coordinates."),
            waiting.of("join_network"),
        )
    ]


def _news(user: Any, waiting: OpenWork) -> list[Card]:
    if not user.has_perm("news.curate_stories"):
        return []
    return [
        Card(
            reverse("newsdesk:home"),
            _("Stories"),
            _("Written, published on a day, archived; and what stakeholders send."),
            waiting.of("read", "reread", "story_change"),
        )
    ]


def _library(user: Any, waiting: OpenWork) -> list[Card]:
    if not user.has_perm("resources.curate_resources"):
        return []
    home = reverse("resourcedesk:home")
    return [
        Card(
            home,
            _("Records and suggestions"),
            _("Written, published, archived; and what members suggest."),
            waiting.of("look", kind="resources.resource"),
        ),
        Card(
            f"{home}?state=after",
            _("Published at once"),
            _("What trusted sources published, to be read afterwards."),
            waiting.of("review", kind="resources.resource"),
        ),
        Card(
            f"{home}#changes",
            _("Changes of records"),
            _("What members want to change of published records."),
            waiting.of("resource_change"),
        ),
        Card(
            reverse("resourcedesk:links"),
            _("Broken links"),
            _("Addresses in the library that lead nowhere any more."),
            LinkCheck.objects.visible_to(user).broken().count(),
        ),
    ]


def _people(user: Any) -> list[Card]:
    cards = []
    if user.has_perm("stakeholders.invite_stakeholders"):
        cards.append(
            Card(
                reverse("vetting:invitations"),
                _("Invitations to register"),
                _("People whom the desk invites, alone or in waves, and the former membership list."),
                DeskInvitation.objects.visible_to(user).open().count(),
            )
        )
    if user.has_perm("stakeholders.keep_state_accounts"):
        cards.append(
            Card(
                reverse("vetting:states"),
                _("State accounts"),
                _("People whom a State has named by note verbale."),
                StateAccount.objects.visible_to(user).open().count(),
            )
        )
    if user.has_perm("stakeholders.read_appointments"):
        cards.append(
            Card(
                reverse("vetting:appointments"),
                _("Regional focal points"),
                _("Who covers which regions and countries, and where there is nobody."),
            )
        )
    if user.has_role(Role.ADMINISTRATOR):
        cards.append(
            Card(
                reverse("admin:accounts_grant_changelist"),
                _("People and roles"),
                _("Who holds which role, for where, and what still needs a second person."),
            )
        )
    return cards


def _newsletter(user: Any) -> list[Card]:
    if not user.has_perm("news.make_newsletter"):
        return []
    return [
        Card(
            reverse("newsletterdesk:home"),
            _("Issues of the newsletter"),
            _("Put together, looked at in each language, sent; and how many have subscribed."),
        )
    ]


def _coordination(user: Any) -> list[Card]:
    """Nothing waits here: what is to be done after an activity is in its owner's work."""
    cards = []
    if user.has_perm("coordination.plan_activity"):
        cards.append(
            Card(
                reverse("activities:list"),
                _("Activities"),
                _(
                    "Meetings, trainings, calls with States and visits: planned, held, and what came of them."
                    " Stakeholders and States do not see them."
                ),
            )
        )
    if user.has_perm("coordination.write_reports"):
        cards.append(
            Card(
                reverse("activities:reports"),
                _("Activity reports"),
                _(
                    "What coordination with non-governmental stakeholders came to, for a region and for the "
                    "whole."
                ),
            )
        )
    return cards


def _letters(waiting: OpenWork) -> list[Card]:
    return [
        Card(
            reverse("letters_desk:home"),
            _("Messages to stakeholders"),
            _("Written by the desk and regional focal points to many at once; those that wait for release."),
            waiting.of("release_letter"),
        )
    ]


def _portal(user: Any) -> list[Card]:
    cards = []
    if user.has_perm("audit.read_log"):
        cards.append(Card(reverse("audit:log"), _("Log of acts"), _("Who did what, and when.")))
        cards.append(
            Card(
                f"{reverse('audit:log')}?action=stakeholders.file_opened",
                _("Restricted files"),
                _("Who of the staff opened papers and evidence, and when."),
            )
        )
    if user.has_perm("notifications.see_mail"):
        cards.append(
            Card(
                reverse("desk_mail:list"),
                _("Mail that left"),
                _("What arrived, what came back, and sending it again."),
            )
        )
    if user.has_perm("notifications.steer_sending"):
        cards += [
            Card(
                reverse("sending:progress"),
                _("Mail on its way"),
                _("How much waits, how fast it leaves, and a button to pause it."),
            ),
            Card(
                reverse("sending:jobs"),
                _("Jobs in the background"),
                _("What the portal does by itself, and when it last did."),
            ),
        ]
    if user.has_role(Role.CURATION, Role.HEAD, Role.ADMINISTRATOR):
        cards.append(
            Card(
                reverse("portal:search_desk"),
                _("What people search for"),
                _("What many look for and do not find, and how far the index is behind."),
            )
        )
    if user.is_staff and user.has_perm("portal.change_page"):
        cards.append(
            Card(
                reverse("admin:portal_page_changelist"),
                _("Trust pages"),
                _("The texts at the foot of every page."),
            )
        )
    if user.is_staff:
        cards.append(
            Card(
                reverse("admin:index"),
                pgettext_lazy("pages of the desk", "Reference data"),
                _("Countries, topics, articles and other lists."),
            )
        )
    return cards


def _dialogues(user: Any, waiting: OpenWork) -> list[Card]:
    if not user.has_perm("reviews.run_dialogues"):
        return []
    return [
        Card(
            reverse("dialoguedesk:home"),
            _("Dialogues and applications"),
            _("Calls, shortlists, the Extended Bureau's decisions, statements."),
            waiting.of("dialogue_look", "dialogue_answer", "dialogue_statement"),
        )
    ]
