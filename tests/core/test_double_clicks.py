"""Two clicks on one button, both on their way before either is answered: one effect, and twice its answer."""

from functools import partial

import pytest
from django.test import Client
from django.urls import reverse

from tests.factories.calls import CallFactory, draft_for
from tests.factories.dialogues import DialogueFactory, draft_to
from tests.factories.events import full_draft as full_proposal
from tests.factories.stakeholders import StakeholderFactory, full_draft, member_of
from tests.support import run_during
from workflow.receipts.models import Receipt

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("reference")]


def clicked_twice(person, address, row):
    """Where both clicks lead in the end, and what is read there; `row` is held until both wait for it."""
    browsers = [Client(), Client()]
    for browser in browsers:
        browser.force_login(person)
    answers = run_during(
        lambda: type(row)._base_manager.select_for_update().get(pk=row.pk),
        *(partial(browser.post, address, follow=True) for browser in browsers),
    )
    return [(answer.redirect_chain[-1][0], answer.content.decode()) for answer in answers]


def test_a_contribution_sent_by_a_double_click_leads_to_its_one_receipt_twice():
    contribution, author = draft_for(CallFactory())
    pages = clicked_twice(author, reverse("calls:check", args=[contribution.pk]), contribution)
    receipt = Receipt.objects.about(contribution).get()
    receipt_page = reverse("calls:receipt", args=[receipt.reference])
    assert [address for address, _page in pages] == [receipt_page, receipt_page]
    assert "not possible" not in pages[0][1] + pages[1][1]


def test_a_proposal_sent_by_a_double_click_leads_to_its_one_receipt_twice():
    lead = StakeholderFactory()
    proposal = full_proposal(lead=lead, author=member_of(lead))
    pages = clicked_twice(proposal.author, reverse("events:check_proposal", args=[proposal.pk]), proposal)
    receipt = Receipt.objects.about(proposal).get()
    receipt_page = reverse("events:proposal_receipt", args=[proposal.pk, receipt.reference])
    assert [address for address, _page in pages] == [receipt_page, receipt_page]


def test_an_application_for_a_dialogue_sent_by_a_double_click_is_with_the_desk_once():
    application, applicant = draft_to(DialogueFactory())
    pages = clicked_twice(applicant, reverse("dialogues:check", args=[application.pk]), application)
    Receipt.objects.about(application).get()
    for address, page in pages:
        assert address == reverse("dialogues:application", args=[application.pk])
        assert "Your application has been submitted." in page


def test_sending_a_contribution_again_from_an_old_page_leads_to_its_receipt(client):
    contribution, author = draft_for(CallFactory())
    client.force_login(author)
    check = reverse("calls:check", args=[contribution.pk])
    first, second = client.post(check), client.post(check)
    assert first.status_code == 302
    assert first["Location"] == second["Location"]


def test_an_application_sent_by_a_double_click_is_with_the_desk_once():
    draft = full_draft()
    pages = clicked_twice(draft.applicant, reverse("stakeholders:check", args=[draft.pk]), draft)
    receipt = Receipt.objects.about(draft).get()
    receipt_page = reverse("stakeholders:receipt", args=[draft.pk, receipt.reference])
    assert [address for address, _page in pages] == [receipt_page, receipt_page]
    for _address, page in pages:
        assert "Your application has been submitted." in page
        assert "not possible" not in page
