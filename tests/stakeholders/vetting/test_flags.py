"""Observations and flags: the desk's alone, never deleted, and a red one blocks."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from django.db.models import ProtectedError

from accounts.people.enums import Role
from audit.models import Entry
from core.errors import DomainError, WrongState
from search.models import Document
from stakeholders.entries.enums import Kind, Listing, Status
from stakeholders.entries.models import Stakeholder
from stakeholders.vetting import actions as vetting_actions
from stakeholders.vetting.actions_checklist import raise_flag, withdraw_flag
from stakeholders.vetting.models import Flag
from tests.factories.accounts import UserFactory, person_with, sign_in
from tests.factories.notifications import deliver_all
from tests.factories.stakeholders import MembershipFactory, StakeholderFactory, member_of, sent_application
from tests.stakeholders.pages import desk_page
from tests.support import assert_no_growth, text_of

pytestmark = pytest.mark.django_db
SECRET = "Zebrafish dossier"
ROLES = (
    "visitor",
    "owner",
    "stranger",
    "member",
    "vetting",
    "head",
    "curation",
    "events",
    "reviews",
    "administrator",
    "regional",
    "state",
)
VET = {"vetting", "head"}


def on(stakeholder) -> str:
    return f"/en/desk/vetting/stakeholders/{stakeholder.pk}/flags/"


@pytest.fixture
def entry(vetter, application) -> Stakeholder:
    """Approved, with a note on the application and one on the entry."""
    raise_flag(application, actor=vetter, kind="observation", text=f"{SECRET} one")
    entry = vetting_actions.approve(application, actor=vetter, unscreened_reason="No list here.")
    raise_flag(entry, actor=vetter, kind="yellow", text=f"{SECRET} two")
    return entry


def enter(client, who, entry, applicant):
    """Sign a person of the role in; the owner administers the entry, the member another."""
    client.logout()
    if who == "visitor":
        return AnonymousUser()
    people = {
        "owner": lambda: applicant,
        "stranger": UserFactory,
        "member": lambda: member_of(StakeholderFactory()),
    }
    person = people.get(who, lambda: person_with(who))()
    sign_in(client, person)
    return person


# --- Raising and withdrawing ------------------------------------------------------------------------


@pytest.mark.behaviour("D-11")
@pytest.mark.parametrize("kind", ("observation", "yellow", "red"))
def test_what_was_noticed_stands_on_the_page_with_who_and_when(as_vetter, vetter, application, kind):
    as_vetter.post(
        desk_page(application, "flag"), {"flag-kind": kind, "flag-text": "Two names,\none address."}
    )
    flag = Flag.objects.get()
    assert (flag.kind, flag.text, flag.raised_by) == (kind, "Two names,\none address.", vetter)
    part = text_of(as_vetter.get(desk_page(application))).split('id="flags"', 1)[1].split("</section>")[0]
    assert "Two names,<br>one address." in part
    assert "Vera Vetter" in part
    assert flag.get_kind_display() in part


def test_a_flag_needs_its_kind_and_a_text(as_vetter, application, subtests):
    for lacking, error in (("kind", "This field is required."), ("text", "Describe what you noticed.")):
        with subtests.test(lacking=lacking):
            data = {"flag-kind": "red", "flag-text": "Look."} | {f"flag-{lacking}": ""}
            assert error in text_of(as_vetter.post(desk_page(application, "flag"), data))
            assert Flag.objects.count() == 0


@pytest.mark.behaviour("D-11")
def test_withdrawing_keeps_the_history(as_vetter, vetter, application):
    flag = raise_flag(
        application, actor=person_with(Role.HEAD, name="Hanna Head"), kind="red", text="Look out."
    )
    url = f"/en/desk/vetting/flags/{flag.pk}/withdraw/"
    assert "Look out." in text_of(as_vetter.get(url))
    assert "Give the reason for the withdrawal." in text_of(as_vetter.post(url, {"reason": " "}))
    assert as_vetter.post(url, {"reason": "It was another body."})["Location"] == desk_page(application)
    part = text_of(as_vetter.get(desk_page(application))).split('id="flags"', 1)[1].split("</section>")[0]
    for text in ("Look out.", "Hanna Head", "Withdrawn by Vera Vetter on", "It was another body."):
        assert text in part
    assert list(
        Entry.objects.filter(action__startswith="stakeholders.flag_")
        .order_by("pk")
        .values_list("action", "actor_id", "data")
    ) == [
        ("stakeholders.flag_raised", flag.raised_by_id, {"kind": "red", "flag": flag.pk}),
        ("stakeholders.flag_withdrawn", vetter.pk, {"kind": "red", "flag": flag.pk}),
    ]
    with pytest.raises(WrongState):
        withdraw_flag(flag, actor=vetter, reason="Again.")
    assert "already been withdrawn" in text_of(as_vetter.get(url, follow=True))


def test_nothing_deletes_a_flag(vetter, entry):
    with pytest.raises(TypeError):
        Flag.objects.first().delete()
    with pytest.raises(TypeError):
        Flag.objects.all().delete()
    with pytest.raises(ProtectedError):
        entry.delete()
    assert Flag.objects.count() == 3


# --- Blocking ---------------------------------------------------------------------------------------


@pytest.mark.behaviour("D-11")
def test_a_red_flag_blocks_until_it_is_withdrawn(as_vetter, vetter, application):
    flag = raise_flag(application, actor=vetter, kind="red", text="Look out.")
    raise_flag(application, actor=vetter, kind="yellow", text="Look.")
    text = text_of(
        as_vetter.post(
            desk_page(application, "approve"),
            {"approve-note": "", "approve-unscreened_reason": "No list here."},
        )
    )
    assert "There is a red flag. It must be" in text
    assert Stakeholder.objects.count() == 0
    withdraw_flag(flag, actor=vetter, reason="Another body.")
    as_vetter.post(
        desk_page(application, "approve"), {"approve-note": "", "approve-unscreened_reason": "No list here."}
    )
    assert Stakeholder.objects.count() == 1


def test_a_red_flag_on_the_entry_blocks_the_application_that_concerns_it(vetter):
    entry = StakeholderFactory(status=Status.SUSPENDED)
    application = sent_application()
    application.stakeholder = entry
    application.save(update_fields=["stakeholder"])
    raise_flag(entry, actor=vetter, kind="red", text="Suspended for fraud.")
    with pytest.raises(DomainError, match="There is a red flag"):
        vetting_actions.approve(application, actor=vetter, unscreened_reason="No list here.")


def test_a_red_flag_on_another_does_not_block(vetter, application):
    raise_flag(sent_application(name="Another"), actor=vetter, kind="red", text="Look out.")
    raise_flag(StakeholderFactory(), actor=vetter, kind="red", text="Look out.")
    assert (
        vetting_actions.approve(application, actor=vetter, unscreened_reason="No list here.").name
        == "Coastal Watch"
    )


# --- Who sees ---------------------------------------------------------------------------------------


@pytest.mark.behaviour("D-11")
def test_only_those_who_vet_see_and_keep_flags(client, entry, applicant, subtests):
    for who in ROLES:
        with subtests.test(who=who):
            person = enter(client, who, entry, applicant)
            status = 302 if who == "visitor" else 200 if who in VET else 404
            assert client.get(on(entry)).status_code == status
            flag = Flag.objects.get(kind="yellow")
            assert client.get(f"/en/desk/vetting/flags/{flag.pk}/withdraw/").status_code == status
            visible_flags = Flag.objects.visible_to(person)
            assert visible_flags.count() == (3 if who in VET else 0)  # with why it was approved unscreened
            if who == "visitor":
                continue
            assert person.has_perm("stakeholders.view_flag", flag) is (who in VET)
            if who not in VET:
                assert client.post(on(entry), {"flag-kind": "red", "flag-text": "Mine."}).status_code == 404
                withdrawal = client.post(f"/en/desk/vetting/flags/{flag.pk}/withdraw/", {"reason": "Away."})
                assert withdrawal.status_code == 404
                with pytest.raises(PermissionDenied):
                    raise_flag(entry, actor=person, kind="red", text="Mine.")
                with pytest.raises(PermissionDenied):
                    withdraw_flag(flag, actor=person, reason="Away.")
                assert list(Flag.objects.filter(kind="red")) == []
                flag.refresh_from_db()
                assert flag.is_standing


@pytest.mark.slow
@pytest.mark.behaviour("D-11")
def test_nothing_shows_outside_the_desk(client, entry, applicant, subtests):
    """Neither the words nor that there are any: profile, directory, search, application, mail."""
    application = entry.applications.get()
    for who in ROLES:
        with subtests.test(who=who):
            enter(client, who, entry, applicant)
            pages = [
                entry.get_absolute_url(),
                "/en/stakeholders/?q=Zebrafish",
                "/en/search/?q=Zebrafish",
                f"/en/stakeholders/applications/{application.pk}/",
                "/en/me/",
            ]
            for url in pages:
                text = text_of(client.get(url))
                assert "Zebrafish dossier" not in text, url
                assert "flag:" not in text.lower(), url
                assert "noted:" not in text, url
                if who not in VET:
                    assert "Observations and flags" not in text, url
            assert not Document.objects.filter(text__contains="Zebrafish").exists()
            assert [mail for mail in deliver_all() if "Zebrafish" in mail.body] == []


@pytest.mark.parametrize("role", ("vetting", "head"))
def test_those_of_the_desk_do_not_see_what_is_noted_about_their_own(client, vetter, entry, role):
    member = person_with(role)
    MembershipFactory(stakeholder=entry, user=member)
    sign_in(client, member)
    assert list(Flag.objects.visible_to(member)) == []
    assert client.get(on(entry)).status_code == 404
    text = text_of(client.get(desk_page(entry.applications.get())))
    assert "Zebrafish" not in text
    assert "noted:" not in text
    other = StakeholderFactory()
    raise_flag(other, actor=vetter, kind="yellow", text="Another matter.")
    assert "Another matter." in text_of(client.get(on(other)))


def test_an_applicant_of_the_desk_does_not_see_flags_on_their_application(client, vetter):
    person = person_with(Role.VETTING)
    application = sent_application(person)
    raise_flag(application, actor=vetter, kind="yellow", text=SECRET)
    sign_in(client, person)
    for url in (desk_page(application), f"/en/stakeholders/applications/{application.pk}/"):
        text = text_of(client.get(url))
        assert "Zebrafish" not in text, url
        assert "flag" not in text.lower().replace("flag:", "flag"), url


def test_the_page_of_an_entry_shows_what_was_noted_on_its_application_too(as_vetter, entry):
    text = text_of(as_vetter.get(on(entry)))
    assert f"{SECRET} one" in text
    assert f"{SECRET} two" in text
    as_vetter.post(on(entry), {"flag-kind": "red", "flag-text": "Three"})
    assert Flag.objects.filter(stakeholder=entry, kind="red").count() == 1
    assert on(entry) in text_of(as_vetter.get(entry.get_absolute_url()))


def test_the_page_costs_the_same_for_one_and_three(as_vetter):
    entry = StakeholderFactory(kind=Kind.NGO, listing=Listing.UNLISTED)

    def add():
        raise_flag(entry, actor=person_with(Role.VETTING), kind="yellow", text="Note")

    assert_no_growth(lambda: as_vetter.get(on(entry)), add)
