"""A contributor's pages as a browser without script meets them."""

import hashlib
import re
from datetime import timedelta

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils.timezone import now

from accounts.enums import Role
from reviews.actions import calls, contributions, screening, signing
from reviews.models import Contribution, Question
from stakeholders.enums import Kind, MemberRole
from tests.factories.accounts import UserFactory, person_with, sign_in
from tests.factories.calls import CallFactory, RuleFactory, draft_for, sent_for
from tests.factories.stakeholders import PDF_BYTES, StakeholderFactory, member_of
from workflow.models import Receipt

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("reference")]


@pytest.fixture
def call():
    return CallFactory(title="Witness protection")


@pytest.fixture
def desk():
    return person_with(Role.REVIEWS)


@pytest.fixture
def draft(call):
    """(contribution, its author)"""
    return draft_for(call, StakeholderFactory(name="Coastal Watch"))


@pytest.fixture
def as_author(client, draft):
    sign_in(client, draft[1])
    return client


def at(contribution, page="write"):
    return f"/en/contributions/{contribution.pk}/{page}/"


def typed(contribution, *texts, **more):
    """What the form sends, with the questions answered by `texts`."""
    questions = contribution.call.questions.all()
    return {
        "version": Contribution.objects.get(pk=contribution.pk).version,
        "links-rows": "0",
        "language": "en",
        "visibility": "public",
        **{question.field: text for question, text in zip(questions, texts, strict=False)},
        **more,
    }


def words_of(page):
    return " ".join(re.sub(r"<[^>]+>", " ", page.text).split())


# --- Begin, write, send ---------------------------------------------------------------------------------
@pytest.mark.behaviour("R-08")
def test_written_sent_and_receipted(client, call):
    mine = StakeholderFactory(name="Coastal Watch")
    sign_in(client, member_of(mine))
    page = client.get(f"/en/calls/{call.pk}/contribute/")
    assert "Coastal Watch" in page.text
    assert not Contribution.objects.exists()
    begun = client.post(f"/en/calls/{call.pk}/contribute/", {"stakeholder": mine.pk}, follow=True)
    contribution = Contribution.objects.get()
    assert begun.redirect_chain[-1][0] == at(contribution)
    client.post(
        at(contribution),
        typed(
            contribution, "Courts hear victims.", "Time.", save="1",
            **{"links-rows": "1", "links-0-label": "Report", "links-0-url": "example.org/report"},
            evidence=SimpleUploadedFile("notes.pdf", PDF_BYTES),
        ),
    )  # fmt: skip
    answer = client.post(at(contribution), typed(contribution, "Courts hear victims.", "Time.", check="1", **{
        "links-rows": "1", "links-0-label": "Report", "links-0-url": "https://example.org/report",
    }))  # fmt: skip
    assert (answer.status_code, answer.url) == (302, at(contribution, "check"))
    check = client.get(answer.url)
    assert "Courts hear victims." in check.text
    assert "notes.pdf" in check.text
    sent = client.post(answer.url)
    receipt = Receipt.objects.about(contribution).get()
    assert sent.url == f"/en/receipts/{receipt.reference}/"
    page = client.get(sent.url)
    for said in (
        receipt.reference,
        receipt.text_sha256,
        receipt.files[0]["sha256"],
        "UTC",
        "Courts hear victims.",
    ):
        assert said in page.text
    assert f"{receipt.at:%Y-%m-%d %H:%M:%S} UTC" in page.text
    text = client.get(f"/en/receipts/{receipt.reference}/text.txt").content
    assert hashlib.sha256(text).hexdigest() == receipt.text_sha256


@pytest.mark.parametrize(
    ("role", "listed"), [(MemberRole.ADMIN, True), (MemberRole.EDITOR, True), (MemberRole.READER, False)]
)
def test_administrators_and_editors_begin(client, call, role, listed):
    mine = StakeholderFactory()
    sign_in(client, member_of(mine, role))
    page = client.get(f"/en/calls/{call.pk}/contribute/")
    assert (f'value="{mine.pk}"' in page.text) is listed
    client.post(f"/en/calls/{call.pk}/contribute/", {"stakeholder": mine.pk})
    assert Contribution.objects.exists() is listed


def test_an_expert_contributes_for_themselves_and_a_stranger_is_told_to_register(client, call):
    expert = StakeholderFactory(kind=Kind.EXPERT, name="Amina Njeri")
    sign_in(client, member_of(expert))
    assert "for yourself" in client.get(f"/en/calls/{call.pk}/contribute/").text
    sign_in(client, UserFactory())
    assert "First register" in client.get(f"/en/calls/{call.pk}/contribute/").text


@pytest.mark.parametrize("state", ["draft", "upcoming", "closed", "cancelled"])
def test_only_an_open_call_is_begun(client, call, state):
    mine = StakeholderFactory()
    sign_in(client, member_of(mine))
    match state:
        case "draft" | "cancelled":
            call.status = state
        case "upcoming":
            call.opens_at = now() + timedelta(days=1)
        case "closed":
            call.closes_at = now() - timedelta(seconds=1)
    call.save()
    path = f"/en/calls/{call.pk}/contribute/"
    page = client.get(path)
    answer = client.post(path, {"stakeholder": mine.pk})
    assert [page.status_code, answer.status_code] == ([404, 404] if state == "draft" else [200, 200])
    assert f'value="{mine.pk}"' not in page.text
    assert not Contribution.objects.exists()


@pytest.mark.behaviour("R-07")
@pytest.mark.parametrize(
    ("text", "words", "told"),
    [
        ("word " * 22, 22, "take out 2 words"),
        ("كلمة " * 21, 21, "take out 1 word."),
        ("слово " * 21, 21, "take out 1 word."),
        ("保护证人" * 6, 24, "take out 4 words"),
        ("l’État d’une ré\u0301gion " * 7, 21, "take out 1 word."),
        ("niño\u00a0pequeño " * 11, 22, "take out 2 words"),
    ],
)
def test_a_text_too_long_is_refused_at_its_field_and_kept(as_author, draft, text, words, told):
    contribution, _author = draft
    second = contribution.call.questions.last()
    page = as_author.post(at(contribution), typed(contribution, "Courts.", text, check="1"))
    assert page.status_code == 200
    errors = page.context["form"].errors
    assert list(errors) == [second.field]
    assert told in errors[second.field][0]
    assert f"<span data-words-count>{words}</span>" in page.text
    assert page.context["form"][second.field].value().strip() == text.strip()
    assert contribution.answers.get(question=second).words == words
    as_author.post(at(contribution, "check"))
    assert Contribution.objects.get().status == "draft"


@pytest.mark.behaviour("R-07")
def test_questions_stand_under_their_articles(as_author, draft, reference):
    contribution, _author = draft
    from taxonomy.models import Article

    article = Article.objects.select_related("instrument").get(instrument="UNTOC", number=24)
    Question.objects.create(call=contribution.call, position=2, text="Are relatives safe?", article=article)
    page = as_author.get(at(contribution))
    heads = [str(part.article or "") for part in page.context["form"].parts()]
    assert heads == ["", str(article)]
    assert f"article 24: {article.name}" in words_of(page)


def test_a_draft_may_have_blanks_and_what_is_missing_is_told_at_the_fields(as_author, draft):
    contribution, _author = draft
    nothing = typed(contribution, "", "", language="", visibility="")
    saved = as_author.post(at(contribution), {**nothing, "save": "1"}, follow=True)
    assert "Saved at" in saved.text
    page = as_author.post(
        at(contribution), {**typed(contribution, "", "", language="", visibility=""), "check": "1"}
    )
    first = contribution.call.questions.first()
    assert {first.field, "visibility", "language"} <= set(page.context["form"].errors)


def test_wrong_links_and_files_are_refused_with_everything_typed_kept(as_author, draft):
    contribution, _author = draft
    said = typed(
        contribution, "New text", "Second", save="1",
        **{"links-rows": "2", "links-0-label": "Report", "links-0-url": "not an address", "links-1-url": "https://a.example"},
    )  # fmt: skip
    upload = SimpleUploadedFile("tool.exe", b"MZ\x90\x00")
    page = as_author.post(at(contribution), {**said, "evidence": upload})
    assert {"links", "evidence"} == set(page.context["form"].errors)
    assert "New text" in page.text
    assert "not an address" in page.text
    assert contribution.answers.get().text == "Courts hear victims."


def test_a_row_is_added_and_a_file_is_removed_without_losing_what_is_typed(as_author, draft):
    contribution, _author = draft
    page = as_author.post(
        at(contribution), typed(contribution, "Half a thought", more="links", **{"links-rows": "1"})
    )
    assert "Half a thought" in page.text
    assert 'name="links-1-url"' in page.text
    as_author.post(
        at(contribution),
        typed(contribution, "One", save="1", evidence=SimpleUploadedFile("a.pdf", PDF_BYTES)),
    )
    stored = contribution.evidence.get()
    as_author.post(at(contribution), typed(contribution, "Two, not yet saved", remove=str(stored.pk)))
    assert not contribution.evidence.exists()
    assert contribution.answers.get().text == "Two, not yet saved"


def test_the_later_of_two_windows_is_told_and_loses_nothing(as_author, draft):
    contribution, _author = draft
    mine = typed(contribution, "My window", save="1")
    contributions.save_answers(
        contribution, actor=_author, version=contribution.version,
        answers={contribution.call.questions.first().pk: "The other window"},
    )  # fmt: skip
    page = as_author.post(at(contribution), mine)
    assert page.status_code == 200
    assert "My window" in page.text
    assert "What the other window saved here" in page.text
    assert "The other window" in page.text
    assert contribution.answers.get().text == "The other window"
    again = as_author.post(at(contribution), {**mine, "version": page.context["form"]["version"].value()})
    assert again.status_code == 302
    assert contribution.answers.get().text == "My window"


def test_a_session_that_ended_loses_nothing(client, draft):
    contribution, author = draft
    said = typed(contribution, "Written for an hour", "And more", save="1")
    answer = client.post(at(contribution), said)
    assert answer.status_code == 302
    assert "/accounts/login/" in answer.url
    assert "What you wrote is kept" in client.get(answer.url).text
    client.force_login(author)
    page = client.get(at(contribution))
    assert "Written for an hour" in page.text
    assert "not saved yet" in page.text
    assert contribution.answers.get().text == "Courts hear victims."
    client.post(at(contribution), said)
    assert contribution.answers.first().text == "Written for an hour"
    assert "not saved yet" not in client.get(at(contribution)).text


def test_what_was_kept_for_one_person_is_shown_to_nobody_who_may_not_write_it(client, draft):
    contribution, _author = draft
    client.post(at(contribution), typed(contribution, "Secret"))
    client.force_login(UserFactory())
    assert client.get(at(contribution)).status_code == 404


def test_what_is_typed_while_a_colleague_sends_is_found_again_after_taking_it_back(as_author, draft):
    contribution, author = draft
    said = typed(contribution, "One more thought", save="1")
    contributions.submit(contribution, actor=author)
    assert "What you typed is kept" in as_author.post(at(contribution), said, follow=True).text
    assert contribution.answers.get().text == "Courts hear victims."
    as_author.post(at(contribution, "revise"))
    page = as_author.get(at(contribution))
    assert page.context["form"][contribution.call.questions.first().field].value() == "One more thought"


# --- Saving by the script -----------------------------------------------------------------------------------
def test_the_script_saves_and_says_when_by_the_persons_clock(client, draft, time_machine):
    contribution, author = draft
    author.time_zone = "Africa/Nairobi"
    author.save()
    time_machine.move_to("2026-11-25T11:05:00+00:00", tick=False)
    contribution.call.__class__.objects.update(
        opens_at=now() - timedelta(days=1), closes_at=now() + timedelta(days=9)
    )
    client.force_login(author)
    path = at(contribution, "write/autosave")
    answer = client.post(path, typed(contribution, "As I write"))
    assert answer.json()["said"] == "Saved at 14:05"
    assert answer.json()["version"] == Contribution.objects.get().version
    assert contribution.answers.get().text == "As I write"


def test_the_script_saves_what_it_can_read(as_author, draft):
    contribution, _author = draft
    said = typed(contribution, "Text", **{"links-rows": "1", "links-0-label": "Half"})
    answer = as_author.post(at(contribution, "write/autosave"), said)
    assert "except what is not complete yet" in answer.json()["said"]
    assert contribution.answers.get().text == "Text"


def test_the_script_is_told_of_another_window_of_a_sending_and_of_a_lost_session(client, draft):
    contribution, author = draft
    path = at(contribution, "write/autosave")
    assert client.post(path, typed(contribution, "x")).status_code == 401
    assert client.get(path).status_code == 405
    client.force_login(author)
    answer = client.post(path, {**typed(contribution, "x"), "version": 99})
    assert answer.status_code == 409
    assert answer.json()["problem"]
    contributions.submit(contribution, actor=author)
    assert client.post(path, typed(contribution, "x")).status_code == 409
    assert contribution.answers.get().text == "Courts hear victims."


# --- After sending ------------------------------------------------------------------------------------------
@pytest.mark.behaviour("R-06")
def test_an_extension_is_seen_by_its_stakeholder_alone_and_holds(client, call, desk, time_machine):
    (mine, author), (_other, another) = draft_for(call), draft_for(call)
    calls.give_time(
        call,
        mine.stakeholder,
        actor=desk,
        until=call.closes_at + timedelta(days=3),
        reason="A storm cut the power",
    )
    paths = [at(mine), f"/en/contributions/{mine.pk}/", f"/en/calls/{call.pk}/contribute/", "/en/me/"]
    sign_in(client, author)
    assert all("more time" in client.get(path).text for path in paths)
    sign_in(client, another)
    for path in (at(_other), f"/en/contributions/{_other.pk}/", *paths[2:]):
        assert "more time" not in client.get(path).text
    time_machine.move_to(call.closes_at + timedelta(days=1))
    sign_in(client, another)
    client.post(at(_other, "check"))
    sign_in(client, author)
    client.post(at(mine, "check"))
    assert set(Contribution.objects.values_list("pk", "status")) == {
        (mine.pk, "submitted"),
        (_other.pk, "draft"),
    }


def test_taken_back_corrected_and_sent_again_before_the_closing(as_author, draft, time_machine):
    contribution, author = draft
    contributions.submit(contribution, actor=author)
    assert as_author.get(at(contribution)).status_code == 302
    as_author.get(at(contribution, "revise"))
    assert Contribution.objects.get().status == "submitted"
    assert as_author.post(at(contribution, "revise")).url == at(contribution)
    as_author.post(at(contribution), typed(contribution, "Better", check="1"))
    as_author.post(at(contribution, "check"))
    assert Receipt.objects.about(contribution).count() == 2
    time_machine.move_to(contribution.call.closes_at + timedelta(seconds=1))
    sign_in(as_author, author)
    assert "closed" in as_author.post(at(contribution, "revise"), follow=True).text
    assert Contribution.objects.get().status == "submitted"
    assert "/revise/" not in as_author.get(f"/en/contributions/{contribution.pk}/").text


def test_a_return_is_answered_in_its_own_time_and_only_where_asked(as_author, draft, desk, time_machine):
    contribution, author = draft
    first, second = contribution.call.questions.all()
    sent = contributions.submit(contribution, actor=author)[0]
    returned = screening.return_with_questions(
        sent, actor=desk, requests={second.field: "Which years?"}, note="Thank you so far."
    )
    time_machine.move_to(contribution.call.closes_at + timedelta(days=1))
    Contribution.objects.update(answer_by=now() + timedelta(hours=1))
    sign_in(as_author, author)
    page = as_author.get(f"/en/contributions/{contribution.pk}/")
    assert "Which years?" in page.text
    assert "Thank you so far." in page.text
    page = as_author.get(at(contribution))
    assert "Which years?" in page.text
    assert first.field not in page.context["form"].fields
    said = {"version": returned.version, second.field: "2024 and 2025", first.field: "Changed", "check": "1"}
    assert as_author.post(at(contribution), said).url == at(contribution, "check")
    assert "/receipts/" in as_author.post(at(contribution, "check")).url
    assert Contribution.objects.get().status == "screening"
    assert {answer.text for answer in contribution.answers.all()} == {"Courts hear victims.", "2024 and 2025"}


def test_a_return_too_late_is_not_taken(as_author, draft, desk, time_machine):
    contribution, author = draft
    sent = contributions.submit(contribution, actor=author)[0]
    screening.return_with_questions(sent, actor=desk, requests={"language": "Is it English?"})
    Contribution.objects.update(answer_by=now() - timedelta(seconds=1))
    page = as_author.post(at(contribution, "check"), follow=True)
    assert "The time to answer is over" in page.text
    assert Contribution.objects.get().status == "returned"


def test_declined_shows_the_rule_and_leads_to_correcting(as_author, draft, desk):
    contribution, author = draft
    sent = contributions.submit(contribution, actor=author)[0]
    rule = RuleFactory(name_en="No personal data", text="Do not name private persons.")
    screening.decline(sent, actor=desk, rule=rule.pk, note="Please take out the name.")
    page = as_author.get(f"/en/contributions/{contribution.pk}/")
    for said in (
        "No personal data",
        "Do not name private persons.",
        "Please take out the name.",
        "Correct it",
    ):
        assert said in page.text


def test_withdrawing_asks_first_and_hides_it(client, as_author, draft, desk):
    contribution, author = draft
    screening.publish(contributions.submit(contribution, actor=author)[0], actor=desk)
    page = f"/en/contributions/{contribution.pk}/"
    assert "cannot be undone" in as_author.get(at(contribution, "withdraw")).text
    assert Contribution.objects.get().status == "published"
    as_author.post(at(contribution, "withdraw"))
    assert Contribution.objects.get().status == "withdrawn"
    assert as_author.get(page).status_code == 200
    client.logout()
    assert client.get(page).status_code == 404


def test_a_draft_is_deleted_after_asking(as_author, draft):
    contribution, _author = draft
    as_author.get(at(contribution, "discard"))
    assert Contribution.objects.exists()
    as_author.post(at(contribution, "discard"))
    assert not Contribution.objects.exists()


# --- Who reads it -------------------------------------------------------------------------------------------
@pytest.mark.behaviour("R-10")
def test_each_choice_says_what_follows_and_the_only_one_of_a_country_is_warned(client, draft):
    contribution, author = draft
    client.force_login(author)
    page = words_of(client.get(at(contribution)))
    for said in (
        "Everybody reads the text, the links and the files",
        "stay with the desk",
        "Only the desk reads it",
    ):
        assert said in page
    assert "could still guess that it is Coastal Watch" in page
    StakeholderFactory(country_id=contribution.stakeholder.country_id)
    assert "could still guess" not in words_of(client.get(at(contribution)))


@pytest.mark.behaviour("R-10")
@pytest.mark.parametrize("visibility", ["public", "unnamed", "desk"])
def test_the_published_page_shows_what_the_author_chose(client, call, desk, visibility):
    contribution, author = draft_for(
        call, StakeholderFactory(name="Unique Zebra Watch"), visibility=visibility
    )
    partner = StakeholderFactory(name="Signing Ibex League")
    signer = member_of(partner)
    signature = signing.invite(contribution, partner, actor=author)
    contribution = contributions.save_answers(
        contribution, actor=author, version=contribution.version, answers={},
        links=[{"label": "Zebra report", "url": "https://zebra.example/report"}],
    )  # fmt: skip
    signing.sign(signature, actor=signer, digest=contribution.digest)
    sent = contributions.submit(contribution, actor=author)[0]
    page = f"/en/contributions/{contribution.pk}/"
    assert client.get(page).status_code == 404
    (screening.keep if visibility == "desk" else screening.publish)(sent, actor=desk)
    for person in (
        AnonymousUser(),
        UserFactory(),
        member_of(StakeholderFactory()),
        person_with(Role.STATE, country="KEN"),
    ):
        client.logout()
        if person.is_authenticated:
            sign_in(client, person)
        answer = client.get(page)
        if visibility == "desk":
            assert answer.status_code == 404
            continue
        assert "Courts hear victims." in answer.text
        for name in ("Unique Zebra Watch", "Signing Ibex League", "zebra.example"):
            assert (name in answer.text) is (visibility == "public")


@pytest.mark.behaviour("R-10")
def test_it_is_narrowed_and_never_widened(client, as_author, draft, desk):
    contribution, author = draft
    screening.publish(contributions.submit(contribution, actor=author)[0], actor=desk)
    path = at(contribution, "narrow")
    assert 'value="public"' not in as_author.get(path).text
    as_author.post(path, {"visibility": "unnamed"})
    refused = as_author.post(path, {"visibility": "public"})
    assert refused.context["form"].errors["visibility"]
    assert Contribution.objects.get().visibility == "unnamed"
    as_author.post(path, {"visibility": "desk"})
    assert Contribution.objects.get().status == "desk_only"
    client.logout()
    assert client.get(f"/en/contributions/{contribution.pk}/").status_code == 404


# --- Signing together ---------------------------------------------------------------------------------------
@pytest.mark.behaviour("R-09")
def test_asked_read_signed_changed_and_signed_again(client, draft, desk):
    contribution, author = draft
    partner, quiet = StakeholderFactory(name="Highland Partners"), StakeholderFactory(name="Highland Friends")
    signer = member_of(partner)
    member_of(quiet)
    sign_in(client, author)
    assert "Highland Partners" in client.get(at(contribution, "signatures"), {"q": "highland"}).text
    for one in (partner, quiet):
        client.post(at(contribution, "signatures"), {"q": "highland", "stakeholder": one.pk})
    signature = contribution.signatures.get(stakeholder=partner)
    page = f"/en/signatures/{signature.pk}/"
    assert client.get(page).status_code == 404
    sign_in(client, signer)
    assert page in client.get("/en/me/").text
    shown = client.get(page)
    contribution.refresh_from_db()
    assert contribution.digest in shown.text
    assert "Courts hear victims." in shown.text
    signature.refresh_from_db()
    assert signature.status == "invited"  # reading signs nothing
    client.post(page, {"sign": "1", "digest": contribution.digest})
    assert "signed this very text" in words_of(client.get(page))
    contributions.save_answers(
        contribution, actor=author, version=contribution.version,
        answers={contribution.call.questions.first().pk: "Another text."},
    )  # fmt: skip
    late = client.post(page, {"sign": "1", "digest": contribution.digest}, follow=True)
    assert "has changed since you opened this page" in late.text
    assert page in client.get("/en/me/").text
    contribution.refresh_from_db()
    client.post(page, {"sign": "1", "digest": contribution.digest})
    screening.publish(contributions.submit(contribution, actor=author)[0], actor=desk)
    client.logout()
    public = client.get(f"/en/contributions/{contribution.pk}/").text
    assert "Highland Partners" in public
    assert "Highland Friends" not in public


@pytest.mark.behaviour("R-09")
def test_a_signature_is_declined_taken_back_and_the_request_withdrawn(client, draft):
    contribution, author = draft
    partner = StakeholderFactory(name="Highland Partners")
    signer = member_of(partner)
    signature = signing.invite(contribution, partner, actor=author)
    page = f"/en/signatures/{signature.pk}/"
    sign_in(client, signer)
    client.post(page, {"sign": "1", "digest": Contribution.objects.get().digest})
    client.post(page, {"decline": "1"})
    signature.refresh_from_db()
    assert signature.status == "declined"
    after = client.get(page).text
    assert "does not sign" in after
    assert "Courts hear victims." not in after
    assert client.get(f"/en/contributions/{contribution.pk}/").status_code == 404
    sign_in(client, author)
    client.post(f"/en/contributions/{contribution.pk}/signatures/{signature.pk}/take-back/")
    assert not contribution.signatures.exists()
    sign_in(client, signer)
    assert client.get(page).status_code == 404


def test_only_those_whom_one_may_find_can_be_asked(client, draft):
    contribution, author = draft
    hidden = StakeholderFactory(name="Hidden Highlands", listing="unlisted")
    member_of(hidden)
    sign_in(client, author)
    path = at(contribution, "signatures")
    assert "Hidden Highlands" not in client.get(path, {"q": "highlands"}).text
    refused = client.post(path, {"q": "highlands", "stakeholder": hidden.pk})
    assert refused.context["form"].errors["stakeholder"]
    assert not contribution.signatures.exists()


@pytest.mark.parametrize("role", [MemberRole.EDITOR, MemberRole.READER])
def test_only_administrators_sign(client, draft, role):
    contribution, author = draft
    partner = StakeholderFactory()
    member_of(partner)
    signature = signing.invite(contribution, partner, actor=author)
    sign_in(client, member_of(partner, role))
    page = f"/en/signatures/{signature.pk}/"
    assert [client.get(page).status_code, client.post(page, {"sign": "1"}).status_code] == [404, 404]


# --- Receipts --------------------------------------------------------------------------------
@pytest.mark.behaviour("R-08")
def test_anybody_checks_a_digest_or_a_text_and_learns_nothing_else(client, call):
    contribution, _author = sent_for(call, StakeholderFactory(name="Unique Zebra Watch"))
    receipt = Receipt.objects.about(contribution).get()
    other = sent_for(call)[0]
    for said, fits in (
        ({"digest": receipt.text_sha256}, True),
        ({"digest": receipt.text_sha256.upper()}, True),
        ({"text": receipt.text.replace("\n", "\r\n") + "\n"}, True),
        ({"digest": other.digest}, other.digest == contribution.digest),
        ({"text": receipt.text + "!"}, False),
    ):
        page = client.post("/en/receipts/", {"reference": receipt.reference.lower(), **said})
        assert ("It fits" in page.text) is fits
        assert ("It does not fit" in page.text) is not fits
        assert "Unique Zebra Watch" not in page.text
    wrong = client.post("/en/receipts/", {"reference": receipt.reference, "digest": "zz"})
    assert wrong.context["form"].errors["digest"]
    nothing = client.post("/en/receipts/", {"reference": ""})
    assert set(nothing.context["form"].errors) == {"reference", "digest"}


def test_a_receipt_is_its_own_peoples(client, call, desk):
    contribution, author = sent_for(call)
    path = f"/en/receipts/{Receipt.objects.about(contribution).get().reference}/"
    assert client.get(path).status_code == 302
    for person, status in (
        (author, 200),
        (UserFactory(), 404),
        (desk, 200),
        (member_of(StakeholderFactory()), 404),
    ):
        sign_in(client, person)
        assert client.get(path).status_code == status
        assert client.get(path + "text.txt").status_code == status


# --- Others, and what pages cost ------------------------------------------------------------
OWN = ("write", "check", "revise", "withdraw", "discard", "narrow", "signatures")


@pytest.mark.parametrize("who", ["visitor", "stranger", "member", "reader", "desk", "state", "regional"])
def test_nobody_else_reaches_a_writers_pages(client, draft, who):
    contribution, _author = draft
    person = {
        "visitor": lambda: None,
        "stranger": UserFactory,
        "member": lambda: member_of(StakeholderFactory()),
        "reader": lambda: member_of(contribution.stakeholder, MemberRole.READER),
        "desk": lambda: person_with(Role.REVIEWS),
        "state": lambda: person_with(Role.STATE, country="KEN"),
        "regional": lambda: person_with(Role.REGIONAL, country="KEN"),
    }[who]()
    if person:
        sign_in(client, person)
    for page in OWN:
        assert client.get(at(contribution, page)).status_code == (404 if person else 302)
        posted = client.post(at(contribution, page), typed(contribution, "Intruder"))
        assert posted.status_code == (404 if person else 302)
    own = client.get(f"/en/contributions/{contribution.pk}/")
    assert own.status_code == (200 if who == "reader" else 404)
    assert "Go on writing" not in own.text
    contribution.refresh_from_db()
    assert contribution.status == "draft"
    assert contribution.answers.get().text == "Courts hear victims."


@pytest.mark.parametrize("number", [1, 3])
def test_my_work_costs_the_same_for_more(client, call, number, django_assert_num_queries):
    mine = StakeholderFactory()
    author = member_of(mine)
    for _n in range(number):
        contributions.begin(CallFactory(), mine, actor=author)
        partner, _other = draft_for(CallFactory())
        signing.invite(partner, mine, actor=_other)
    sign_in(client, author)
    client.get("/en/me/")
    with django_assert_num_queries(MY_WORK):
        page = client.get("/en/me/")
    assert page.text.count("/signatures/") == number


@pytest.mark.parametrize("number", [1, 3])
def test_a_published_page_costs_the_same_for_more(client, draft, desk, number, django_assert_num_queries):
    contribution, author = draft
    for n in range(number):
        Question.objects.create(call=contribution.call, position=5 + n, text=f"Question {n}?")
        partner = StakeholderFactory()
        signer = member_of(partner)
        signature = signing.invite(contribution, partner, actor=author)
        signing.sign(signature, actor=signer, digest=Contribution.objects.get().digest)
    screening.publish(contributions.submit(contribution, actor=author)[0], actor=desk)
    with django_assert_num_queries(PUBLISHED):
        client.get(f"/en/contributions/{contribution.pk}/")
    client.force_login(UserFactory())
    with django_assert_num_queries(SIGNED_IN):
        client.get(f"/en/contributions/{contribution.pk}/")
    client.force_login(author)
    with django_assert_num_queries(OWN_PAGE):
        client.get(f"/en/contributions/{contribution.pk}/")


MY_WORK, PUBLISHED, SIGNED_IN, OWN_PAGE = 17, 7, 14, 23
