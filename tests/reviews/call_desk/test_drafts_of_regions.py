"""A regional focal point drafts calls about what they cover, and about nothing else."""

import pytest

from accounts.people.enums import Role
from core.errors import DomainError
from reviews.calls import actions as calls_actions
from reviews.calls.models import Call
from tests.factories.accounts import person_with, sign_in
from tests.reviews.call_desk.drafts import HOME, a_draft, posted

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("reference")]


@pytest.fixture
def of_africa():
    return person_with(Role.REGIONAL, region="002")


@pytest.mark.parametrize("countries", [["KEN", "ARM"], ["ARM"], []])
def test_a_draft_about_others_is_refused_at_the_field(client, of_africa, countries):
    sign_in(client, of_africa)
    refused = client.post(f"{HOME}new/", posted(countries=countries))
    assert refused.context["form"].errors["countries"]
    assert refused.context["form"]["title"].value() == "Victims in court"
    assert not Call.objects.exists()


def test_the_act_refuses_it_too_also_for_a_change(of_africa):
    with pytest.raises(DomainError):
        a_draft(of_africa, countries=["ARM"])
    call = a_draft(of_africa)
    with pytest.raises(DomainError):
        calls_actions.save_call(call, actor=of_africa, version=call.version, values={"countries": []})
    assert set(call.countries.values_list("pk", flat=True)) == {"KEN"}


def test_only_what_is_covered_is_offered_and_the_desk_drafts_about_all(client, of_africa):
    sign_in(client, of_africa)
    offered = dict(client.get(f"{HOME}new/").context["form"].fields["countries"].choices)
    assert "KEN" in offered
    assert "ARM" not in offered
    sign_in(client, person_with(Role.REVIEWS))
    assert "ARM" in dict(client.get(f"{HOME}new/").context["form"].fields["countries"].choices)
    assert client.post(f"{HOME}new/", posted(countries=[])).status_code == 302
