"""The page on which administrators read and search the log, and what the accounts write into it."""

import datetime

import pytest
from django.db import DatabaseError, transaction
from django.utils.timezone import now

from accounts.people.actions import confirm_grant, end_grant, grant_role
from accounts.people.enums import Role
from audit.actions import record
from audit.enums import Audience
from audit.hooks import Sentence, sentences
from audit.models import Entry
from audit.queries import log_lines
from tests.factories.accounts import PASSWORD, GrantFactory, UserFactory, person_with, sign_in
from tests.factories.events import EventFactory
from tests.factories.regional import appointed
from tests.support import assert_no_growth, markup_of

pytestmark = pytest.mark.django_db
LOG = "/en/desk/audit/"


@pytest.fixture
def administrator():
    return person_with(Role.ADMINISTRATOR, name="Ada")


@pytest.fixture
def administrator_client(client, administrator):
    sign_in(client, administrator)
    return client


def texts(response):
    return [line.text for line in response.context["lines"] if line.action != "accounts.signed_in"]


@pytest.mark.parametrize("role", ["", *Role.values])
@pytest.mark.behaviour("A-22")
def test_who_reads_the_log(client, role):
    sign_in(client, person_with(role) if role else UserFactory())
    assert client.get(LOG).status_code == (200 if role == "administrator" else 404)


@pytest.mark.behaviour("A-22")
def test_a_privileged_act_shows_actor_time_before_and_after(administrator_client, administrator):
    user = UserFactory(name="Boris")
    grant = grant_role(user, Role.VETTING, actor=administrator)
    second = person_with(Role.ADMINISTRATOR, name="Eve")
    confirm_grant(grant, actor=second)
    end_grant(grant, actor=administrator)
    lines = [line for line in administrator_client.get(LOG).context["lines"] if "grant" in line.action]
    assert [line.text for line in lines] == [
        "Ada ended the role “Desk: vetting” (global)",
        "Eve confirmed the role “Desk: vetting” (global)",
        "Ada gave the role “Desk: vetting” (global)",
    ]
    assert lines[1].changes == {"confirmed": (False, True)}
    assert lines[0].changes == {"ends": (None, grant.ends_at.isoformat())}
    assert lines[2].changes["role"] == (None, "vetting")
    page = markup_of(administrator_client.get(LOG))
    assert "<del>False</del><ins>True</ins>" in page


def test_a_person_is_named_and_each_object_leads_to_its_page(administrator_client, administrator):
    amina, gone = UserFactory(name="Amina Njeri"), UserFactory(name="Nobody")
    event = EventFactory()
    for subject in (amina, gone, event):
        record(subject, "test.desk", actor=administrator)
    former = gone.pk
    gone.delete()
    lines = {line.subject: line.url for line in administrator_client.get(LOG).context["lines"]}
    assert lines["Amina Njeri"] == f"/en/admin/accounts/user/{amina.pk}/change/"
    assert lines[f"person {former}"] == ""  # a former account is not named
    assert lines[f"event {event.pk}"] == ""  # not for an administrator
    GrantFactory(user=administrator, role=Role.EVENTS)
    page = administrator_client.get(LOG)
    lines = {line.subject: line.url for line in page.context["lines"]}
    assert administrator_client.get(lines[f"event {event.pk}"]).status_code == 200
    assert (
        f'<a class="quiet text-nowrap" href="?kind=events.event&amp;number={event.pk}">All entries about it'
        in markup_of(page)
    )


def test_a_sentence_names_the_fields_that_were_changed(administrator, monkeypatch):
    text = "%(actor)s changed it (%(fields)s)"
    monkeypatch.setitem(sentences._entries, "test.changed", Sentence(text, Audience.DESK, {}))
    record(administrator, "test.changed", actor=administrator, fields=["closes_at", "opens_at"])
    line = log_lines(Entry.objects.all(), administrator)[0]
    assert line.text == "Ada changed it (closes_at, opens_at)"
    assert line.details == {"fields": "closes_at, opens_at"}


@pytest.mark.behaviour("A-22")
def test_the_page_offers_no_way_to_change_an_entry(administrator_client):
    assert administrator_client.post(LOG).status_code == 405
    entry = Entry.objects.first()
    assert administrator_client.get("/en/admin/audit/entry/").status_code == 200
    for act in ("change", "delete"):
        assert (
            administrator_client.post(f"/en/admin/audit/entry/{entry.pk}/{act}/", {"post": "yes"}).status_code
            == 403
        )
    assert administrator_client.get("/en/admin/audit/entry/add/").status_code == 403
    for send in (administrator_client.put, administrator_client.patch, administrator_client.delete):
        assert send(LOG).status_code == 405
    before = texts(administrator_client.get(LOG))
    for write in (lambda: Entry.objects.update(action="test.desk"), Entry.objects.all().delete):
        with pytest.raises(DatabaseError), transaction.atomic():
            write()
    assert texts(administrator_client.get(LOG)) == before
    assert Entry.objects.filter(pk=entry.pk, action=entry.action).exists()


@pytest.mark.behaviour("A-22")
def test_an_act_is_found_by_who_did_it_and_shows_what_was_before_and_after(client):
    """Of people of the desk too, by their own pages."""
    head = person_with(Role.HEAD, name="Hanna Head")
    term = appointed(by=head, countries=["KEN"])
    sign_in(client, head)
    page = f"/en/desk/vetting/appointments/{term.pk}/"
    form = client.get(page).context["form"]
    values = {name: form[name].value() for name in form.fields}
    assert client.post(page, {**values, "countries": ["KEN", "UGA"]}).status_code == 302
    sign_in(client, person_with(Role.ADMINISTRATOR))
    lines = client.get(LOG, {"who": "hanna"}).context["lines"]
    [line] = [line for line in lines if "places" in line.changes]
    assert line.changes == {"places": ("KEN", "KEN UGA")}
    assert "<del>KEN</del><ins>KEN UGA</ins>" in markup_of(client.get(LOG, {"who": "hanna"}))
    assert not client.get(LOG, {"who": "hanna", "until": "2020-01-01"}).context["lines"]


class TestSearch:
    @pytest.fixture(autouse=True)
    def entries(self, administrator):
        self.amina, self.boris = UserFactory(name="Amina"), UserFactory(email="boris@example.net")
        record(self.amina, "test.public", actor=self.amina)
        record(self.boris, "test.desk", actor=self.boris)

    @pytest.mark.behaviour("A-22")
    @pytest.mark.parametrize(
        ("query", "actions"),
        [
            ({"who": "amin"}, ["test.public"]),
            ({"who": "EXAMPLE.NET"}, ["test.desk"]),
            ({"action": "test.desk"}, ["test.desk"]),
            ({"kind": "accounts.user", "action": "test.public"}, ["test.public"]),
            ({"since": "2020-01-01", "who": "amin"}, ["test.public"]),
            ({"until": "2020-01-01"}, []),
            ({"who": "nobody of that name"}, []),
        ],
    )
    def test_finds_by(self, administrator_client, query, actions):
        lines = administrator_client.get(LOG, query).context["lines"]
        assert [line.action for line in lines] == actions

    def test_finds_one_object(self, administrator_client):
        response = administrator_client.get(LOG, {"kind": "accounts.user", "number": self.amina.pk})
        assert [line.action for line in response.context["lines"]] == ["test.public"]

    @pytest.mark.parametrize(
        ("field", "value"),
        [("since", "soon"), ("action", "test.unheard_of"), ("number", "x"), ("before", "x")],
    )
    def test_a_wrong_question_is_named_and_not_answered_by_nothing_found(
        self, administrator_client, field, value
    ):
        response = administrator_client.get(LOG, {field: value})
        assert (response.status_code, list(response.context["filter"].form.errors)) == (200, [field])


def test_older_entries_follow_without_gap_or_repetition(administrator_client, administrator):
    for _more in range(60):
        record(administrator, "test.public", actor=administrator)
    first = administrator_client.get(LOG, {"action": "test.public"})
    second = administrator_client.get(LOG, {"action": "test.public", "before": first.context["older"]})
    entry_ids = [line.entry.pk for page in (first, second) for line in page.context["lines"]]
    assert entry_ids == list(
        Entry.objects.filter(action="test.public").order_by("-pk").values_list("pk", flat=True)
    )
    assert (len(first.context["lines"]), second.context["older"]) == (50, None)


def test_an_entry_whose_sentence_is_gone_still_reads(administrator_client, administrator):
    Entry.objects.create(actor_id=administrator.pk, action="old.act", subject_kind="old.thing", subject_id=7)
    assert texts(administrator_client.get(LOG)) == ["Ada: old.act"]


def test_the_page_costs_the_same_for_one_and_for_three(administrator_client):
    assert_no_growth(
        lambda: administrator_client.get(LOG, {"action": "test.public"}),
        lambda: record(UserFactory(), "test.public", actor=UserFactory()),
    )


def test_signing_in_and_changes_of_security_are_written_down(client):
    person = UserFactory()
    client.post("/en/accounts/login/", {"login": person.email, "password": PASSWORD})
    new = "an entirely different phrase"
    client.post(
        "/en/accounts/password/change/", {"oldpassword": PASSWORD, "password1": new, "password2": new}
    )
    written = list(Entry.objects.filter(subject_id=person.pk).order_by("pk").values_list("action", "data"))
    assert written == [
        ("accounts.signed_in", {}),
        ("accounts.security_changed", {"what": "password_changed"}),
    ]


def test_no_entry_holds_a_name_or_an_address(client, administrator):
    person = UserFactory(name="Amina Wanjiru", email="amina.w@example.org")
    client.post("/en/accounts/login/", {"login": person.email, "password": PASSWORD})
    grant_role(person, Role.VETTING, actor=administrator, ends_at=now() + datetime.timedelta(days=9))
    rows = str(list(Entry.objects.values()))
    assert Entry.objects.count() >= 2
    assert "Amina" not in rows
    assert "amina.w" not in rows
