import pytest
import rules

from accounts.people.enums import Role
from accounts.people.rules import has_role
from tests.factories.accounts import UserFactory, person_with
from workflow import hooks as workflow_hooks


@pytest.fixture(autouse=True)
def people_may_be_changed(monkeypatch):
    """Lets a person's name be changed on request, as an app above would for its own objects."""

    def apply(person, after, actor):
        for field, value in after.items():
            setattr(person, field, value)
        person.save(update_fields=list(after))

    monkeypatch.setitem(workflow_hooks.appliers._entries, "accounts.user", workflow_hooks.Applier(apply))
    rules.add_perm("accounts.change_user", rules.predicate(lambda user, obj=None: user == obj))
    rules.add_perm("accounts.judge_user", has_role(Role.CURATION))
    yield
    rules.remove_perm("accounts.change_user")
    rules.remove_perm("accounts.judge_user")


@pytest.fixture
def member(db):
    return UserFactory(name="Old name")


@pytest.fixture
def curator(db):
    return person_with(Role.CURATION, name="Curator")
