"""What an applicant types is never lost: autosave, a session that ended; more time for one stakeholder."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils.timezone import now

from audit.models import Entry
from notifications.outbox.models import Message
from reviews.dialogues.models import Dialogue, DialogueApplication
from tests.factories.accounts import UserFactory, sign_in
from tests.factories.dialogues import DialogueFactory, draft_to
from tests.factories.stakeholders import StakeholderFactory, member_of

pytestmark = pytest.mark.django_db


def test_a_draft_saves_itself_and_what_was_typed_when_signed_out_is_there_again(client, reference):
    dialogue = DialogueFactory()
    application, person = draft_to(dialogue)
    [topic] = dialogue.event.topics.all()
    path = reverse("dialogues:autosave", args=[application.pk])
    fields = {
        "version": application.version,
        "dialogues": [dialogue.pk],
        "mode": "online",
        "language": "en",
        f"topic_{topic.pk}": "Courts and the sea.",
        "access_needs": "A ramp",
    }
    assert client.post(path, fields).status_code == 401
    sign_in(client, UserFactory())
    assert client.post(path, fields).status_code == 404
    sign_in(client, person)
    page = client.get(reverse("dialogues:write", args=[application.pk])).content.decode()
    assert f'data-autosave="{path}"' in page
    assert "js/autosave" in page
    answer = client.post(path, fields)
    assert answer.status_code == 200
    assert answer.json()["version"] == application.version + 1
    # What cannot be read is left as it was, and the rest is kept.
    answer = client.post(
        path, {**fields, "version": application.version + 1, "mode": "flying", "language": ""}
    )
    assert "except what is not complete yet" in answer.json()["said"]
    stored = DialogueApplication.objects.get(pk=application.pk)
    assert (stored.mode, stored.access_needs, stored.lines.count()) == ("online", "A ramp", 1)
    assert stored.expertise.get().text == "Courts and the sea."
    # Another window was first: nothing is written over.
    answer = client.post(path, {**fields, "access_needs": "Lost"})
    assert answer.status_code == 409
    assert DialogueApplication.objects.get(pk=application.pk).access_needs == "A ramp"

    # Without the script: signed out while writing.
    write = reverse("dialogues:write", args=[application.pk])
    client.logout()
    typed = {**fields, "version": stored.version, f"topic_{topic.pk}": "Typed while signed out"}
    assert reverse("account_login") in client.post(write, typed)["Location"]
    sign_in(client, person)
    assert "Typed while signed out" in client.get(write).content.decode()
    assert client.post(write, typed).status_code == 302
    assert DialogueApplication.objects.get(pk=application.pk).expertise.get().text == "Typed while signed out"
    assert "before you were signed out" not in client.get(write).content.decode()


def test_one_stakeholder_is_given_more_time_and_nobody_else(as_keeper, keeper, client, reference):
    dialogue = DialogueFactory()
    Dialogue.objects.update(closes_at=now() - timedelta(days=1))
    late, other = StakeholderFactory(name="Late Watch"), StakeholderFactory(name="Other Watch")
    person, outsider = member_of(late), member_of(other)
    path = reverse("dialoguedesk:extend", args=[dialogue.pk])
    until = (now() + timedelta(days=3)).strftime("%Y-%m-%dT%H:%M")
    page = as_keeper.post(path, {"stakeholder": "Nobody", "until": until, "reason": ""}).content.decode()
    assert "exactly as the directory shows it" in page
    assert "Please give a reason." in page
    past = as_keeper.post(
        path, {"stakeholder": "Late Watch", "until": "2020-01-01T10:00", "reason": "Strike"}
    )
    assert "Choose an instant" in past.content.decode()
    assert (
        as_keeper.post(
            path, {"stakeholder": "Late Watch", "until": until, "reason": "No electricity"}
        ).status_code
        == 302
    )
    page = as_keeper.get(path).content.decode()
    assert "Late Watch" in page
    assert "No electricity" in page
    assert Entry.objects.filter(action="workflow.extension.give", actor_id=keeper.pk).count() == 1
    [mail] = Message.objects.filter(kind="reviews.dialogue_time_given")
    assert mail.user == person
    apply = f"{reverse('dialogues:apply')}?dialogue={dialogue.pk}"
    for reader, may in ((person, True), (outsider, False)):
        sign_in(client, reader)
        assert (apply in client.get(dialogue.get_absolute_url()).content.decode()) is may
        assert client.get(path).status_code == 404
    client.logout()
    assert apply not in client.get(dialogue.get_absolute_url()).content.decode()
