"""Administrators may look at the outbox, not into its secrets."""

import pytest
from django.contrib.auth.models import AnonymousUser

from accounts.people.enums import Role
from notifications.outbox.models import Message
from tests.factories.accounts import UserFactory, person_with, sign_in
from tests.factories.notifications import MessageFactory

MESSAGES = "/en/admin/notifications/message/"
WHO = (*Role.values, "nobody", "visitor")


def somebody(who):
    if who == "visitor":
        return AnonymousUser()
    return UserFactory() if who == "nobody" else person_with(who)


@pytest.fixture
def administrator_client(client, db):
    sign_in(client, person_with(Role.ADMINISTRATOR))
    return client


@pytest.mark.parametrize("who", WHO)
def test_who_may_look_at_a_message(who, db):
    person, message = somebody(who), MessageFactory()
    allowed = who == Role.ADMINISTRATOR
    assert person.has_perm("notifications.view_message", message) is allowed
    assert Message.objects.visible_to(person).contains(message) is (allowed or who == Role.HEAD)
    for act in ("add", "change", "delete"):
        assert person.has_perm(f"notifications.{act}_message", message) is False


def test_the_outbox_is_there_to_look_at_without_its_secrets(administrator_client):
    message = MessageFactory(facts={"code": "ABC-123", "at": "x"}, url="/en/secret/")
    assert message.address in administrator_client.get(MESSAGES).content.decode()
    page = administrator_client.get(f"{MESSAGES}{message.pk}/change/").content.decode()
    assert message.message_id.strip("<>") in page
    assert "ABC-123" not in page
    assert "/en/secret/" not in page


@pytest.mark.parametrize("path", ("add/", "{pk}/delete/"))
def test_nobody_writes_or_deletes_a_message(administrator_client, path):
    assert administrator_client.get(MESSAGES + path.format(pk=MessageFactory().pk)).status_code == 403
