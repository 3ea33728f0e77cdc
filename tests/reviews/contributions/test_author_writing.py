"""Beginning, writing and sending a contribution, as a browser without script meets it."""

import hashlib
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils.timezone import now

from accounts.people.enums import Role
from reviews.calls.models import Question
from reviews.contributions import actions as contributions_actions
from reviews.contributions.models import Contribution
from stakeholders.entries.enums import Kind, MemberRole
from tests.factories.accounts import UserFactory, person_with, sign_in
from tests.factories.calls import CallFactory, draft_for
from tests.factories.stakeholders import PDF_BYTES, StakeholderFactory, member_of
from tests.reviews.authors import at, typed
from tests.support import words_of
from workflow.receipts.models import Receipt

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
            contribution,
            "Courts hear victims.",
            "Time.",
            save="1",
            **{"links-rows": "1", "links-0-label": "Report", "links-0-url": "example.org/report"},
            evidence=SimpleUploadedFile("notes.pdf", PDF_BYTES),
        ),
    )
    answer = client.post(
        at(contribution),
        typed(
            contribution,
            "Courts hear victims.",
            "Time.",
            check="1",
            **{"links-rows": "1", "links-0-label": "Report", "links-0-url": "https://example.org/report"},
        ),
    )
    assert (answer.status_code, answer.url) == (302, at(contribution, "check"))
    check = client.get(answer.url)
    assert "Courts hear victims." in check.text
    assert "notes.pdf" in check.text
    sent = client.post(answer.url)
    receipt = Receipt.objects.about(contribution).get()
    assert sent.url == f"/en/receipts/{receipt.reference}/"
    page = client.get(sent.url)
    for part in (
        receipt.reference,
        receipt.text_sha256,
        receipt.files[0]["sha256"],
        "UTC",
        "Courts hear victims.",
    ):
        assert part in page.text
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
    ("text", "words", "advice"),
    [
        ("word " * 22, 22, "take out 2 words"),
        ("كلمة " * 21, 21, "take out 1 word."),
        ("слово " * 21, 21, "take out 1 word."),
        ("保护证人" * 6, 24, "take out 4 words"),
        ("l’État d’une ré\u0301gion " * 7, 21, "take out 1 word."),
        ("niño\u00a0pequeño " * 11, 22, "take out 2 words"),
    ],
)
def test_a_text_too_long_is_refused_at_its_field_and_kept(as_author, draft, text, words, advice):
    contribution, _author = draft
    second = contribution.call.questions.last()
    page = as_author.post(at(contribution), typed(contribution, "Courts.", text, check="1"))
    assert page.status_code == 200
    errors = page.context["form"].errors
    assert list(errors) == [second.field]
    assert advice in errors[second.field][0]
    assert f"<span data-words-count>{words}</span>" in page.text
    assert page.context["form"][second.field].value().strip() == text.strip()
    assert contribution.answers.get(question=second).words == words
    as_author.post(at(contribution, "check"))
    assert Contribution.objects.get().status == "draft"


@pytest.mark.behaviour("R-07")
def test_questions_stand_under_their_articles(as_author, draft, reference):
    contribution, _author = draft
    from taxonomy.law.models import Article

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
    fields = typed(
        contribution,
        "New text",
        "Second",
        save="1",
        **{
            "links-rows": "2",
            "links-0-label": "Report",
            "links-0-url": "not an address",
            "links-1-url": "https://a.example",
        },
    )
    upload = SimpleUploadedFile("tool.exe", b"MZ\x90\x00")
    page = as_author.post(at(contribution), {**fields, "evidence": upload})
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
    contributions_actions.save_answers(
        contribution,
        actor=_author,
        version=contribution.version,
        answers={contribution.call.questions.first().pk: "The other window"},
    )
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
    fields = typed(contribution, "Written for an hour", "And more", save="1")
    answer = client.post(at(contribution), fields)
    assert answer.status_code == 302
    assert "/accounts/login/" in answer.url
    assert "You were signed out. What you wrote" in client.get(answer.url).text
    client.force_login(author)
    page = client.get(at(contribution))
    assert "Written for an hour" in page.text
    assert "not saved yet" in page.text
    assert contribution.answers.get().text == "Courts hear victims."
    client.post(at(contribution), fields)
    assert contribution.answers.first().text == "Written for an hour"
    assert "not saved yet" not in client.get(at(contribution)).text


def test_what_was_kept_for_one_person_is_shown_to_nobody_who_may_not_write_it(client, draft):
    contribution, _author = draft
    client.post(at(contribution), typed(contribution, "Secret"))
    client.force_login(UserFactory())
    assert client.get(at(contribution)).status_code == 404


def test_what_is_typed_while_a_colleague_sends_is_found_again_after_taking_it_back(as_author, draft):
    contribution, author = draft
    fields = typed(contribution, "One more thought", save="1")
    contributions_actions.submit(contribution, actor=author)
    assert "This contribution was submitted" in as_author.post(at(contribution), fields, follow=True).text
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
    fields = typed(contribution, "Text", **{"links-rows": "1", "links-0-label": "Half"})
    answer = as_author.post(at(contribution, "write/autosave"), fields)
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
    contributions_actions.submit(contribution, actor=author)
    assert client.post(path, typed(contribution, "x")).status_code == 409
    assert contribution.answers.get().text == "Courts hear victims."
