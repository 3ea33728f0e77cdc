"""The applicant's side, driven as the applicant drives it."""

import re
from datetime import UTC, datetime, timedelta
from hashlib import sha256

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils.timezone import now

from stakeholders.applications import actions as applications_actions
from stakeholders.applications.models import Application, Contact, Officer, Paper
from stakeholders.applications.rules import working_days_after
from stakeholders.entries.enums import Kind, Listing, Status
from stakeholders.submission import actions as submission_actions
from stakeholders.vetting import actions as vetting_actions
from tests.factories.accounts import UserFactory, sign_in
from tests.factories.calls import CallFactory
from tests.factories.dialogues import DialogueFactory
from tests.factories.notifications import deliver_all
from tests.factories.regional import appointed
from tests.factories.stakeholders import PDF, DraftFactory, StakeholderFactory, full_draft, sent_application
from tests.stakeholders.pages import applicant_page
from tests.support import markup_of, text_of
from workflow.items.queries import open_requests
from workflow.receipts.models import Receipt

pytestmark = pytest.mark.django_db
REGISTER = "/en/stakeholders/register/"
ORGANIZATION = ["name", "name_latin", "acronym", "country", "city", "website"]


def main_form(text: str) -> str:
    """From the form of the page on: those of its frame stand before."""
    return text.split('id="main"', 1)[1].split('<form method="post"', 1)[1]


def receipt_page(application: Application) -> str:
    return applicant_page(application, f"receipts/{Receipt.objects.about(application).get().reference}")


def begin(client, kind="ngo") -> Application:
    response = client.post(REGISTER, {"kind": kind})
    draft = Application.objects.get(status="draft", applicant=client.session["_auth_user_id"])
    assert response["Location"] == applicant_page(draft, "who")
    return draft


def test_a_visitor_is_told_how_it_goes_and_where_to_sign_in(client):
    response = client.get(REGISTER)
    text = text_of(response)
    assert response.status_code == 200
    assert "It takes about ten minutes." in text
    assert 'href="/en/accounts/signup/?next=/en/stakeholders/register/"' in text
    assert 'name="kind"' not in text


def test_a_visitor_who_posts_is_sent_to_sign_in(client):
    response = client.post(REGISTER, {"kind": "ngo"})
    assert response.status_code == 302
    assert response["Location"].startswith("/en/accounts/login/")
    assert Application.objects.count() == 0


@pytest.mark.behaviour("D-01")
def test_the_kind_is_asked_first_and_nothing_else(as_applicant):
    text = text_of(as_applicant.get(REGISTER))
    assert re.findall(r'name="kind" value="(\w+)"', text) == ["ngo", "academia", "private", "expert"]
    assert 'name="name"' not in text


@pytest.mark.behaviour("D-01")
@pytest.mark.parametrize(
    ("kind", "fields", "steps"),
    (
        ("ngo", ORGANIZATION, ["who", "what", "seen", "papers"]),
        ("academia", ORGANIZATION, ["who", "what", "seen", "papers"]),
        ("private", ORGANIZATION, ["who", "what", "seen", "papers"]),
        ("expert", ["name", "name_latin", "country", "city", "website"], ["who", "what", "seen"]),
    ),
)
def test_each_kind_is_asked_only_its_own_questions(as_applicant, kind, fields, steps):
    draft = begin(as_applicant, kind)
    text = text_of(as_applicant.get(applicant_page(draft, "who")))
    form = main_form(text)
    input_names = re.findall(r'<(?:input|select|textarea)[^>]* name="(\w+)"', form)
    assert [name for name in input_names if name not in {"csrfmiddlewaretoken", "version"}] == fields
    open_steps = [
        step
        for step in ("who", "what", "seen", "papers")
        if as_applicant.get(applicant_page(draft, step)).status_code == 200
    ]
    assert open_steps == steps


@pytest.mark.behaviour("D-01")
def test_a_draft_is_left_with_blanks_and_resumed_where_it_was(as_applicant):
    draft = begin(as_applicant)
    response = as_applicant.post(
        applicant_page(draft, "who"), {"version": 0, "name": "Coastal Watch", "later": "1"}
    )
    assert response["Location"] == applicant_page(draft)
    assert f'href="{applicant_page(draft)}"' in text_of(as_applicant.get(REGISTER))
    status = text_of(as_applicant.get(applicant_page(draft)))
    assert f'class="btn btn-primary" href="{applicant_page(draft, "who")}"' in status
    assert "Country or area" in status
    assert 'value="Coastal Watch"' in text_of(as_applicant.get(applicant_page(draft, "who")))


@pytest.mark.behaviour("D-01")
def test_beginning_twice_goes_on_with_the_same_draft_and_corrects_the_kind(as_applicant, applicant):
    draft = begin(as_applicant, "ngo")
    again = begin(as_applicant, "academia")
    assert again.pk == draft.pk
    assert again.kind == Kind.ACADEMIA
    assert Application.objects.filter(applicant=applicant).count() == 1


def test_errors_stand_at_the_field_and_nothing_is_lost_or_saved(as_applicant):
    draft = begin(as_applicant)
    response = as_applicant.post(
        applicant_page(draft, "who"), {"version": 0, "name": "Coastal Watch", "website": "not an address"}
    )
    text = text_of(response)
    assert response.status_code == 200
    assert 'href="#id_country">Country or area: Please choose the country or area.' in markup_of(response)
    assert "Please give a full address, such as https://example.org." in text
    assert 'value="Coastal Watch"' in text
    assert 'value="not an address"' in text
    draft.refresh_from_db()
    assert (draft.name, draft.version) == ("", 0)


def test_a_name_without_letters_is_refused(as_applicant, subtests):
    draft = begin(as_applicant)
    for name in ("...", " \u200b ", "—"):
        with subtests.test(name=name):
            text = text_of(
                as_applicant.post(
                    applicant_page(draft, "who"), {"version": 0, "name": name, "country": "KEN"}
                )
            )
            assert ("A name needs letters or digits." in text) or ("Please give the name." in text)


@pytest.mark.parametrize(
    "name", ("Общество «Суд»", "جمعية المستقبل", "反贪腐研究中心", "Ωμέγα", "O'Brien & Söhne")
)
def test_a_name_may_be_in_any_script(as_applicant, name):
    draft = begin(as_applicant)
    as_applicant.post(applicant_page(draft, "who"), {"version": 0, "name": name, "country": "KEN"})
    draft.refresh_from_db()
    assert draft.name == name


@pytest.mark.behaviour("X-11")
def test_countries_carry_their_un_names_in_the_order_of_the_language(as_applicant):
    draft = begin(as_applicant)
    options = {}
    for language in ("en", "fr"):
        text = text_of(as_applicant.get(f"/{language}/stakeholders/applications/{draft.pk}/who/"))
        select = text.split('name="country"', 1)[1].split("</select>", 1)[0]
        options[language] = re.findall(r'<option value="([A-Z]{3})"[^>]*>([^<]+)<', select)
    assert options["en"][0] == ("AFG", "Afghanistan")
    assert dict(options["fr"])["DEU"] == "Allemagne"
    assert [code for code, _ in options["en"]] != [code for code, _ in options["fr"]]
    assert {code for code, _ in options["en"]} == {code for code, _ in options["fr"]}


@pytest.mark.behaviour("X-11")
def test_a_country_of_ones_own_making_is_refused(as_applicant):
    draft = begin(as_applicant)
    response = as_applicant.post(
        applicant_page(draft, "who"), {"version": 0, "name": "Coastal Watch", "country": "Atlantis"}
    )
    assert "Select a valid choice." in text_of(response)


def test_a_known_name_or_site_is_shown_as_a_link(as_applicant):
    shown = StakeholderFactory(name="Coastal Watch Kenya")
    site = StakeholderFactory(name="Something else", website="http://www.coastalwatch.example/en/")
    draft = begin(as_applicant)
    as_applicant.post(
        applicant_page(draft, "who"),
        {"version": 0, "name": "Coastal Watch", "country": "KEN", "website": "coastalwatch.example"},
    )
    text = markup_of(as_applicant.get(applicant_page(draft, "what")))
    links = re.findall(
        r'<li><a href="([^"]+)"><bdi>', text.split('id="matches"', 1)[1].split("</section>")[0]
    )
    assert links == [shown.get_absolute_url(), site.get_absolute_url()]


def test_who_is_hidden_is_not_betrayed_by_a_likely_duplicate(as_applicant):
    StakeholderFactory(name="Coastal Watch", listing=Listing.UNLISTED)
    StakeholderFactory(name="Coastal Watch Kenya", listing=Listing.MEMBERS)
    StakeholderFactory(name="Coastal Watch Africa", status=Status.SUSPENDED)
    draft = begin(as_applicant)
    as_applicant.post(applicant_page(draft, "who"), {"version": 0, "name": "Coastal Watch", "country": "KEN"})
    text = text_of(as_applicant.get(applicant_page(draft, "what")))
    assert "Is it one of these already?" not in text
    assert "Coastal Watch Kenya" not in text


@pytest.mark.behaviour("D-03")
def test_without_paper_or_reason_the_step_and_the_sending_say_so(as_applicant, applicant):
    draft = full_draft(applicant, paper=False)
    text = text_of(as_applicant.post(applicant_page(draft, "papers"), {"version": draft.version}))
    assert "Please add a registration document, or explain in writing why there is none." in text
    assert "Still missing" in text_of(as_applicant.get(applicant_page(draft, "check")))
    response = as_applicant.post(applicant_page(draft, "check"), follow=True)
    assert "Please add a registration document, or explain in writing why there is none." in text_of(response)
    draft.refresh_from_db()
    assert draft.status == "draft"


@pytest.mark.behaviour("D-03")
@pytest.mark.parametrize("answer", ("paper", "reason"))
def test_a_paper_or_a_written_reason_is_enough(as_applicant, applicant, answer):
    draft = full_draft(applicant, paper=False)
    fields = {"papers": PDF()} if answer == "paper" else {"no_paper_reason": "Our law knows no registration."}
    response = as_applicant.post(applicant_page(draft, "papers"), {"version": draft.version, **fields})
    assert response["Location"] == applicant_page(draft, "check")
    response = as_applicant.post(applicant_page(draft, "check"))
    assert response["Location"] == receipt_page(draft)
    draft.refresh_from_db()
    assert draft.status == "submitted"


@pytest.mark.parametrize(("then", "says_sent"), [("", True), ("withdraw", False)])
def test_the_later_of_two_windows_says_sent_only_where_it_is_with_the_desk(
    as_applicant, applicant, monkeypatch, then, says_sent
):
    draft, submit = full_draft(applicant), submission_actions.submit

    def late(application, *, actor):
        sent = submit(application, actor=actor)  # by the other window, after this one has looked
        if then:
            getattr(submission_actions, then)(sent, actor=actor)
        return submit(application, actor=actor)

    monkeypatch.setattr(submission_actions, "submit", late)
    answer = as_applicant.post(applicant_page(draft, "check"), follow=True)
    assert answer.redirect_chain == [(receipt_page(draft) if says_sent else applicant_page(draft), 302)]
    assert ("Your application has been" in text_of(answer)) is says_sent


@pytest.mark.behaviour("D-03")
def test_an_expert_needs_no_paper(as_applicant, applicant):
    draft = full_draft(applicant, kind=Kind.EXPERT)
    as_applicant.post(applicant_page(draft, "check"))
    draft.refresh_from_db()
    assert draft.status == "submitted"
    assert "papers" not in draft.snapshot


def test_a_file_that_is_none_of_ours_leaves_nothing_half_saved(as_applicant, applicant):
    draft = full_draft(applicant, paper=False)
    fake = SimpleUploadedFile("certificate.pdf", b"MZ\x90\x00 not a document", content_type="application/pdf")
    response = as_applicant.post(
        applicant_page(draft, "papers"),
        {"version": draft.version, "papers": fake, "no_paper_reason": "Because."},
    )
    text = text_of(response)
    assert "This file type is not accepted. Accepted types: PDF, PNG, JPEG." in text
    assert ">Because.</textarea>" in text.replace("\n", "") or "Because." in text
    assert Paper.objects.count() == 0
    before = draft.version
    draft.refresh_from_db()
    assert (draft.no_paper_reason, draft.version) == ("", before)


def test_a_paper_of_a_draft_can_be_removed_with_its_file(
    as_applicant, applicant, django_capture_on_commit_callbacks
):
    draft = full_draft(applicant)
    paper = draft.papers.get()
    storage, name = paper.file.storage, paper.file.name
    with django_capture_on_commit_callbacks(execute=True):
        response = as_applicant.post(applicant_page(draft, f"papers/{paper.pk}/remove"))
    assert response["Location"] == applicant_page(draft, "papers")
    assert draft.papers.count() == 0
    assert not storage.exists(name)


def test_two_windows_do_not_overwrite_each_other_unseen(as_applicant):
    draft = begin(as_applicant)
    fields = {"version": 0, "country": "KEN"}
    as_applicant.post(applicant_page(draft, "who"), {**fields, "name": "First"})
    text = text_of(as_applicant.post(applicant_page(draft, "who"), {**fields, "name": "Second"}))
    assert "changed in another window meanwhile" in text
    assert 'value="Second"' in text
    draft.refresh_from_db()
    assert draft.name == "First"
    as_applicant.post(applicant_page(draft, "who"), {**fields, "version": draft.version, "name": "Second"})
    draft.refresh_from_db()
    assert draft.name == "Second"


# --- Saving by the script, after a lost session, and the receipt --------------------------------------------
@pytest.mark.behaviour("D-01")
def test_the_script_saves_a_step_as_one_writes_with_blanks(as_applicant):
    draft = begin(as_applicant)
    page = applicant_page(draft, "who")
    assert f'data-autosave="{page}autosave/"' in text_of(as_applicant.get(page))
    answer = as_applicant.post(
        f"{page}autosave/", {"version": 0, "name": "Coastal Wat", "website": "no site"}
    )
    assert answer.json()["version"] == 1
    assert "except what is not complete yet" in answer.json()["said"]
    draft.refresh_from_db()
    assert (draft.name, draft.website, draft.country_id) == ("Coastal Wat", "", None)
    answer = as_applicant.post(f"{page}autosave/", {"version": 0, "name": "Of another window"})
    assert answer.status_code == 409
    assert "changed in another window" in answer.json()["problem"]
    assert (
        as_applicant.post(f"{applicant_page(draft, 'nothing')}autosave/", {"version": 1}).status_code == 404
    )


def test_the_script_does_not_save_what_was_sent_nor_the_proof_of_a_claim(as_applicant, applicant):
    sent = sent_application(applicant)
    answer = as_applicant.post(f"{applicant_page(sent, 'who')}autosave/", {"version": 0, "name": "Late"})
    assert (answer.status_code, answer.json()["problem"]) == (409, "This application has been sent.")
    claim = full_draft(applicant)
    Application.objects.filter(pk=claim.pk).update(purpose="claim")
    posted = {"version": claim.version, "no_paper_reason": "None."}
    assert as_applicant.post(f"{applicant_page(claim, 'papers')}autosave/", posted).status_code == 404


@pytest.mark.behaviour("D-01")
def test_what_is_posted_after_the_session_waits_behind_the_sign_in(as_applicant, applicant):
    draft, visitor = begin(as_applicant), Client()
    posted = {"version": 0, "name": "Typed for an hour", "country": "KEN"}
    assert "/accounts/login/" in visitor.post(applicant_page(draft, "who"), posted)["Location"]
    assert visitor.post(f"{applicant_page(draft, 'who')}autosave/", posted).status_code == 401
    visitor.force_login(applicant)
    page = visitor.get(applicant_page(draft, "who"))
    assert "not saved yet" in page.text
    assert 'value="Typed for an hour"' in page.text
    assert "not saved yet" not in visitor.get(applicant_page(draft, "what")).text
    draft.refresh_from_db()
    assert draft.name == ""
    visitor.post(applicant_page(draft, "who"), posted)
    draft.refresh_from_db()
    assert draft.name == "Typed for an hour"
    assert "not saved yet" not in visitor.get(applicant_page(draft, "who")).text


def test_what_waits_is_shown_to_nobody_else(as_applicant):
    draft, visitor = begin(as_applicant), Client()
    visitor.post(applicant_page(draft, "who"), {"version": 0, "name": "Secret"})
    visitor.force_login(UserFactory())
    assert visitor.get(applicant_page(draft, "who")).status_code == 404


def test_what_waits_does_not_go_over_what_was_saved_since_unseen(as_applicant, applicant):
    draft, visitor = begin(as_applicant), Client()
    visitor.post(applicant_page(draft, "who"), {"version": 0, "name": "Old", "country": "KEN"})
    as_applicant.post(applicant_page(draft, "who"), {"version": 0, "name": "New", "country": "KEN"})
    visitor.force_login(applicant)
    form = visitor.get(applicant_page(draft, "who")).context["form"]
    posted = {"version": form["version"].value(), "name": "Old", "country": "KEN"}
    assert "changed in another window" in text_of(visitor.post(applicant_page(draft, "who"), posted))
    draft.refresh_from_db()
    assert draft.name == "New"


@pytest.mark.behaviour("D-01")
def test_sending_gives_a_receipt_of_what_was_answered(as_applicant, applicant):
    draft = full_draft(applicant, mission="We watch the coast.")
    Officer.objects.create(application=draft, name="Ada Chair")
    Contact.objects.create(application=draft, kind="email", value="ada@example.org")
    page = as_applicant.post(applicant_page(draft, "check"), follow=True)
    receipt, paper = Receipt.objects.about(draft).get(), draft.papers.get()
    assert page.redirect_chain == [(receipt_page(draft), 302)]
    for text in (receipt.reference, receipt.text_sha256, paper.sha256, "We watch the coast.", receipt.utc):
        assert text in page.text
    assert "We have sent you an e-mail about it." in page.text
    assert "What happens next" in page.text
    assert "Decision by" in page.text
    assert "Ada Chair" not in receipt.text  # it stays, and is no place for people's names
    assert "ada@example.org" not in receipt.text
    file = as_applicant.get(f"{receipt_page(draft)}text.txt")
    assert sha256(file.content).hexdigest() == receipt.text_sha256
    assert f'href="{receipt_page(draft)}"' in text_of(as_applicant.get(applicant_page(draft)))
    posted = {"reference": receipt.reference, "digest": receipt.text_sha256}
    assert "Match: " in as_applicant.post(reverse("calls:receipts"), posted).text


def test_a_second_click_leads_to_the_same_receipt(as_applicant, applicant):
    draft = full_draft(applicant)
    first, second = (as_applicant.post(applicant_page(draft, "check"))["Location"] for _click in range(2))
    assert first == second == receipt_page(draft)


def test_the_answers_have_a_receipt_of_their_own(as_applicant, applicant, vetter):
    application = sent_application(applicant)
    returned(application, vetter, mission="Where?")
    application.refresh_from_db()
    as_applicant.post(
        applicant_page(application, "answer"), {"version": application.version, "mission": "In Lamu."}
    )
    latest, first = Receipt.objects.about(application)
    assert ("In Lamu." in latest.text, "In Lamu." in first.text) == (True, False)


def test_who_may_find_the_entry_is_never_chosen_for_the_applicant(as_applicant):
    draft = begin(as_applicant)
    text = text_of(as_applicant.get(applicant_page(draft, "seen")))
    assert len(re.findall(r'type="radio" name="listing"', text)) == 5
    assert "checked" not in text


@pytest.mark.behaviour("A-07")
def test_after_sending_the_page_says_who_looks_and_until_when(as_applicant, applicant):
    draft = full_draft(applicant)
    as_applicant.post(applicant_page(draft, "check"))
    draft.refresh_from_db()
    text = text_of(as_applicant.get(applicant_page(draft)))
    assert "The vetting officers of the WhatsOn team" in text
    assert f'<time datetime="{draft.submitted_at.isoformat(timespec="seconds")}">' in text
    assert f'<time datetime="{draft.due_at.isoformat(timespec="seconds")}">' in text
    assert "Amina Njeri sent the application" in text


@pytest.mark.behaviour("A-07")
def test_whoever_waits_for_approval_gets_nothing_of_the_members(as_applicant, application):
    reserved = StakeholderFactory(name="Shelter of silence", listing=Listing.MEMBERS)
    assert as_applicant.get(applicant_page(application)).status_code == 200
    assert as_applicant.get(reserved.get_absolute_url()).status_code == 404
    assert "Shelter of silence" not in text_of(as_applicant.get("/en/stakeholders/"))
    assert as_applicant.get("/en/desk/vetting/").status_code == 404


@pytest.mark.time_machine("2026-11-25T10:00Z")
@pytest.mark.parametrize(
    ("moment", "days", "until"),
    (
        (datetime(2026, 11, 24, 9, tzinfo=UTC), 1, datetime(2026, 11, 25, 17, tzinfo=UTC)),
        (datetime(2026, 11, 27, 9, tzinfo=UTC), 1, datetime(2026, 11, 30, 17, tzinfo=UTC)),
        (datetime(2026, 11, 28, 9, tzinfo=UTC), 10, datetime(2026, 12, 11, 17, tzinfo=UTC)),
        (datetime(2026, 3, 27, 23, 30, tzinfo=UTC), 1, datetime(2026, 3, 30, 16, tzinfo=UTC)),
    ),
)
def test_the_promise_counts_working_days_in_vienna(moment, days, until):
    assert working_days_after(moment, days) == until


def test_sending_twice_under_one_name_is_refused_at_the_name(as_applicant, applicant):
    sent_application(applicant)
    second = full_draft(applicant, name="COASTAL  watch")
    text = text_of(as_applicant.post(applicant_page(second, "check"), follow=True))
    assert "You have already sent an application under this name, and it is still open." in text
    second.refresh_from_db()
    assert second.status == "draft"


def returned(application, vetter, **requests):
    vetting_actions.return_for_information(
        application,
        actor=vetter,
        requests=requests or {"mission": "Please say where you work."},
        note="Thank you.",
    )
    application.refresh_from_db()
    return application


@pytest.mark.behaviour("D-05", "A-07")
def test_a_returned_application_shows_what_is_asked_and_opens_only_that(as_applicant, application, vetter):
    returned(application, vetter)
    text = text_of(as_applicant.get(applicant_page(application)))
    assert "Please say where you work." in text
    assert "Paused: waiting for your reply." in text
    form = main_form(text_of(as_applicant.get(applicant_page(application, "answer"))))
    input_names = re.findall(r'<(?:input|select|textarea)[^>]* name="(\w+)"', form)
    assert sorted(input_names) == ["csrfmiddlewaretoken", "mission", "version"]
    assert "Please say where you work." in form


def test_what_the_desk_asks_for_is_not_called_optional_and_the_mail_has_each_question(
    as_applicant, application, vetter, applicant
):
    returned(application, vetter, website="Is this site yours?", acronym="Who calls you so?")
    form = main_form(text_of(as_applicant.get(applicant_page(application, "answer"))))
    assert "(optional)" not in form
    (letter,) = [mail for mail in deliver_all() if mail.subject.startswith("Questions")]
    assert letter.to == [applicant.email]
    for question in ("Website: Is this site yours?", "Acronym: Who calls you so?"):
        assert f"– {question}" in letter.body


def test_who_reads_an_application_is_said_before_it_is_sent(as_applicant, applicant):
    sentence = "The regional focal point of your"
    draft = full_draft(applicant)
    assert sentence not in text_of(as_applicant.get(applicant_page(draft, "check")))
    appointed(countries=["KEN"])
    assert sentence in text_of(as_applicant.get(applicant_page(draft, "check")))
    Application.objects.filter(pk=draft.pk).update(listing=Listing.UNLISTED)
    assert sentence not in text_of(as_applicant.get(applicant_page(draft, "check")))


def test_after_the_approval_the_page_names_what_is_open_on_its_topics_and_country(
    as_applicant, applicant, vetter
):
    calls = {name: CallFactory(title=f"Call about {name}") for name in ("corruption", "Kenya", "Peru", "all")}
    closed = CallFactory(title="Call that is over", closes_at=now() - timedelta(days=1))
    for call, topics in ((calls["corruption"], ["corruption"]), (closed, ["corruption"])):
        call.topics.set(topics)
    calls["Kenya"].countries.set(["KEN"])
    calls["Peru"].countries.set(["PER"])
    dialogue, other = DialogueFactory(topics=["corruption"]), DialogueFactory(topics=["firearms"])
    application = sent_application(applicant, topics=["corruption"])
    assert "Next steps" not in text_of(as_applicant.get(applicant_page(application)))
    vetting_actions.approve(application, actor=vetter, unscreened_reason="No list here.")
    shown = (
        text_of(as_applicant.get(applicant_page(application)))
        .partition("Next steps")[2]
        .partition("</section>")[0]
    )
    assert [name for name in calls if f"Call about {name}" in shown] == ["corruption", "Kenya", "all"]
    assert "Call that is over" not in shown
    for kind, number in (("Call for contributions", 3), ("Constructive dialogue", 1)):
        assert shown.count(f"<span>{kind}</span>") == number
    assert f'href="{dialogue.get_absolute_url()}"' in shown
    assert f'href="{other.get_absolute_url()}"' not in shown
    (letter,) = [mail for mail in deliver_all() if mail.subject.startswith("Approved")]
    assert "names the calls and dialogues that are open to you now" in letter.body


@pytest.mark.behaviour("D-05")
def test_an_answer_changes_only_what_was_asked_and_is_with_the_desk_again(as_applicant, application, vetter):
    returned(application, vetter)
    response = as_applicant.post(
        applicant_page(application, "answer"),
        {
            "version": application.version,
            "mission": "We work in Mombasa.",
            "name": "Another name",
            "country": "AUT",
        },
    )
    assert response["Location"] == applicant_page(application)
    application.refresh_from_db()
    assert (application.mission, application.name, application.country_id) == (
        "We work in Mombasa.",
        "Coastal Watch",
        "KEN",
    )
    assert application.status == "in_review"
    assert application.snapshot["mission"] == "We work in Mombasa."
    assert open_requests(application) == {}


def test_the_promise_moves_by_as_long_as_the_applicant_took(application, vetter, applicant):
    promised = application.due_at
    returned(application, vetter)
    returned_at = application.returned_at
    submission_actions.answer(
        application, actor=applicant, version=application.version, answers={"mission": "Mombasa."}
    )
    application.refresh_from_db()
    decision_at = application.updated_at
    assert 0 <= ((application.due_at - promised) - (decision_at - returned_at)).total_seconds() + 1 <= 2
    assert (application.returned_at, application.answer_by) == (None, None)


def test_an_asked_paper_may_be_answered_by_a_reason(as_applicant, application, vetter):
    returned(application, vetter, papers="The paper cannot be read.")
    text = text_of(
        as_applicant.post(
            applicant_page(application, "answer"),
            {"version": application.version, "papers": PDF("better.pdf")},
        )
    )
    application.refresh_from_db()
    assert application.status == "in_review"
    assert [paper.name for paper in application.papers.all()] == ["certificate.pdf", "better.pdf"]
    assert text is not None


def test_a_sent_application_can_be_withdrawn_and_applied_for_again(as_applicant, application, applicant):
    assert (
        "The application is no longer considered; what was submitted is kept."
        in as_applicant.get(applicant_page(application, "withdraw")).text
    )
    application.refresh_from_db()
    assert application.status == "submitted"
    as_applicant.post(applicant_page(application, "withdraw"))
    application.refresh_from_db()
    assert application.status == "withdrawn"
    assert "Apply again" in text_of(as_applicant.get(applicant_page(application)))
    assert sent_application(applicant).status == "submitted"


def test_a_draft_can_be_thrown_away(as_applicant, applicant):
    draft = full_draft(applicant)
    assert (
        "All answers and documents of this draft are deleted."
        in as_applicant.get(applicant_page(draft, "discard")).text
    )
    as_applicant.post(applicant_page(draft, "discard"))
    assert list(Application.objects.all()) == []


def test_what_was_sent_is_no_longer_edited(as_applicant, application, subtests):
    for step in ("who", "check", "discard"):
        with subtests.test(step=step):
            response = as_applicant.get(applicant_page(application, step))
            assert response["Location"] == applicant_page(application)
            as_applicant.post(
                applicant_page(application, step),
                {"version": application.version, "name": "Other", "country": "AUT"},
            )
            application.refresh_from_db()
            assert application.name == "Coastal Watch"


@pytest.mark.behaviour("D-05")
@pytest.mark.parametrize("language", ("en", "ar"))
def test_each_turn_is_mailed_in_the_applicants_language(client, vetter, language, topic):
    person = UserFactory(language=language)
    sign_in(client, person)
    draft = full_draft(person)
    client.post(applicant_page(draft, "check"))
    returned(draft, vetter)
    submission_actions.answer(draft, actor=person, version=draft.version, answers={"mission": "Mombasa."})
    vetting_actions.refuse(
        draft, actor=vetter, reason="not_verifiable", note="Nobody answers at the address."
    )
    mails = [mail for mail in deliver_all() if mail.to == [person.email]]
    assert [mail.extra_headers["Content-Language"] for mail in mails] == [language] * 4
    page_url = f"http://testserver/{language}/stakeholders/applications/{draft.pk}/"
    for mail in mails:
        html = mail.alternatives[0].content
        assert page_url in mail.body
        assert page_url in html
        assert f'lang="{language}" dir="{"rtl" if language == "ar" else "ltr"}"' in html
    assert sum("Nobody answers at the address." in mail.body for mail in mails) == 1


def test_the_mails_say_what_happened_what_to_do_and_until_when(application, vetter, applicant):
    returned(application, vetter)
    # What asks for an answer leaves before what only confirms.
    mails = [mail for mail in deliver_all() if mail.to == [applicant.email]][::-1]
    assert [mail.subject for mail in mails] == [
        "We have received your application: Coastal Watch",
        "Questions about your application: Coastal Watch",
    ]
    assert "The WhatsOn team decides by" in mails[0].body
    assert "– Mission" in mails[1].body
    assert "Vienna time" in mails[1].body


def test_the_desk_is_told_of_a_new_application(vetter, application):
    mails = [mail for mail in deliver_all() if mail.to == [vetter.email]]
    [subject] = [mail.subject for mail in mails]
    assert subject.startswith("New application: Coastal Watch · due ")


def test_one_paper_too_many_is_said_at_the_field(as_applicant, applicant):
    draft = full_draft(applicant)
    for n in range(applications_actions.MOST_PAPERS - 1):
        draft = applications_actions.save_answers(
            draft, actor=applicant, version=draft.version, answers={}, paper=PDF(f"{n}.pdf")
        )
    text = text_of(
        as_applicant.post(applicant_page(draft, "papers"), {"version": draft.version, "papers": PDF()})
    )
    assert "There are already 5 documents. Please remove one first." in text
    assert draft.papers.count() == 5


def test_a_kind_that_is_not_asked_for_papers_sends_none(as_applicant, applicant):
    draft = full_draft(applicant)
    begin(as_applicant, "expert")
    as_applicant.post(applicant_page(draft, "check"))
    draft.refresh_from_db()
    assert (draft.status, draft.acronym, draft.papers.count()) == ("submitted", "", 0)


def test_no_get_changes_anything(as_applicant, applicant):
    draft = full_draft(applicant)
    before = Application.objects.values().get(pk=draft.pk)
    for url in (
        REGISTER,
        *(applicant_page(draft, step) for step in ("", "who", "what", "seen", "papers", "check", "discard")),
    ):
        assert as_applicant.get(url).status_code == 200
    assert Application.objects.values().get(pk=draft.pk) == before
    assert (
        as_applicant.get(
            reverse("stakeholders:remove_paper", args=[draft.pk, draft.papers.get().pk])
        ).status_code
        == 405
    )


def test_somebody_who_only_begins_leaves_a_draft_that_nobody_else_sees(as_applicant, vetter, client):
    draft = DraftFactory(applicant=UserFactory())
    sign_in(client, vetter)
    assert client.get(f"/en/desk/vetting/{draft.pk}/").status_code == 404
