"""Screening against a consolidated list, from the upload to the approval, and who may know of it."""

import re
from datetime import timedelta
from functools import partial
from itertools import count
from threading import Barrier, Thread

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.management import CommandError, call_command
from django.db import connection
from django.urls import reverse
from django.utils.timezone import now
from django.utils.translation import override

from accounts.people.enums import Role
from audit.models import Entry
from audit.queries import timeline
from core.errors import DomainError, WrongState
from search.models import Document
from stakeholders.applications.models import Officer
from stakeholders.entries.enums import Kind, Status
from stakeholders.entries.models import Stakeholder
from stakeholders.screening import actions as screening_actions
from stakeholders.screening.enums import ScreenedKind
from stakeholders.screening.models import (
    ListedName,
    Match,
    ProposedList,
    Screened,
    ScreeningList,
    ScreeningRun,
)
from stakeholders.screening.queries import Name, hits, names_of
from stakeholders.submission import actions as submission_actions
from stakeholders.vetting import actions as vetting_actions
from stakeholders.vetting.models import Flag
from tests.factories.accounts import UserFactory, person_with, sign_in
from tests.factories.screening import ENTITIES, INDIVIDUALS, list_upload, list_xml, loaded
from tests.factories.stakeholders import StakeholderFactory, full_draft, member_of, sent_application
from tests.stakeholders.pages import desk_page
from tests.support import assert_no_growth, statements_of

pytestmark = pytest.mark.django_db
PAGE = "/en/desk/vetting/screening/"
HERON = "Heron Blue Maritime Relief Foundation"
FORM = "BLUE HERON MARITIME RELIEF FOUNDATION"


def text(response) -> str:
    return re.sub(r"\s+", " ", response.content.decode())


@pytest.fixture
def in_use(reference):
    return loaded()


@pytest.fixture
def application(in_use, applicant):
    """One whose name is like one on the list."""
    return sent_application(applicant, name=HERON)


@pytest.fixture
def match(application):
    return Match.objects.get(form=FORM)


# --- Which names are alike ------------------------------------------------------------------------------


def test_names_are_found_across_scripts_and_in_any_order(in_use, subtests):
    for name, references in (
        ("Blue Heron Maritime Relief Foundation", ["XXe.001"]),
        ("Foundation, Relief - Maritime Heron (Blue)", ["XXe.001"]),
        ("Blue Herron Marittime Relief", ["XXe.001"]),
        ("Garza Azul Socorro", ["XXe.001"]),
        ("Maritime Relief Foundation of the North", []),
        ("Mansour Kassem al-Haddadi", ["XXi.001"]),
        ("al-Haddadi Mansur Qasim", ["XXi.001"]),
        ("منصور قاسم الحدادي", ["XXi.001"]),
        ("الحدادي منصور قاسم", ["XXi.001"]),
        ("أبو زنبق الوادي", ["XXi.001"]),
        ("Евграф Тихонович Желудков", ["XXi.002"]),
        ("Желудков Евграф", ["XXi.002"]),
        ("石燈籠貿易公司", ["XXe.002"]),
        ("石燈籠 貿易公司", ["XXe.002"]),
        ("石燈籠貿易", []),
        ("Coastal Watch", []),
        ("Mansur Rafiq Obeid", []),
    ):
        with subtests.test(name=name):
            likely_hits = hits([Name(1, "name", name)], in_use)
            assert sorted({hit.listed.reference for hit in likely_hits}) == references
            assert all(0.55 <= hit.likeness <= 1 for hit in likely_hits)


def test_the_threshold_of_others_is_left_as_it_was(in_use):
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('pg_trgm.similarity_threshold', '0.42', true)")
        hits([Name(1, "name", HERON)], in_use)
        cursor.execute("SELECT current_setting('pg_trgm.similarity_threshold')")
        assert cursor.fetchone() == ("0.42",)


def test_any_number_of_names_takes_the_same_statements(in_use):
    names = []
    assert_no_growth(lambda: hits(names, in_use), lambda: names.append(Name(len(names), "name", HERON)))
    assert len(hits(names, in_use)) == 3


def test_an_experts_application_is_compared_under_the_persons_own_name_too(in_use, applicant):
    applicant.name = "Yevgraf Zheludkov"
    applicant.save()
    expert = sent_application(applicant, kind=Kind.EXPERT, name="E. Z. Consulting", acronym="")
    body = sent_application(applicant, name="Coastal Watch")
    matches = Match.objects.filter(subject_kind=ScreenedKind.APPLICATION)
    assert [(match.subject_id, match.which, match.reference) for match in matches] == [
        (expert.pk, "applicant", "XXi.002")
    ]
    assert [name.text for name in names_of(ScreenedKind.APPLICATION, [body.pk])] == ["Coastal Watch"]


# --- A list comes -----------------------------------------------------------------------------------------


@pytest.mark.behaviour("D-10")
def test_the_desk_uploads_a_list_and_sees_everybody_compared(
    as_vetter, vetter, django_capture_on_commit_callbacks
):
    StakeholderFactory(name=HERON)
    StakeholderFactory(name="Coastal Watch")
    page = text(as_vetter.post(PAGE, {"file": list_upload()}, follow=True))
    assert "New: 4. Changed: 0. Removed: 0. Unchanged: 0." in page
    assert FORM in page
    assert not ScreeningList.objects.exists()
    proposed = ProposedList.objects.get()
    with django_capture_on_commit_callbacks() as nudges:
        page = text(as_vetter.post(proposed.get_absolute_url(), follow=True))
        # Everybody is compared, the file that is no longer needed goes, old facts are counted again.
    assert len(nudges) == 3
    assert "The list of 2026-11-01 is in use." in page
    assert '<progress value="0" max="2"' in page
    screening_actions.screen_all()
    page = text(as_vetter.get(PAGE))
    assert "2 stakeholders and applications were compared" in page
    assert FORM in page
    assert HERON in page
    assert "XXe.001" in page
    screening_list = ScreeningList.objects.get()
    assert (screening_list.entries, screening_list.rows, screening_list.loaded_by) == (4, 9, vetter)
    assert ListedName.objects.count() == 9


@pytest.mark.behaviour("D-10")
def test_another_format_is_refused_in_words_and_the_list_in_use_stays(as_vetter, in_use):
    page = text(as_vetter.post(PAGE, {"file": list_upload(b"%PDF-1.7", "list.pdf")}))
    assert "This file is not XML." in page
    page = text(as_vetter.post(PAGE, {"file": list_upload(b"<!DOCTYPE a><CONSOLIDATED_LIST/>")}))
    assert "declares a document type" in page
    page = text(as_vetter.post(PAGE, {}))
    assert "This field is required." in page
    assert list(ScreeningList.objects.all()) == [in_use]
    assert ListedName.objects.count() == 9


def test_the_same_list_or_an_older_one_is_not_put_into_use(as_vetter, in_use):
    assert "This list is in use already" in text(as_vetter.post(PAGE, {"file": list_upload()}))
    older = list_upload(list_xml(generated="2026-01-01"))
    assert "The list in use is newer" in text(as_vetter.post(PAGE, {"file": older}))
    assert list(ScreeningList.objects.all()) == [in_use]


def test_what_a_list_changes_is_read_before_it_counts(as_vetter, in_use, vetter):
    changed = INDIVIDUALS.replace("QASIM", "QASSIM")
    entities = (
        ENTITIES[: ENTITIES.index("<ENTITY>", 20)]
        + """<ENTITY><FIRST_NAME>Brass Kite</FIRST_NAME>
        <REFERENCE_NUMBER>XXe.009</REFERENCE_NUMBER></ENTITY>"""
    )
    newer = list_xml(generated="2026-11-02", individuals=changed, entities=entities)
    page = text(as_vetter.post(PAGE, {"file": list_upload(newer)}, follow=True))
    assert "New: 1. Changed: 1. Removed: 1. Unchanged: 2." in page
    assert '<ins><bdi dir="auto">Brass Kite</bdi></ins>' in page
    proposed = ProposedList.objects.get()
    page = text(as_vetter.get(f"{proposed.get_absolute_url()}?entries=changed"))
    assert '<ins><bdi dir="auto">MANSUR QASSIM AL-HADDADI</bdi></ins>' in page
    assert '<del><bdi dir="auto">MANSUR QASIM AL-HADDADI</bdi></del>' in page
    assert "Stone Lantern" in text(as_vetter.get(f"{proposed.get_absolute_url()}?entries=gone"))
    # The same file once more is the same page.
    assert as_vetter.post(PAGE, {"file": list_upload(newer)}).url == proposed.get_absolute_url()
    assert "The list of 2 November 2026" in text(as_vetter.get(PAGE))
    page = text(as_vetter.post(f"{proposed.get_absolute_url()}discard/", follow=True))
    assert "The list is discarded." in page
    assert list(ScreeningList.objects.all()) == [in_use]
    proposed.refresh_from_db()
    assert (proposed.status, proposed.file.name, proposed.decided_by) == ("discarded", "", vetter)
    assert "Discarded" in text(as_vetter.get(proposed.get_absolute_url()))
    page = text(as_vetter.post(proposed.get_absolute_url(), follow=True))
    assert "This list has been approved or discarded already." in page
    assert list(ScreeningList.objects.all()) == [in_use]


def test_a_list_that_was_overtaken_is_not_put_into_use(as_vetter, in_use):
    as_vetter.post(PAGE, {"file": list_upload(list_xml(generated="2026-11-02"))})
    newest = loaded(generated="2026-11-03")
    proposed = ProposedList.objects.get()
    page = text(as_vetter.post(proposed.get_absolute_url(), follow=True))
    assert "The list in use is newer" in page
    assert ScreeningList.objects.current() == newest
    proposed.refresh_from_db()
    assert proposed.is_waiting


def test_the_page_of_a_list_costs_the_same_for_more(as_vetter, in_use):
    entity = "<ENTITY><FIRST_NAME>Kite {n}</FIRST_NAME><REFERENCE_NUMBER>K{n}</REFERENCE_NUMBER></ENTITY>"
    counts = []
    for number in (1, 40):
        entities = "".join(entity.format(n=n) for n in range(number))
        as_vetter.post(PAGE, {"file": list_upload(list_xml(generated="2026-11-02", entities=entities))})
        address = ProposedList.objects.latest("pk").get_absolute_url()
        assert f"New: {number}." in as_vetter.get(address).text
        counts.append(statements_of(lambda address=address: as_vetter.get(address)))
    assert counts[0] == counts[1]


def test_the_command_loads_a_list_and_says_what_is_wrong(reference, tmp_path, capsys):
    file = tmp_path / "list.xml"
    file.write_bytes(list_xml())
    call_command("load_screening_list", str(file))
    assert capsys.readouterr().out == "In use: the list of 2026-11-01, 4 entries, 9 forms of names.\n"
    with pytest.raises(CommandError, match="in use already"):
        call_command("load_screening_list", str(file))
    file.write_text("no list")
    with pytest.raises(CommandError, match="not XML"):
        call_command("load_screening_list", str(file))
    with pytest.raises(CommandError, match="cannot be opened"):
        call_command("load_screening_list", str(tmp_path / "missing.xml"))


def test_a_run_goes_on_where_a_worker_stopped_and_twice_is_once(in_use, monkeypatch):
    monkeypatch.setattr(screening_actions, "BATCH", 2)
    for n in range(3):
        StakeholderFactory(name=f"{HERON} {n}")
    ScreeningRun.objects.all().delete()
    screening_actions.sweep()
    assert screening_actions.screen_some() is True
    run = ScreeningRun.objects.get()
    assert (run.done, run.most, run.found, run.finished_at) == (2, 3, 2, None)
    screening_actions.screen_all()
    run.refresh_from_db()
    assert (run.done, run.found, run.finished_at is None) == (3, 3, False)
    screening_actions.screen_all()
    assert Match.objects.count() == 3
    assert screening_actions.screen_some() is False


def test_everybody_is_compared_again_once_a_day(in_use):
    screening_actions.screen_all()
    screening_actions.sweep()
    assert ScreeningRun.objects.count() == 1
    ScreeningRun.objects.update(started_at=now() - timedelta(hours=25))
    screening_actions.sweep()
    screening_actions.sweep()
    assert ScreeningRun.objects.count() == 2
    assert ScreeningRun.objects.filter(finished_at=None).count() == 1


def test_the_sweep_does_nothing_without_a_list_and_finds_who_was_left_behind(reference, applicant):
    screening_actions.sweep()
    early = sent_application(applicant, name=HERON)
    assert not Screened.objects.exists()
    screening_list = loaded()
    screening_actions.sweep()
    assert Screened.objects.get().list == screening_list
    assert Match.objects.get().subject_id == early.pk


def test_a_new_list_ends_what_an_older_run_had_begun(in_use):
    newer = loaded(generated="2026-11-20", entities="")
    assert [run.list for run in ScreeningRun.objects.filter(finished_at=None)] == [newer]
    assert set(ListedName.objects.values_list("list", flat=True)) == {newer.pk}


def test_those_who_left_are_not_compared(in_use):
    StakeholderFactory(name=HERON, status=Status.WITHDRAWN)
    screening_actions.screen_all()
    assert not Match.objects.exists()


# --- A hit, and the person who clears it --------------------------------------------------------------------


@pytest.mark.behaviour("D-10")
def test_a_hit_blocks_the_approval_until_a_person_clears_it_with_a_reason(
    as_vetter, vetter, application, match
):
    page = text(as_vetter.get(desk_page(application)))
    part = page.split('id="screening"', 1)[1].split("</section>")[0]
    assert HERON in part
    assert FORM in part
    assert f"{match.percent} %" in part
    refused = text(as_vetter.post(f"{desk_page(application)}approve/", {"approve-note": ""}))
    assert "Screening has found 1 hit that is not cleared." in refused
    assert not Stakeholder.objects.exists()

    unsaid = text(as_vetter.post(f"{PAGE}{match.pk}/", {"reason": "  "}))
    assert "Give the reason why these are not the same." in unsaid
    match.refresh_from_db()
    assert match.is_open

    page = text(as_vetter.post(f"{PAGE}{match.pk}/", {"reason": "Another body: founded 1951."}, follow=True))
    assert "The pair is not raised again until either name changes." in page
    assert "Another body: founded 1951." in page
    match.refresh_from_db()
    assert (match.cleared_by, match.reason, match.is_open) == (vetter, "Another body: founded 1951.", False)
    as_vetter.post(f"{desk_page(application)}approve/", {"approve-note": ""})
    assert Stakeholder.objects.get().name == HERON


@pytest.mark.behaviour("D-10")
def test_a_cleared_pair_is_not_raised_again_until_either_side_changes(as_vetter, application, match, vetter):
    as_vetter.post(f"{PAGE}{match.pk}/", {"reason": "Another body."})
    vetting_actions.approve(application, actor=vetter)
    loaded(generated="2026-11-20")  # the same names, another file
    screening_actions.screen_all()
    entry = Stakeholder.objects.get()
    match_of_entry = Match.objects.get(subject_kind=ScreenedKind.STAKEHOLDER)
    assert (
        match_of_entry.subject_id,
        match_of_entry.is_open,
        match_of_entry.reason,
        match_of_entry.cleared_by,
    ) == (entry.pk, False, "Another body.", vetter)
    assert "No hits to review." in text(as_vetter.get(PAGE))

    loaded(generated="2026-11-21", entities=ENTITIES.replace("MARITIME RELIEF", "MARITIME AID AND RELIEF"))
    screening_actions.screen_all()
    assert Match.objects.open().get().form == "BLUE HERON MARITIME AID AND RELIEF FOUNDATION"

    entry.name = f"{HERON} Kenya"
    entry.save()
    loaded(generated="2026-11-22")
    screening_actions.screen_all()
    again = Match.objects.open().get()
    assert (again.form, again.name) == (FORM, f"{HERON} Kenya")


def test_a_hit_ends_when_the_name_leaves_the_list_and_comes_back_with_it(application, match):
    loaded(generated="2026-11-20", entities="")
    screening_actions.screen_all()
    match.refresh_from_db()
    assert match.ended_at is not None
    loaded(generated="2026-11-21")
    screening_actions.screen_all()
    match.refresh_from_db()
    assert match.is_open


@pytest.mark.behaviour("D-10")
def test_an_application_sent_before_the_list_came_is_compared_before_it_is_approved(as_vetter, applicant):
    application = sent_application(applicant, name=HERON)
    assert "No consolidated list has been loaded" in text(as_vetter.get(desk_page(application)))
    loaded()
    refused = text(as_vetter.post(f"{desk_page(application)}approve/", {"approve-note": ""}))
    assert "have not been compared with the list in use" in refused
    page = text(as_vetter.post(f"{PAGE}compare/{application.pk}/", follow=True))
    assert FORM in page
    assert "One hit must be cleared before an approval." in page


@pytest.mark.behaviour("D-10")
def test_where_nothing_was_compared_an_approval_stops_and_needs_a_reason(as_vetter, applicant, vetter):
    application = sent_application(applicant, name=HERON)
    page = text(as_vetter.get(desk_page(application)))
    decision = page.split('id="decide"', 1)[1]
    assert "No name was compared: no sanctions list is loaded." in decision
    assert f'<a href="{PAGE}">Load the sanctions list</a>' in decision
    assert "Why you approve although no name was compared</label>" in decision  # not marked as optional
    form = {"approve-note": "Welcome, all.", "approve-unscreened_reason": " "}
    refused = text(as_vetter.post(f"{desk_page(application)}approve/", form))
    assert "Load the list, or give the reason here." in refused
    assert "Welcome, all." in refused
    assert not Stakeholder.objects.exists()
    with pytest.raises(DomainError):
        vetting_actions.approve(application, actor=vetter)

    form["approve-unscreened_reason"] = "Known to us since 1998."
    as_vetter.post(f"{desk_page(application)}approve/", form)
    entry = Stakeholder.objects.get()
    flag = Flag.objects.get()
    assert (flag.kind, flag.raised_by, flag.application) == ("observation", vetter, application)
    assert "Known to us since 1998." in flag.text
    assert "Known to us since 1998." in text(
        as_vetter.get(f"/en/desk/vetting/stakeholders/{entry.pk}/flags/")
    )
    assert "Known to us" not in str([*Entry.objects.values_list("data", flat=True)])


@pytest.mark.parametrize("name", ["Q", "AI"])
def test_names_too_short_to_compare_stop_an_approval_too(in_use, as_vetter, vetter, name):
    application = sent_application(UserFactory(name="X"), name=name)
    assert "each is too short for the sanctions list" in text(as_vetter.get(desk_page(application)))
    with pytest.raises(DomainError):
        vetting_actions.approve(application, actor=vetter)
    assert vetting_actions.approve(application, actor=vetter, unscreened_reason="Looked up by hand.")


def test_a_list_in_use_asks_for_no_reason(in_use, as_vetter, applicant):
    page = text(as_vetter.get(desk_page(sent_application(applicant, name="Coastal Watch"))))
    assert "No name was compared" not in page
    assert "approve-unscreened_reason" not in page


def test_an_answer_under_another_name_is_compared_again(in_use, applicant, vetter):
    application = sent_application(applicant, name="Coastal Watch")
    vetting_actions.return_for_information(application, actor=vetter, requests={"name": "In full, please."})
    application.refresh_from_db()
    submission_actions.answer(
        application, actor=applicant, version=application.version, answers={"name": HERON}
    )
    assert Match.objects.open().get().name == HERON


def test_nobody_clears_a_hit_on_their_own_stakeholder(in_use):
    home = StakeholderFactory(name=HERON)
    screening_actions.screen_all()
    insider = person_with(Role.VETTING)
    home.memberships.create(user=insider, role="reader")
    with pytest.raises(DomainError, match="leave the decision to a colleague"):
        screening_actions.clear(Match.objects.get(), actor=insider, reason="It is us.")
    assert Match.objects.get().is_open


def test_the_applicant_cannot_clear_the_hit_on_the_own_application(in_use):
    insider = person_with(Role.VETTING)
    sent_application(insider, name=HERON)
    with pytest.raises(DomainError, match="leave the decision to a colleague"):
        screening_actions.clear(Match.objects.get(), actor=insider, reason="It is me.")


@pytest.mark.django_db(transaction=True)
def test_of_two_who_clear_at_once_exactly_one_wins(reference):
    loaded()
    sent_application(name=HERON)
    match = Match.objects.get(form=FORM)
    people = [person_with(Role.VETTING), person_with(Role.HEAD)]
    gate, raised = Barrier(2), []

    def run(person):
        gate.wait(300)
        try:
            screening_actions.clear(match, actor=person, reason=f"So says {person.pk}")
        except WrongState as late:
            raised.append(late)
        finally:
            connection.close()

    threads = [Thread(target=run, args=(person,)) for person in people]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(300)
    assert [type(late) for late in raised] == [WrongState]
    assert Entry.objects.filter(action="stakeholders.match_cleared").count() == 1


@pytest.mark.django_db(transaction=True)
def test_two_workers_share_a_run_without_finding_anything_twice(reference, monkeypatch):
    monkeypatch.setattr(screening_actions, "BATCH", 1)
    for n in range(4):
        StakeholderFactory(name=f"{HERON} {n}")
    loaded()
    gate = Barrier(2)

    def run():
        gate.wait(300)
        screening_actions.screen_all()
        connection.close()

    threads = [Thread(target=run) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(300)
    screening_actions.screen_all()
    run = ScreeningRun.objects.get()
    assert (run.done, run.found, Match.objects.count()) == (4, 4, 4)


# --- Who may know -------------------------------------------------------------------------------------------

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


@pytest.fixture
def person(applicant):
    home = StakeholderFactory(name="Home of the member")

    def of(who):
        match who:
            case "visitor":
                return AnonymousUser()
            case "owner":
                return applicant
            case "stranger":
                return UserFactory()
            case "member":
                return member_of(home)
        return person_with(who)

    return of


@pytest.mark.behaviour("D-10")
def test_the_pages_of_screening_are_for_those_who_vet(client, person, application, match, subtests):
    for who in ROLES:
        with subtests.test(who=who):
            user = person(who)
            if user.is_authenticated:
                sign_in(client, user)
            expected = 302 if who == "visitor" else 200 if who in VET else 404
            assert client.get(PAGE).status_code == expected
            assert client.get(f"{PAGE}{match.pk}/").status_code == expected
            if who not in VET:
                assert (
                    client.post(PAGE, {"file": list_upload(list_xml(generated="2026-11-02"))}).status_code
                    == expected
                )
                assert client.post(f"{PAGE}{match.pk}/", {"reason": "No."}).status_code == expected
                assert client.post(f"{PAGE}compare/{application.pk}/").status_code == expected
                match.refresh_from_db()
                assert match.is_open
                assert ScreeningList.objects.count() == 1


def test_rows_and_rights_are_for_those_who_vet(person, match, subtests):
    for who in ROLES:
        with subtests.test(who=who):
            user = person(who)
            expected = who in VET
            for model in (Match, ScreeningList, ListedName, Screened, ScreeningRun):
                assert model.objects.visible_to(user).exists() is expected, model
            assert user.has_perm("stakeholders.screen") is expected
            if user.is_authenticated and not expected:
                for act in (
                    partial(screening_actions.clear, match, reason="No."),
                    partial(screening_actions.load_list, None),
                    partial(screening_actions.compare, None),
                ):
                    with pytest.raises(Exception, match=r"^$"):
                        act(actor=user)


PATHS = (
    "/en/",
    "/en/stakeholders/",
    "/en/stakeholders/?q=heron",
    "/en/desk/",
    "/en/search/?q=heron",
    "/en/me/",
    "/sitemap.xml",
    PAGE,
)


@pytest.mark.slow
@pytest.mark.behaviour("D-10")
def test_nobody_else_learns_of_a_hit_from_any_page_or_the_log(
    client, person, application, match, vetter, subtests
):
    entry = StakeholderFactory(name="Garza Azul Socorro")
    screening_actions.screen_all()
    screening_actions.clear(match, actor=vetter, reason="Cleared by telephone.")
    for who in sorted(set(ROLES) - VET):
        with subtests.test(who=who):
            client.logout()
            user = person(who)
            if user.is_authenticated:
                sign_in(client, user)
            own = f"/en/stakeholders/applications/{application.pk}/"
            with override("en"):
                log_pages = [reverse("notifications:inbox"), reverse("audit:log")]
            pages = [*PATHS, *log_pages, entry.get_absolute_url(), own, desk_page(application)]
            page_texts = " ".join(text(client.get(path, follow=True)) for path in pages)
            for secret in (
                FORM,
                "XXe.001",
                "XXi.001",
                "Cleared by telephone.",
                "creening has found",
                match.listed_digest,
            ):
                assert secret not in page_texts
            lines = [line.action for line in timeline(application, user, as_subject=who == "owner")]
            assert not {action for action in lines if "match" in action or "screen" in action}
            assert not {
                action for action in (line.action for line in timeline(entry, user)) if "match" in action
            }


def test_the_audit_and_the_index_hold_no_text_of_the_list(match, vetter):
    screening_actions.screen_all()
    screening_actions.clear(match, actor=vetter, reason="Cleared by telephone.")
    log_entry = Entry.objects.get(action="stakeholders.match_cleared")
    assert (log_entry.subject_kind, log_entry.subject_id) == ("stakeholders.match", match.pk)
    assert {name: len(value) for name, value in log_entry.data.items()} == {
        "name_digest": 64,
        "listed_digest": 64,
    }
    # Not the bare ones: the list is public, and whoever reads the log could try its names one by one.
    assert not {match.name_digest, match.listed_digest} & set(log_entry.data.values())
    assert set(Entry.objects.get(action="stakeholders.screening_list_loaded").data) == {
        "generated",
        "sha256",
        "entries",
        "rows",
    }
    for data in Entry.objects.values_list("data", flat=True):
        assert "HERON" not in str(data).upper()
    assert not Document.objects.filter(kind__in=("stakeholders.match", "stakeholders.listedname")).exists()
    assert FORM not in str(match)


def test_the_page_costs_the_same_for_one_and_three(as_vetter, in_use):
    numbers = count()

    def add():
        number = next(numbers)
        StakeholderFactory(name=f"{HERON} {number}")
        sent_application(name=f"{HERON} {number}")
        screening_actions.screen_all()

    assert_no_growth(lambda: as_vetter.get(PAGE), add)


def test_the_applications_page_costs_the_same_for_one_and_three_hits(as_vetter, reference):
    application, counts = sent_application(name="Abu Zanbaq al-Wadi"), []
    for number in (1, 3):
        more = "".join(
            INDIVIDUALS.replace("<SECOND_NAME>QASIM</SECOND_NAME>", "").replace("XXi", f"XX{n}")
            for n in range(number)
        )
        loaded(individuals=more)
        screening_actions.screen_all()
        assert Match.objects.count() == number
        as_vetter.get(desk_page(application))
        counts.append(statements_of(lambda: as_vetter.get(desk_page(application))))
    assert counts[0] == counts[1]


def test_a_draft_is_not_compared(in_use):
    full_draft(name=HERON)
    screening_actions.screen_all()
    assert not Match.objects.exists()


def test_a_match_is_forgotten_with_whoever_bore_the_name(in_use):
    gone = StakeholderFactory(name=HERON)
    screening_actions.screen_all()
    assert Match.objects.count() == 1
    gone.delete()
    loaded(generated="2026-11-20")
    screening_actions.screen_all()
    assert not Match.objects.exists()


def test_names_of_officers_are_compared_too(in_use):
    home = StakeholderFactory(name="Coastal Watch")
    Officer.objects.create(stakeholder=home, name="Zheludkov, Yevgraf Tikhonovich")
    screening_actions.screen_all()
    assert [(match.which, match.reference) for match in Match.objects.all()] == [("officer", "XXi.002")]
