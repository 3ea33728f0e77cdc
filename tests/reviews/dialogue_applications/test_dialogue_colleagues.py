"""An administrator prepares an application for a colleague, and only the colleague sends it."""

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from django.utils.timezone import now

from accounts.people.enums import Role
from core.errors import WrongState
from events.registrations.models import Registration
from notifications.delivery.compose import compose
from notifications.outbox.models import Message
from reviews.dialogue_applications import actions as dialogue_applications_actions
from reviews.dialogue_desk.actions_release import release
from reviews.dialogues.models import DialogueApplication, DialogueLine
from taxonomy.terms.models import Topic
from tests.factories.accounts import person_with, sign_in
from tests.factories.dialogues import DialogueFactory, close
from tests.factories.stakeholders import StakeholderFactory, member_of
from workflow.drafts.actions import draft
from workflow.receipts.models import Receipt

pytestmark = pytest.mark.django_db


def told_kinds(person, since=0):
    rows = Message.objects.filter(user=person, pk__gt=since).order_by("pk").values_list("kind", flat=True)
    return [kind.removeprefix("reviews.dialogue_") for kind in rows]


def test_an_administrator_writes_for_a_colleague_who_confirms_it(client, reference):  # noqa: PLR0915  one story
    stakeholder = StakeholderFactory(mission="We protect victims.")
    admin, colleague = member_of(stakeholder), member_of(stakeholder, role="reader")
    editor, stranger = member_of(stakeholder, role="editor"), member_of(StakeholderFactory())
    first = DialogueFactory(topics=list(Topic.objects.in_order()[:1]))
    begin = f"{reverse('dialogues:apply_for', args=[stakeholder.pk])}?dialogue={first.pk}"
    for person in (editor, colleague, stranger):
        sign_in(client, person)
        assert client.get(begin).status_code == 404
    sign_in(client, admin)
    assert "Apply for a colleague" in client.get(reverse("dialogues:apply")).text
    assert "Select a valid choice" in client.post(begin, {"person": stranger.pk}).text
    form = client.post(begin, {"person": colleague.pk})["Location"]
    application = DialogueApplication.objects.get()
    page, check = application.get_absolute_url(), reverse("dialogues:check", args=[application.pk])
    text = client.get(form).text
    assert f"For {colleague.name}" in text
    for name in ("access_needs", "gender", "shares_with_bureau", "travel_reason"):
        assert f'name="{name}"' not in text
    topic = first.event.topics.get()
    fields = {
        "version": application.version,
        "dialogues": [first.pk],
        "mode": "online",
        "language": "en",
        f"topic_{topic.pk}": "She led our shelter for ten years.",
        "check": "1",
        "access_needs": "A ramp",
        "shares_with_bureau": "on",
    }
    assert client.post(form, fields)["Location"] == check
    application.refresh_from_db()
    assert (application.access_needs, application.shares_with_bureau) == ("", False)
    with pytest.raises(PermissionDenied):
        dialogue_applications_actions.submit(application, actor=admin)
    assert f"Ask {colleague.name} to confirm it" in client.get(check).text
    client.post(check)
    # Not sent: nobody else sees it, and whoever prepared it writes no more.
    assert not Receipt.objects.exists()
    assert f"{colleague.name} has to confirm it" in client.get(page).text
    assert client.get(form)["Location"] == page
    client.post(check)
    assert told_kinds(colleague) == ["to_confirm"]
    mail = compose(Message.objects.get(user=colleague))
    assert admin.name in mail.body
    assert form in mail.body
    for person in (editor, stranger, person_with(Role.REVIEWS)):
        sign_in(client, person)
        assert client.get(page).status_code == 404
        assert client.get(form).status_code == 404

    # The colleague adds what only they can say, and sends it.
    sign_in(client, colleague)
    assert "wrote this for you" in client.get(form).text
    application.refresh_from_db()
    fields |= {"version": application.version, "access_needs": "A place for my assistant"}
    del fields["shares_with_bureau"]
    assert "cannot decide on the application" in client.post(form, fields).text
    application.refresh_from_db()
    fields |= {"version": application.version, "shares_with_bureau": "on"}
    assert client.post(form, fields)["Location"] == check
    client.post(check)
    line = DialogueLine.objects.get()
    assert (line.status, line.person) == ("submitted", colleague)
    assert told_kinds(colleague) == ["to_confirm", "received"]
    assert told_kinds(admin) == ["colleague"]
    sign_in(client, admin)
    assert "A place for my assistant" not in client.get(page).text
    assert reverse("dialogues:withdraw", args=[line.pk]) in client.get(page).text

    # Decided in a batch: both are told, as many as were named before; the seat is the colleague's.
    desk = person_with(Role.REVIEWS)
    DialogueLine.objects.update(status="with_bureau")
    draft_line = DialogueLine.objects.select_related("application", "dialogue").get()
    draft(draft_line, "accept", batch=first.batch, actor=desk)
    since = Message.objects.latest("pk").pk
    release(close(first), actor=desk, mails=3)
    assert Message.objects.filter(pk__gt=since).count() == 3
    assert "accepted" in told_kinds(colleague, since)
    mail = compose(Message.objects.get(user=admin, pk__gt=since))
    assert f"{colleague.name} to “{first.event.title}” has a new status: Accepted" in mail.body
    seat = Registration.objects.get()
    assert (seat.user, seat.status) == (colleague, "confirmed")
    # Either gives the place back, and the other hears of it; nobody else does.
    with pytest.raises(WrongState):
        dialogue_applications_actions.withdraw(line, actor=member_of(stakeholder))
    since = Message.objects.latest("pk").pk
    client.post(reverse("dialogues:withdraw", args=[line.pk]))
    seat.refresh_from_db()
    line.refresh_from_db()
    assert (line.status, seat.status) == ("withdrawn", "cancelled")
    assert "withdrawn" in told_kinds(colleague, since)
    assert told_kinds(admin, since) == ["colleague"]

    # Nobody is applied for twice, and what was not confirmed can be taken back by either.
    sign_in(client, admin)
    draft_page = client.post(begin, {"person": colleague.pk})["Location"]
    again = DialogueApplication.objects.get(submitted_at=None)
    assert client.post(begin, {"person": colleague.pk})["Location"] == draft_page
    other_admin = member_of(stakeholder)
    sign_in(client, other_admin)
    assert "under way already" in client.post(begin, {"person": colleague.pk}).text
    DialogueApplication.objects.filter(pk=again.pk).update(asked_at=now())
    since = Message.objects.latest("pk").pk
    sign_in(client, colleague)
    client.post(reverse("dialogues:discard", args=[again.pk]))
    assert not DialogueApplication.objects.filter(submitted_at=None).exists()
    assert told_kinds(admin, since) == ["not_confirmed"]
    assert "was deleted before it was confirmed" in compose(Message.objects.latest("pk")).body
