"""Two who link at one moment, with real threads and connections."""

import pytest

from accounts.people.enums import Role
from core.errors import DomainError
from stakeholders.entries.enums import Status
from stakeholders.entries.models import Stakeholder
from stakeholders.family.actions import confirm_link, link, name_parent
from stakeholders.family.models import FamilyLink
from stakeholders.standing import actions as standing_actions
from stakeholders.submission.actions import submit
from stakeholders.vetting import actions as vetting_actions
from stakeholders.vetting.actions_checklist import raise_flag
from tests.factories.accounts import person_with
from tests.factories.exchange import link as linked
from tests.factories.stakeholders import StakeholderFactory, full_draft, member_of
from tests.support import together

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def desk():
    return person_with(Role.VETTING), person_with(Role.VETTING)


def _ring() -> bool:
    links = dict(FamilyLink.objects.confirmed().values_list("branch", "parent"))
    return any(start in FamilyLink.objects.all().above([start])[start] for start in links)


def test_of_two_links_that_would_close_a_ring_one_stays(desk):
    first, second, third, fourth = StakeholderFactory.create_batch(4)
    linked(first, second)
    linked(third, fourth)
    outcomes = together(
        lambda: link(second, third.pk, is_parent=True, actor=desk[0]),
        lambda: link(fourth, first.pk, is_parent=True, actor=desk[1]),
    )
    assert sorted(str(type(raised)) for raised in outcomes if raised) == [str(DomainError)]
    assert FamilyLink.objects.confirmed().count() == 3
    assert not _ring()


def test_of_two_parents_at_once_a_branch_gets_one():
    branch, first, second = StakeholderFactory.create_batch(3)
    family_links = [linked(branch, parent, confirmed=False) for parent in (first, second)]
    admins = [member_of(first), member_of(second)]
    outcomes = together(
        *(
            lambda family_link=family_link, who=who: confirm_link(family_link, actor=who)
            for family_link, who in zip(family_links, admins, strict=True)
        )
    )
    assert [type(raised) for raised in outcomes if raised] == [DomainError]
    assert FamilyLink.objects.confirmed().count() == 1


def test_asking_from_both_sides_at_once_makes_one_confirmed_link():
    branch, parent = StakeholderFactory.create_batch(2)
    admins = [member_of(branch), member_of(parent)]
    outcomes = together(
        lambda: link(branch, parent.pk, is_parent=True, actor=admins[0]),
        lambda: link(parent, branch.pk, is_parent=False, actor=admins[1]),
    )
    assert outcomes == [None, None]
    assert FamilyLink.objects.get().is_confirmed


@pytest.mark.parametrize("act", ("suspend", "flag"))
def test_an_approval_and_what_befalls_the_parent_come_one_after_the_other(desk, act):
    parent = StakeholderFactory()
    draft = full_draft()
    name_parent(draft, parent.pk, actor=draft.applicant)
    sent = submit(draft, actor=draft.applicant)
    acts = {
        "suspend": lambda: standing_actions.suspend(
            parent, actor=desk[1], reason="untrue", note="Please explain."
        ),
        "flag": lambda: raise_flag(parent, actor=desk[1], kind="red", text="Under investigation."),
    }
    outcomes = together(
        lambda: vetting_actions.approve(sent, actor=desk[0], unscreened_reason="No list here."), acts[act]
    )
    assert outcomes[1] is None
    approved = Stakeholder.objects.filter(name="Coastal Watch", status=Status.ACTIVE).exists()
    assert approved is (outcomes[0] is None)
    assert FamilyLink.objects.confirmed().exists() is approved
