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
    for said in (receipt.reference, receipt.text_sha256, receipt.files[0]["sha256"], "UTC", "Courts hear victims."):
        assert said in page.text
    assert f"{receipt.at:%Y-%m-%d %H:%M:%S} UTC" in page.text
    text = client.get(f"/en/receipts/{receipt.reference}/text.txt").content
    assert hashlib.sha256(text).hexdigest() == receipt.text_sha256
