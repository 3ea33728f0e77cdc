"""Home, search, tasks, the desk and the trust pages as people see them."""

import re
from datetime import UTC, datetime
from urllib.parse import urljoin

import pytest
from django.conf import settings as base
from django.core.cache import cache
from django.utils.timezone import now
from django.utils.translation import get_language_info, override

from accounts.hooks import retained
from accounts.people.enums import Role
from accounts.sign_in import known_browsers
from core.context import LANGUAGE_BAR
from core.desk_cards import desk_cards
from portal.desk.queries import AREAS
from portal.pages.actions import load_pages
from portal.pages.enums import SLUGS
from portal.pages.models import Page
from reviews.seed import load_mechanism
from search import frequent_searches
from stakeholders.claims.actions_joining import ask_to_join
from stakeholders.entries.enums import MemberRole
from taxonomy.terms.models import Language
from tests.factories.accounts import UserFactory, person_with, sign_in
from tests.factories.portal import PageFactory
from tests.factories.stakeholders import StakeholderFactory, member_of
from tests.support import markup_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def trust_pages():
    load_pages()


def test_home_says_what_this_is_and_opens_a_door_for_each_kind_of_reader(client):
    page = markup_of(client.get("/en/"))
    assert re.search(r"<h1>(.*?)</h1>", page).group(1) == "Working together against organized crime"
    doors = page[page.index('id="roles"') : page.index('id="coming"')]
    assert re.findall(r'<h3 class="entry-title"><a href="([^"]+)"', doors) == [
        "/en/stakeholders/register/",
        "/en/stakeholders/",
        "/en/resources/",
        "/en/regional/focal-points/",
    ]
    assert page.count('type="search"') == 1


def test_the_line_of_the_review_marks_this_year(client, reference, time_machine):
    load_mechanism()
    time_machine.move_to(datetime(2026, 11, 29, tzinfo=UTC))
    cache.clear()
    line = markup_of(client.get("/en/"))
    line = line[line.index('class="review-line"') : line.index("By the nominal calendar")]
    now = re.findall(r'span-now"><span class="only-wide">(.*?)</span>', line)
    assert now == ["Phase IV", "Phase III", "Phase III"]
    assert re.search(r'aria-current="date"><span class="only-wide">(\d+)', line).group(1) == "2026"


@pytest.mark.parametrize(("role", "shown"), [(Role.VETTING, 1), (Role.REGIONAL, 0)])
def test_home_tells_the_desk_where_its_work_waits(client, role, shown):
    sign_in(client, person_with(role))
    assert client.get("/en/").text.count("Open the desk") == shown


@pytest.mark.behaviour("X-01")
def test_every_page_offers_six_languages_in_the_order_of_the_un_and_stays_on_the_object(client, trust_pages):
    page = client.get("/fr/privacy/?from=mail").text
    bar = re.search(r'<nav class="language-bar".*?</nav>', page, re.DOTALL).group(0)
    assert re.findall(r'href="([^"]+)" lang="(\w+)" hreflang="\w+" dir="(\w+)"([^>]*)>([^<]+)<', bar) == [
        ("/ar/privacy/?from=mail", "ar", "rtl", "", "العربية"),
        ("/zh/privacy/?from=mail", "zh", "ltr", "", "中文"),
        ("/en/privacy/?from=mail", "en", "ltr", "", "English"),
        ("/fr/privacy/?from=mail", "fr", "ltr", ' aria-current="true"', "Français"),
        ("/ru/privacy/?from=mail", "ru", "ltr", "", "Русский"),
        ("/es/privacy/?from=mail", "es", "ltr", "", "Español"),
    ]


def test_a_language_has_one_own_name_wherever_it_stands(reference):
    bar = dict(LANGUAGE_BAR)
    assert dict(Language.objects.filter(pk__in=bar).values_list("pk", "native_name")) == bar
    assert {code: get_language_info(code)["name_local"] for code in bar} == bar


@pytest.mark.behaviour("X-01")
def test_machines_are_told_of_the_other_languages_and_of_the_one_address(client, trust_pages):
    head = client.get("/ru/about/?utm=1").text.partition("</head>")[0]
    assert re.findall(r'hreflang="([^"]+)" href="([^"]+)"', head) == [
        ("ar", "http://testserver/ar/about/"),
        ("zh", "http://testserver/zh/about/"),
        ("en", "http://testserver/en/about/"),
        ("x-default", "http://testserver/en/about/"),
        ("fr", "http://testserver/fr/about/"),
        ("ru", "http://testserver/ru/about/"),
        ("es", "http://testserver/es/about/"),
    ]
    assert re.findall(r'rel="canonical" href="([^"]+)"', head) == ["http://testserver/ru/about/"]


@pytest.mark.behaviour("X-03")
@pytest.mark.parametrize(
    ("role", "address"),
    [(Role.HEAD, "/ar/desk/"), (Role.HEAD, "/ar/desk/vetting/"), (Role.ADMINISTRATOR, "/ar/admin/")],
)
def test_the_back_office_runs_from_right_to_left_in_arabic(client, reference, role, address):
    sign_in(client, person_with(role))
    assert re.search(r'<html lang="ar"[^>]* dir="rtl"', client.get(address).text)


@pytest.mark.behaviour("X-03")
@pytest.mark.parametrize(
    ("code", "direction", "sheet"),
    [
        ("ar", "rtl", "bootstrap.rtl.min.css"),
        *[(c, "ltr", "bootstrap.min.css") for c in ("zh", "en", "fr", "ru", "es")],
    ],
)
def test_a_page_runs_in_the_direction_of_its_language(client, code, direction, sheet):
    page = client.get(f"/{code}/").text
    assert re.search(r'<html lang="(\w+)" dir="(\w+)">', page).groups() == (code, direction)
    assert re.findall(r"bootstrap[\w.]*\.css", page) == [sheet]


@pytest.mark.behaviour("X-02")
def test_a_page_that_is_not_translated_says_so_and_is_tagged(client, trust_pages):
    page = markup_of(client.get("/ar/terms/"))
    assert re.findall(r'<div class="prose" lang="(\w+)" dir="(\w+)">', page) == [("en", "ltr")]
    assert '<div class="notice notice-info">' in page


@pytest.mark.behaviour("X-02")
def test_a_page_in_the_readers_language_comes_first(client, trust_pages):
    PageFactory(slug="terms", language="fr", title="Conditions d’utilisation", body="Texte")
    page = client.get("/fr/terms/").text
    assert "<h1>Conditions d’utilisation</h1>" in page
    assert 'class="prose" lang' not in page


@pytest.mark.parametrize("slug", SLUGS)
def test_each_trust_page_opens_and_legal_ones_say_that_they_are_drafts(client, trust_pages, slug):
    response = client.get(f"/en/{slug}/")
    assert response.status_code == 200
    is_legal = slug in {"terms", "privacy", "cookies", "map-disclaimer"}
    assert ("Draft, not cleared" in response.text) is is_legal
    assert response.cookies == {}


@pytest.mark.parametrize("slug", SLUGS)
def test_what_a_trust_page_points_to_within_the_portal_is_there(client, trust_pages, reference, slug):
    page = Page.objects.get(slug=slug, language="en")
    for path in re.findall(r"\]\((?!https?:)([^)]+)\)", page.body):
        assert client.get(urljoin(f"/en/{slug}/", path)).status_code == 200, path


def test_contact_shows_the_address_before_it_speaks_of_it_and_every_page_leads_there(
    client, trust_pages, settings
):
    page = client.get("/ar/contact/").text
    assert page.index(f'href="mailto:{settings.DESK_EMAIL}"') < page.index(
        "There is one address for everything"
    )
    footer = client.get("/ar/about/").text.partition("<footer")[2]
    assert 'href="/ar/contact/"' in footer


@pytest.mark.parametrize("path", ("/en/me/", "/en/desk/", "/en/desk/mail/", "/en/desk/vetting/"))
def test_pages_of_work_have_a_footer_of_one_line(client, trust_pages, path):
    sign_in(client, person_with(Role.HEAD))
    footer = client.get(path).text.partition("<footer")[2]
    links = [f"/en/{slug}/" for slug in ("terms", "privacy", "accessibility", "contact")]
    assert re.findall(r'href="([^"]+)"', footer) == links
    assert "You are reading this page in English." in footer


@pytest.mark.parametrize("path", ("/en/", "/en/stakeholders/", "/en/help/", "/en/no-such-page/"))
def test_public_pages_keep_the_whole_footer_for_who_is_signed_in(client, trust_pages, path):
    sign_in(client, person_with(Role.HEAD))
    assert 'class="footer-groups"' in client.get(path).text


# What the privacy notice says of a rule, and its name.
TOLD_RULES = {
    "Account whose address was never confirmed": "accounts.unconfirmed",
    "Copy of your data": "accounts.data_export",
    "Request for a new second factor": "accounts.factor_reset",
    "Line in the log of the back office": "accounts.admin_log",
    "Mail that was sent": "notifications.mail",
    "Notices in your inbox": "notifications.notice",
    "Digest of your notices": "notifications.digest",
    "Access token that has run out": "accounts.token",
    "Where you were signed in": "accounts.session_use",
    "Code that proved an address": "stakeholders.mail_proof",
    "Address that gets no mail": "notifications.suppression",
    "E-mail that you sent to the portal's mailbox": "notifications.incoming",
    "Conversation through the portal": "stakeholders.conversation",
    "Introduction to an organization that you asked for": "stakeholders.introduction",
    "or with a regional focal point": "coordination.enquiry",
    "Invitation of a member": "stakeholders.invitation",
    "Request to join an organization": "stakeholders.join_request",
    "Grants and courses that you suggested": "coordination.offering",
    "Message to many stakeholders": "coordination.letter",
    "Answer to a survey that is not anonymous": "coordination.survey_named",
    "Anonymous answer to a survey": "coordination.survey_answer",
    "| Message to the WhatsOn team |": "portal.team_message",
    "Message to the WhatsOn team that is held as spam": "portal.team_spam",
    "Subscription that was not confirmed": "news.unconfirmed",
    "Subscription whose address gets no mail": "news.unreachable",
}
# Of these nothing is personal, or another line of the notice tells it.
UNTOLD_RULES = {
    "accounts.session",
    "accounts.retention_run",
    "notifications.happening",
    "notifications.deadline",
    "portal.usage",  # in months and years
}


def test_the_privacy_notice_says_what_the_nightly_rules_do(trust_pages):
    assert set(TOLD_RULES.values()) | UNTOLD_RULES == set(retained)
    lines = Page.objects.get(slug="privacy", language="en").body.splitlines()
    for rule_text, name in TOLD_RULES.items():
        (line,) = [
            table_line for table_line in lines if table_line.startswith("|") and rule_text in table_line
        ]
        assert f" {retained[name].days} days " in f"{line} ", line
    assert not any("by hand" in line for line in lines)
    months, years = base.USAGE_MONTHS_OF_DAYS, retained["portal.usage"].days // 365
    assert (months, years) == (13, 10)
    assert any("by day for 13 months, then by month for ten years" in line for line in lines)
    assert f"| Words that many searched for | after {frequent_searches.KEPT_DAYS} days |" in lines
    assert f"| Session | after {base.SESSION_COOKIE_AGE // 86400} days, the row a day later |" in lines


def test_the_page_of_cookies_says_how_long_they_last(trust_pages):
    lines = Page.objects.get(slug="cookies", language="en").body.splitlines()
    (session,) = [line for line in lines if line.startswith(f"| `{base.SESSION_COOKIE_NAME}`")]
    assert f"{base.SESSION_COOKIE_AGE // 86400} days" in session
    (known,) = [line for line in lines if line.startswith(f"| `{known_browsers.COOKIE}`")]
    assert "one year" in known
    assert known_browsers.A_YEAR == 365 * 86400


def test_a_trust_page_without_a_text_is_missing(client):
    assert client.get("/en/about/").status_code == 404


def test_loading_twice_changes_nothing_and_leaves_what_the_desk_wrote(db):
    assert load_pages() == {"new": 9, "updated": 0, "same": 0, "edited": 0}
    Page.objects.filter(slug="about").update(body="Written by the desk.")
    before = {page.slug: page.updated_at for page in Page.objects.all()}
    assert load_pages() == {"new": 0, "updated": 0, "same": 8, "edited": 1}
    assert Page.objects.get(slug="about").body == "Written by the desk."
    assert {page.slug: page.updated_at for page in Page.objects.all()} == before


def test_a_new_text_from_the_software_replaces_an_untouched_one(tmp_path):
    folder = tmp_path / "en"
    folder.mkdir()
    text = folder / "about.md"
    text.write_text("title: About\nlead: What it is\nstatus: plain\n---\nOld", encoding="utf-8")
    load_pages(tmp_path)
    text.write_text("title: About\nlead: What it is\nstatus: plain\n---\nNew", encoding="utf-8")
    assert load_pages(tmp_path) == {"new": 0, "updated": 1, "same": 0, "edited": 0}
    assert Page.objects.get().body == "New"


def test_staff_edit_a_trust_page_and_readers_see_it(client, trust_pages):
    sign_in(client, person_with(Role.CURATION))
    page = Page.objects.get(slug="contact")
    answer = client.post(
        f"/en/admin/portal/page/{page.pk}/change/",
        {
            "slug": "contact",
            "language": "en",
            "title": "Write to us",
            "lead": "",
            "body": "Hello",
            "legal_status": "plain",
        },
    )
    assert answer.status_code == 302
    assert "<h1>Write to us</h1>" in client.get("/en/contact/").text


def test_script_in_a_trust_page_does_not_reach_the_reader(client):
    PageFactory(body="<script>alert(1)</script>\n\n[x](javascript:alert(1))")
    page = client.get("/en/about/").text
    assert "<script>alert" not in page
    assert 'href="javascript' not in page


# --- Search -------------------------------------------------------------------------------------------
def test_on_paper_a_page_says_where_and_when_it_is_from(client):
    head = re.search(r'<p class="print-head">.*?</p>', client.get("/ar/statistics/?a=1&b=2").text, re.DOTALL)[
        0
    ]
    assert "http://testserver/ar/statistics/?a=1&amp;b=2" in head
    assert str(now().year) in head


@pytest.mark.parametrize(
    ("path", "printed"),
    [
        ("/en/stakeholders/invited/abc-secret/", ""),
        ("/en/accounts/confirm-email/abc:secret/?next=/en/events/", ""),
        ("/en/mail/stop/abc-secret/", ""),
        ("/en/newsletter/preferences/abc-secret/", ""),
        ("/en/accounts/login/?next=/en/stakeholders/invited/abc-secret/", "/en/accounts/login/"),
        ("/en/search/?q=kenya", "/en/search/?q=kenya"),
        ("/en/stakeholders/?q=kenya", "/en/stakeholders/?q=kenya"),
    ],
)
def test_paper_says_neither_a_key_nor_what_was_asked_of_a_page_for_one_person(client, path, printed):
    """Nor does the script write it there: it keeps up with the address of public pages alone."""
    head = re.search(r'<p class="print-head">.*?</p>', client.get(path).text, re.DOTALL)[0]
    assert f">http://testserver{printed}</bdi>" in head
    assert ("data-printed-address" in head) is ("q=" in path)


def test_search_without_a_word_asks_for_one(client):
    page = client.get("/en/search/").text
    assert "What are you looking for?" in page


def test_search_without_a_result_keeps_the_word_and_says_where_to_go(client):
    page = client.get("/en/search/", {"q": 'xyzzy "<b>'}).text
    assert "Nothing was found for “xyzzy &quot;&lt;b&gt;”" in page
    assert page.count('value="xyzzy &quot;&lt;b&gt;"') == 1
    assert 'href="/en/stakeholders/"' in page


def test_a_search_text_that_is_too_long_is_no_error(client):
    assert "Nothing was found for" in client.get("/en/search/", {"q": "a" * 5000}).text


@pytest.mark.parametrize("text", ["\x00", "'", "%", ":*", "( & |", "\u202e", "—", "شبكة", "法院"])
def test_no_text_breaks_the_search(client, text):
    assert client.get("/en/search/", {"q": text}).status_code == 200


# --- Tasks and the desk -------------------------------------------------------------------------------
def test_my_work_asks_a_visitor_to_sign_in_and_leads_back(client):
    answer = client.get("/en/me/")
    assert (answer.status_code, answer.url) == (302, "/en/accounts/login/?next=/en/me/")


def test_my_work_says_what_to_do_when_there_is_nothing(client):
    sign_in(client, UserFactory())
    page = client.get("/en/me/").text
    assert "You have no pending tasks" in page
    assert 'href="/en/stakeholders/register/"' in page


@pytest.mark.parametrize(
    ("role", "status"),
    [(None, 404), (Role.STATE, 404), (Role.REGIONAL, 404), *[(role, 200) for role in Role.DESK]],
)
def test_who_may_open_the_desk(client, role, status):
    sign_in(client, person_with(role) if role else UserFactory())
    assert client.get("/en/desk/").status_code == status


OF_ALL = ("Facts to check", "Figures", "Sources", "Use of the portal")
LISTED = "Profiles from public sources"
WAITING = "Listings to check"
NUMBERS = "Decisions in numbers"
QUESTIONS = "Questions of the checklist"
DOMAINS = "Trusted mail domains"
SOURCES = "Trust in sources"
FOCAL = "Regional focal points"
CHANGES = "Changes to profiles"
REPORTS, EXPORTS, IMPORTS = "Moderation", "Your exports", "Imports into the directory"
JOINS, INVITE, STATES = "Requests to join", "Invitations to register", "State accounts"
VETTING = ["Applications", CHANGES, "Screening", JOINS, "Introductions", NUMBERS]
SEARCHED = "What people search for"
PAGES = [SEARCHED, "Trust pages", "Reference data"]
REVIEWS = ["Steps and sources", "Calls for contributions", "Contributions to screen", "Observations"]
PAPERS = "Checklist and model letters"
LOGS = ["Audit log", "Restricted files"]
EVENTS = [
    "Events of the calendar",
    "Proposals for meetings",
    "Registrations to approve",
    "Reports of meetings to publish",
    "Surveys",
    "Participation figures",
]
LIBRARY = ["Resources and suggestions", "Published at once", "Changes to resources", "Broken links"]
DIALOGUES = "Dialogues and applications"
NEWS = ["Stories", "Changes to stories", "News elsewhere"]
LETTERS = "Issues of the newsletter"
NETWORKS = "Networks of stakeholders"
MANY = "Messages to stakeholders"
TEAM = "Messages to the team"
COORDINATION = ["Activities", "Activity reports"]
MAIL = ["Sent e-mail", "Outgoing e-mail", "Incoming e-mail", "Background jobs"]


@pytest.mark.slow
@pytest.mark.parametrize(
    ("role", "cards"),
    (
        (
            Role.VETTING,
            [
                *VETTING,
                DOMAINS,
                REPORTS,
                IMPORTS,
                WAITING,
                LISTED,
                EXPORTS,
                INVITE,
                FOCAL,
                MANY,
                TEAM,
                *COORDINATION,
            ],
        ),
        (
            Role.HEAD,
            [
                *VETTING,
                QUESTIONS,
                DOMAINS,
                SOURCES,
                REPORTS,
                IMPORTS,
                WAITING,
                LISTED,
                EXPORTS,
                *REVIEWS,
                *EVENTS,
                *NEWS,
                *LIBRARY,
                INVITE,
                STATES,
                FOCAL,
                DIALOGUES,
                LETTERS,
                NETWORKS,
                MANY,
                TEAM,
                *COORDINATION,
                *MAIL,
                SEARCHED,
            ],
        ),
        (Role.EVENTS, [NUMBERS, REPORTS, EXPORTS, *EVENTS, FOCAL, MANY, *COORDINATION, "Reference data"]),
        (
            Role.REVIEWS,
            [
                NUMBERS,
                REPORTS,
                EXPORTS,
                *REVIEWS,
                "Participation figures",
                PAPERS,
                FOCAL,
                DIALOGUES,
                MANY,
                *COORDINATION,
                "Reference data",
            ],
        ),
        (
            Role.CURATION,
            [
                NUMBERS,
                SOURCES,
                REPORTS,
                IMPORTS,
                WAITING,
                LISTED,
                EXPORTS,
                PAPERS,
                *NEWS,
                *LIBRARY,
                FOCAL,
                LETTERS,
                NETWORKS,
                "Grants and courses",
                MANY,
                TEAM,
                *COORDINATION,
                *PAGES,
            ],
        ),
        (
            Role.ADMINISTRATOR,
            [
                NUMBERS,
                QUESTIONS,
                EXPORTS,
                PAPERS,
                STATES,
                FOCAL,
                "People and roles",
                MANY,
                TEAM,
                *COORDINATION,
                *LOGS,
                *MAIL,
                *PAGES,
            ],
        ),
    ),
)
def test_the_desk_shows_each_role_its_own_tools_and_each_opens(client, role, cards):
    sign_in(client, person_with(role))
    menu = re.search(r'class="desk-menu".*?</nav>', markup_of(client.get("/en/desk/")), re.DOTALL)[0]
    links = re.findall(r'<li><a href="([^"]+)"[^>]*>([^<]+)</a>', menu)
    assert sorted(text for _url, text in links) == sorted([*cards, *OF_ALL])
    assert {client.get(url).status_code for url, _text in links} <= {200}


def test_a_heading_gives_title_and_path_and_a_refused_form_marks_the_title(client):
    sign_in(client, person_with(Role.HEAD))
    page = markup_of(client.get("/en/networks/new/"))
    assert "<title>Begin a network · WhatsOn</title>" in page
    assert "<h1>Begin a network</h1>" in page
    assert '<li aria-current="page"><bdi>Begin a network</bdi></li>' in page
    assert '<meta name="robots" content="noindex">' in page
    refused = markup_of(client.post("/en/networks/new/", {"name": ""}))
    assert "<title>Error: Begin a network · WhatsOn</title>" in refused
    assert 'name="robots"' not in markup_of(client.get("/en/networks/"))


def test_every_page_of_the_desk_stands_in_an_area_of_its_menu():
    assert {card.group for card in desk_cards.values()} == set(AREAS)


def test_requests_to_join_wait_where_a_person_looks_for_work(client):
    watch = StakeholderFactory(name="Coastal Watch")
    admin, asker = member_of(watch), UserFactory(name="Amina Njeri")
    join_request = ask_to_join(watch, actor=asker, message="I run the help line.")
    link = f'href="/en/stakeholders/join-requests/{join_request.pk}/"'
    sign_in(client, admin)
    page = client.get("/en/me/").text
    assert link in page
    assert "wants to act for Coastal Watch" in page
    sign_in(client, asker)
    page = client.get("/en/me/").text
    assert link in page
    assert "With its administrators" in page
    for other in (person_with(Role.VETTING), member_of(watch, role=MemberRole.EDITOR)):
        sign_in(client, other)
        assert link not in client.get("/en/me/").text


def test_the_account_menu_names_the_person_and_signs_out_by_post(client):
    sign_in(client, UserFactory(name="Amina Otieno"))
    page = markup_of(client.get("/en/me/"))
    assert page.count("<summary>Amina Otieno</summary>") == 2
    assert 'method="post" action="/en/accounts/logout/"' in page
    assert client.get("/en/accounts/logout/").status_code == 200
    client.post("/en/accounts/logout/")
    assert client.get("/en/me/").status_code == 302


def test_a_visitor_gets_no_cookie_and_no_token(client):
    response = client.get("/en/")
    assert response.cookies == {}
    assert "csrfmiddlewaretoken" not in response.text


def test_the_living_style_page_shows_every_component(client):
    page = client.get("/en/dev/components/").text
    for name in (
        "notice",
        "state",
        "chip",
        "pager",
        "empty",
        "person",
        "timeline",
        "portal-progress",
        "field-error",
    ):
        assert f'class="{name}' in page
    with override("en"):
        assert client.get("/dev/components/").url == "/en/dev/components/"


@pytest.mark.django_db
def test_the_menu_is_each_pages_and_each_languages_own(client):
    """It is rendered once for a page and a language, and kept by the process."""
    for _twice in range(2):
        for address, label in (
            ("/en/stakeholders/", "Stakeholders"),
            ("/en/events/", "Events"),
            ("/fr/events/", "Manifestations"),
        ):
            menu = (
                client.get(address).content.decode().partition('class="main-nav"')[2].partition("</nav>")[0]
            )
            assert re.findall(r'href="([^"]+)" aria-current="\w+">([^<]+)', menu) == [(address, label)]
