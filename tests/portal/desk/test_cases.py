"""A case of the desk: the same parts in the same order everywhere, and work that goes to a colleague."""

import re

import pytest
from django.utils.timezone import now

from accounts.people.enums import Role
from audit.models import Entry
from stakeholders.entries.enums import MemberRole
from tests.factories.accounts import person_with, sign_in
from tests.factories.cases import (
    CASES,
    DECIDED_ELSEWHERE,
    application,
    contribution,
    line,
    proposal,
    resource,
    story,
)
from tests.factories.stakeholders import MembershipFactory, asked_again, refused_application
from tests.support import markup_of
from workflow.items.models import WorkItem

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("reference")]


@pytest.mark.parametrize(("case", "role"), CASES)
def test_the_panel_has_the_same_parts_in_the_same_order(client, case, role):
    _subject, url = case()
    sign_in(client, person_with(role))
    page = client.get(url).text
    panel = page.partition('class="case-panel"')[2].partition("</aside>")[0]
    heads = re.findall(r"<h2[^>]*>([^<]+)</h2>", panel)
    known = ["Status", "Checklist", "Decision", "History"]
    assert [head for head in heads if head in known] == [
        head
        for head in known
        if (head != "Checklist" or case is application or "Checklist" in heads)
        and (head != "History" or "History" in heads)
    ]
    assert heads[0] == "Status"
    for words in ("Assigned to", "Unassigned", "Whose turn", "with the desk since", "Assign to me"):
        assert words in panel
    assert page.count("Assign to me") == 1


@pytest.mark.parametrize(("case", "role"), CASES)
def test_the_bar_leads_to_forms_of_the_page_and_is_not_shown_to_one_who_may_not_decide(client, case, role):
    subject, url = case()
    sign_in(client, person_with(role))
    page = client.get(url)
    bar = page.context["bar"]
    assert bar
    for button in bar:
        assert f">{button.label}</a>" in page.text or f"{button.label}</button>" in page.text
        if button.leads_to.startswith("#"):
            assert f'id="{button.leads_to[1:]}"' in page.text
    assert page.text.count('class="case-bar"') == 1

    stakeholder = getattr(subject, "stakeholder", None) or getattr(subject, "lead", None)
    if case in (contribution, proposal):
        party = person_with(role)
        MembershipFactory(stakeholder=stakeholder, role=MemberRole.READER, user=party)
        sign_in(client, party)
        assert 'class="case-bar"' not in client.get(url).text


@pytest.mark.parametrize(("case", "role"), DECIDED_ELSEWHERE)
def test_cases_with_a_page_of_another_kind_have_the_same_bar(client, case, role):
    _subject, url = case()
    sign_in(client, person_with(role))
    page = client.get(url)
    assert page.text.count('class="case-bar"') == 1
    for button in page.context["bar"]:
        assert f'id="{button.leads_to[1:]}"' in page.text


@pytest.mark.parametrize(
    ("case", "role"), ((application, Role.VETTING), (contribution, Role.REVIEWS), (line, Role.REVIEWS))
)
def test_work_is_given_to_a_colleague_who_may_do_it(client, case, role):
    subject, url = case()
    colleague, other = person_with(role, name="Cora Colleague"), person_with(Role.EVENTS)
    sign_in(client, person_with(role))
    act = url if case is line else f"{url}assign/"
    wrong = client.post(act, {"form": "assign", "assign-to": other.pk})
    assert wrong.status_code == 200
    assert "Choose from the list." in markup_of(wrong)
    assert '<details class="disclosure" open><summary>Reassign' in markup_of(wrong)
    assert client.post(act, {"form": "assign", "assign-to": colleague.pk}).status_code == 302
    assert WorkItem.objects.about(subject).get().holder == colleague
    assert Entry.objects.filter(action="workflow.workitem.reassign").count() == 1
    assert "Cora Colleague" in markup_of(client.get(url)).partition('class="case-panel"')[2]
    sign_in(client, other)
    assert client.post(act, {"form": "assign", "assign-to": other.pk}).status_code == 404


def test_work_is_never_given_to_one_who_belongs_to_the_matter(client):
    subject, url = contribution()
    party = person_with(Role.REVIEWS, name="Petra Party")
    MembershipFactory(stakeholder=subject.stakeholder, role=MemberRole.READER, user=party)
    sign_in(client, person_with(Role.REVIEWS))
    page = client.post(f"{url}assign/", {"assign-to": party.pk})
    assert "Petra Party is involved in this matter." in page.text
    assert WorkItem.objects.about(subject).get().holder is None


def test_a_reconsideration_is_in_the_bar_of_one_who_took_no_part(client):
    vetter = person_with(Role.VETTING)
    waiting = asked_again(refused_application(by=vetter))
    url = f"/en/desk/vetting/{waiting.pk}/"
    sign_in(client, vetter)
    assert client.get(url).context["bar"] == []
    sign_in(client, person_with(Role.VETTING))
    assert [button.name for button in client.get(url).context["bar"]] == ["reconsider"]


@pytest.mark.parametrize("case", (story, resource))
def test_the_address_of_a_decision_leads_to_its_form_on_the_page_of_the_case(client, case):
    _subject, url = case()
    sign_in(client, person_with(Role.CURATION))
    assert client.get(f"{url}refuse/").url == f"{url}#move-refuse"
    wrong = markup_of(client.post(f"{url}refuse/", {"note": "No."}))
    panel = wrong.partition('class="case-panel"')[2]
    assert "Please give a reason." in panel
    assert '<details class="disclosure" open><summary>Decline' in panel
    assert 'id="id_refuse_note"' in panel
    assert client.get(f"{url}archive/").url == url  # not as it stands now


@pytest.mark.parametrize(
    ("case", "role"),
    [*((case, role) for case, role in CASES if case not in (line, proposal)), *DECIDED_ELSEWHERE[1:3]],
)
def test_a_case_leads_to_the_next_of_its_queue_that_this_person_may_decide(client, case, role):
    """Lines and proposals have a queue for each dialogue and event."""
    _first, url = case()
    second, next_url = case()
    user = person_with(role)
    sign_in(client, user)
    assert client.get(url).context["next_case"].url == next_url
    assert f'href="{next_url}"' in markup_of(client.get(url)).partition('class="case-bar"')[2]
    items = WorkItem.objects.about(second)
    items.update(holder=person_with(role))
    assert client.get(url).context["next_case"] is None
    items.update(holder=user)
    assert client.get(url).context["next_case"].url == next_url
    items.update(paused_since=now())
    assert client.get(url).context["next_case"] is None


def test_the_next_case_is_never_a_matter_of_ones_own_and_the_earliest_promise_comes_first(client):
    _first, url = contribution()
    own, _own_url = contribution()
    _other, other_url = contribution()
    user = person_with(Role.REVIEWS)
    MembershipFactory(stakeholder=own.stakeholder, role=MemberRole.READER, user=user)
    sign_in(client, user)
    assert client.get(url).context["next_case"].url == other_url
    third, third_url = contribution()
    WorkItem.objects.about(third).update(until=now())
    assert client.get(url).context["next_case"].url == third_url
    # Once it is decided, the page says so and the bar leads on.
    WorkItem.objects.filter(subject_id__in=[third.pk, own.pk], subject_kind="reviews.contribution").update(
        closed_at=now()
    )
    name, form = next((button.name, form) for button, form, _letter in client.get(url).context["acts"])
    decided = client.post(f"{url}{name}/", {f"{name}-seen": form.initial["seen"]}, follow=True)
    assert "They get an e-mail." in decided.text or "Its author gets an e-mail." in decided.text
    assert [button.name for button in decided.context["bar"]] == []
    assert f'href="{other_url}"' in markup_of(decided).partition('class="case-bar"')[2]
