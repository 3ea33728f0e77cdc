"""The e-mail of a decision is shown before its button, in the language of who gets it; nothing is decided."""

import pytest

from accounts.people.enums import Role
from accounts.people.models import User
from notifications.outbox.models import Message
from stakeholders.entries.models import Stakeholder
from tests.factories import cases
from tests.factories.accounts import person_with, sign_in
from tests.factories.resources import resource_in
from tests.factories.stakeholders import StakeholderFactory, member_of
from tests.support import markup_of
from workflow.items.actions import open_item
from workflow.moves.models import Decision

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("reference")]


def story():
    row, url = cases.story()
    member_of(row.stakeholder, language="fr")
    return row, f"{url}refuse/", {"reason": "rights", "note": "Whose photograph?"}


def resource():
    stakeholder = StakeholderFactory()
    member_of(stakeholder, language="fr")
    row = resource_in("pending", suggested_for=stakeholder)
    open_item(row, "look", waits_for=Role.CURATION)
    sent = {"reason": "unclear", "note": "Whose photograph?", "version": row.version}
    return row, f"/en/desk/resources/{row.pk}/refuse/", sent


def change():
    row, url = cases.change()
    member_of(Stakeholder.objects.get(), language="fr")
    return row, f"{url}refuse/", {"refuse-note": "Whose photograph?"}


def standing():
    row, url = cases.standing()
    User.objects.filter(memberships__stakeholder=row).update(language="fr")
    return row, f"{url}suspend/", {"suspend-reason": "other", "suspend-note": "Whose photograph?"}


def introduction():
    row, url = cases.introduction()
    row.asker.language = "fr"
    row.asker.save()
    return row, url, {"decline-reason": "other", "decline-note": "Whose photograph?"}


def join_request():
    row, url = cases.join_request()
    row.user.language = "fr"
    row.user.save()
    return row, url, {"decline-reason": "Whose photograph?"}


@pytest.mark.parametrize(
    ("case", "role", "name"),
    (
        (story, Role.CURATION, "refuse"),
        (resource, Role.CURATION, "refuse"),
        (change, Role.VETTING, "refuse"),
        (standing, Role.VETTING, "suspend"),
        (introduction, Role.VETTING, "decline"),
        (join_request, Role.VETTING, "decline"),
    ),
)
def test_the_email_is_shown_before_the_button_and_nothing_is_decided(client, case, role, name):
    _row, url, sent = case()
    sign_in(client, person_with(role))
    messages, decisions = Message.objects.count(), Decision.objects.count()
    shown = markup_of(client.post(url, {**sent, "preview": name}))
    letter = shown.partition("The e-mail as it would be sent, in this language: French.")[2]
    assert letter.partition('<div class="form-actions">')[0].count("Whose photograph?") == 1
    assert 'lang="fr"' in letter.partition('<div class="form-actions">')[0]
    assert f'name="preview" value="{name}"' in letter
    assert (Message.objects.count(), Decision.objects.count()) == (messages, decisions)
    assert client.post(url, {**sent, name: "1"}).status_code == 302
    assert Message.objects.filter(language="fr").exists()
