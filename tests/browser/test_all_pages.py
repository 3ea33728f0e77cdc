"""Every page of the demonstration on a phone, as each person for whom it is: no barrier, nothing too wide.

Arabic is looked at by axe; English for what is wider than the window.
A new page gets a row here.
"""

import pytest
from playwright.sync_api import Error as PlaywrightError

from accounts.people.models import User
from portal.help.enums import PAGES as HELP
from portal.pages.actions import load_pages
from portal.pages.enums import SLUGS
from stakeholders.applications.models import Application
from stakeholders.appointments.models import Appointment
from stakeholders.claims.models import JoinRequest
from stakeholders.contact.models import Conversation
from stakeholders.demo.loading import load_demo
from stakeholders.entries.models import Stakeholder
from stakeholders.exchange.models import Offer
from stakeholders.exports.models import Export
from stakeholders.imports.enums import ImportPurpose
from stakeholders.imports.models import Import
from stakeholders.invitations.models import DeskInvitation, Wave
from stakeholders.moderation.models import Report
from stakeholders.screening.models import Match
from stakeholders.state_accounts.models import StateAccount
from stakeholders.vetting.models import Flag
from workflow.changes.models import ChangeRequest

# Slow: each walk takes minutes, and begun last would keep one process busy while the other has no test left.
pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]

# who → addresses after the language; {name} is a number of the demonstration, see `numbers`.
PAGES = {
    "": (
        "",
        "search/?q=demo",
        "search/?q=zzzz",
        "statistics/",
        *[f"{slug}/" for slug in SLUGS],
        "help/",
        *[f"help/{code}/" for code, page in HELP.items() if not page.is_for_staff],
        "stakeholders/",
        "stakeholders/?q=zzzz",
        "stakeholders/map/",
        "stakeholders/coverage/?by=topic",
        "stakeholders/exchange/",
        "stakeholders/register/",
        "stakeholders/{watch}/",
        "stakeholders/{listed}/",
        "stakeholders/{forest}/report/",
        "accounts/login/",
        "accounts/signup/",
        "accounts/password/reset/",
        "accounts/login/code/",
    ),
    "newcomer": (
        "",
        "me/",
        "me/notices/",
        "me/notices/preferences/",
        "accounts/settings/",
        "accounts/email/",
        "accounts/2fa/",
        "stakeholders/messages/",
        "stakeholders/register/",
        "stakeholders/invited/{invited}/",
        "stakeholders/{clinic}/join/",
    ),
    "draft": (
        "me/",
        "stakeholders/applications/{draft}/",
        *[
            f"stakeholders/applications/{{draft}}/{step}/"
            for step in ("who", "what", "how", "reach", "papers", "seen", "check", "discard", "find")
        ],
    ),
    "returned": ("stakeholders/applications/{returned}/", "stakeholders/applications/{returned}/answer/"),
    "refused": ("stakeholders/applications/{refused}/",),
    "claimant": ("stakeholders/claims/{claim}/",),
    "joiner": ("me/", "stakeholders/join-requests/{join}/"),
    "keeper": ("me/", "stakeholders/{kept}/confirm/"),
    "admin": (
        "",
        "me/",
        "stakeholders/{watch}/",
        "stakeholders/messages/",
        "stakeholders/messages/{talk}/",
        "stakeholders/messages/{talk}/report/",
        "stakeholders/exchange/",
        "stakeholders/{forest}/contact/",
        "stakeholders/join-requests/{join}/",
        *[
            f"stakeholders/{{watch}}/{part}/"
            for part in (
                "manage",
                "manage/entry",
                "manage/entry/names",
                "manage/entry/how",
                "manage/entry/reach",
                "manage/entry/led",
                "manage/vetted",
                "manage/offers",
                "manage/offers/add",
                "manage/offers/matches",
                "manage/offers/{offer}",
                "manage/family",
                "manage/contact",
                "withdraw",
            )
        ],
    ),
    "state": ("me/", "stakeholders/"),
    "regional": ("me/", "regional/", "regional/applications/{asked}/"),
    "head": (
        "desk/",
        "desk/figures/",
        "desk/vetting/",
        "desk/vetting/{reviewed}/",
        "desk/vetting/{hit}/",
        "desk/vetting/{refused}/",
        "desk/vetting/changes/",
        "desk/vetting/changes/{change}/",
        "desk/vetting/screening/",
        "desk/vetting/screening/{match}/",
        "desk/sources/",
        "desk/sources/participations/",
        "desk/sources/security-council/",
        "desk/vetting/statistics/",
        "desk/vetting/checklist/",
        "desk/vetting/domains/",
        "desk/vetting/listed/",
        "desk/vetting/flags/{flag}/withdraw/",
        "desk/vetting/stakeholders/{watch}/",
        "desk/vetting/stakeholders/{port}/flags/",
        "desk/vetting/exports/",
        "desk/moderation/",
        "desk/moderation/{report}/",
        "desk/vetting/appointments/",
        "desk/vetting/appointments/new/",
        "desk/vetting/appointments/{appointment}/",
        "desk/vetting/invitations/",
        "desk/vetting/invitations/list/",
        "desk/vetting/invitations/lists/{list}/",
        "desk/vetting/invitations/lists/{list}/columns/",
        "desk/vetting/invitations/waves/{wave}/",
        "desk/vetting/invitations/waves/{wave}/reminder/",
        "desk/vetting/invitations/{invitation}/",
        "desk/vetting/states/",
        "desk/vetting/states/{state}/",
        "desk/vetting/joins/",
        "desk/vetting/administrator/{clinic}/",
        "desk/vetting/merge/{watch}/",
        "desk/vetting/merge/{listed}/{forest}/",
        "desk/vetting/imports/",
        "desk/vetting/imports/{import}/",
    ),
    "vetting": ("desk/vetting/exports/{export}/", "help/vetting/"),
    "administrator": (
        "desk/",
        "desk/audit/",
        "admin/",
        "admin/portal/page/",
        "desk/roles/",
        "desk/roles/give/",
    ),
}


@pytest.fixture
def people(transactional_db) -> dict[str, User]:
    load_pages()
    return load_demo()[0]


@pytest.fixture
def numbers(people) -> dict[str, int]:
    """The numbers of what the addresses speak of."""
    entries = dict(Stakeholder.objects.values_list("name", "pk"))
    sent = dict(Application.objects.values_list("applicant", "pk"))
    watch = entries["Demo Coastal Watch"]
    first = {
        "talk": Conversation.objects.filter(sender=people["expert"]),
        "flag": Flag.objects.all(),
        "join": JoinRequest.objects.filter(user=people["joiner"]),
        "change": ChangeRequest.objects.open(),
        "offer": Offer.objects.filter(stakeholder=watch),
        "match": Match.objects.all(),
        "report": Report.objects.all(),
        "appointment": Appointment.objects.all(),
        "wave": Wave.objects.order_by("-pk"),
        "state": StateAccount.objects.all(),
        "invitation": DeskInvitation.objects.filter(wave=None),
        "export": Export.objects.all(),
        "invited": DeskInvitation.objects.filter(address=people["newcomer"].email),
        "import": Import.objects.filter(purpose=ImportPurpose.DIRECTORY).order_by("-pk"),
        "list": Import.objects.filter(purpose=ImportPurpose.MEMBERS),
    }
    return {
        **{
            key: entries[name]
            for key, name in (
                ("watch", "Demo Coastal Watch"),
                ("listed", "Demo Listed Lighthouse Trust"),
                ("forest", "Demo Forest Guardians"),
                ("clinic", "Demo Lagos Cyber Clinic"),
                ("kept", "Demo Bank Compliance Forum"),
                ("port", "Demo Port Integrity Ltd"),
            )
        },
        **{key: sent[people[key].pk] for key in ("draft", "returned", "refused", "reviewed", "hit", "asked")},
        "claim": sent[people["claimant"].pk],
        **{key: rows.first().pk for key, rows in first.items()},
    }


def walk(page, enter, people, numbers, code, look) -> list[str]:
    """What `look` complains of, page by page, as each person."""
    complaints = []
    for who, addresses in PAGES.items():
        page.context.clear_cookies()
        if who:
            enter(page, people[who])
        for address in addresses:
            target = f"/{code}/{address.format(**numbers)}"
            try:
                response = page.goto(target)
                assert response.status == 200, f"{target}: {response.status}"
                look(page)
            except (AssertionError, PlaywrightError) as complaint:
                complaints.append(f"{who} {complaint}")
    return complaints


@pytest.mark.behaviour("X-09")
def test_every_page_stands_on_a_phone_in_arabic_without_a_barrier(phone_ar, enter, people, numbers, axe):
    assert walk(phone_ar, enter, people, numbers, "ar", axe) == []


def test_every_page_stands_on_a_phone_in_english(page, enter, people, numbers):
    page.set_viewport_size({"width": 360, "height": 740})

    def look(page):
        wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        assert wide <= 0, f"{page.url} is {wide} pixels wider than its window."
        assert page.locator("h1").count() == 1, f"{page.url} has not one heading."

    assert walk(page, enter, people, numbers, "en", look) == []
