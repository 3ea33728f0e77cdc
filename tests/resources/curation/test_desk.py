"""The way of a suggestion, and what the desk does with records, as those who do it see it."""

import json
from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.timezone import localtime, now

from accounts.people.enums import Role
from core.errors import DomainError, WrongState
from notifications.happenings.models import Happening
from notifications.outbox.models import Message
from resources.bookmarks.enums import Alerts
from resources.bookmarks.models import Bookmark, SavedSearch
from resources.curation import actions as curation_actions
from resources.curation import actions_merging as curation_actions_merging
from resources.curation.models import Guidance
from resources.curation.queries import revisions
from resources.files.models import ProposedFile
from resources.records.identifiers import doi, isbn, partial_date, symbol
from resources.records.models import Edition, Resource, ResourceRelation
from resources.records.queries import differences, facts_of
from resources.suggestions import actions as suggestions_actions
from search.models import Document
from stakeholders.trust.actions import trust_source
from taxonomy.curation.actions import merge_terms
from taxonomy.terms.models import Topic
from tests.factories.accounts import UserFactory, person_with, sign_in
from tests.factories.files import file_of
from tests.factories.notifications import due_days
from tests.factories.resources import EditionFactory, ResourceFactory, resource_in
from tests.factories.stakeholders import StakeholderFactory, member_of
from tests.resources import documents
from tests.support import markup_of
from workflow.changes.models import ChangeRequest
from workflow.items.models import WorkItem
from workflow.items.queries import due_of
from workflow.moves.models import Decision
from workflow.moves.queries import moves_open_to

pytestmark = pytest.mark.django_db

FACTS: dict[str, Any] = {
    "kind": "guide",
    "audience": "public",
    "language": "en",
    "topics": ["corruption"],
    "edition_en": {"title": "A guide", "abstract": "What it is.", "link": "https://example.org/guide"},
}
ANSWERS = {
    "kind": "toolkit",
    "language": "en",
    "title": "Toolkit for ports",
    "abstract": "On watching ports.",
    "link": "https://example.org/ports",
    "topics": ["corruption"],
    "audience": "public",
    "published_on": "2024-05",
    "isbn": "0-306-40615-2",
    "authors": "A. Writer\nB. Writer",
    "editions-rows": "0",
}


def submitted_suggestion(**facts: Any) -> tuple[Resource, Any]:
    author = member_of(StakeholderFactory())
    stakeholder = author.memberships.get().stakeholder
    resource = suggestions_actions.begin(actor=author, stakeholder=stakeholder, facts={**FACTS, **facts})
    return suggestions_actions.submit(resource, actor=author).resource, author


def test_what_is_missing_before_publication_leads_to_its_field(client: Any, reference: None) -> None:
    sign_in(client, person_with(Role.CURATION))
    resource = ResourceFactory(status="draft", original__abstract="")
    page = reverse("resourcedesk:record", args=[resource.pk])
    edit = reverse("resourcedesk:edit", args=[resource.pk])
    shown = markup_of(client.get(page))
    for field in ("abstract", "topics"):
        assert f'<a href="{edit}#id_{field}">' in shown
        assert f'id="id_{field}"' in client.get(edit).text
    Resource.objects.filter(pk=resource.pk).update(status="published")
    assert "Still missing" not in client.get(page).text


@pytest.mark.behaviour("K-04")
@pytest.mark.behaviour("K-13")
def test_a_suggestion_is_asked_about_mended_refused_and_sent_again(client: Any) -> None:  # noqa: PLR0915
    author, desk = member_of(StakeholderFactory(name="Port Watch")), person_with(Role.CURATION)
    stakeholder = author.memberships.get().stakeholder
    sign_in(client, author)
    client.post(reverse("resources:suggest"), {"stakeholder": stakeholder.pk, "link": ANSWERS["link"]})
    resource = Resource.objects.get()
    for step in ("describe", "check"):
        resource.refresh_from_db()
        answers = {**ANSWERS, "version": resource.version, "later": "1"}
        client.post(reverse("resources:add", args=[resource.pk, step]), answers)
    with_desk = client.post(reverse("resources:submit", args=[resource.pk]), follow=True)
    assert "Who acts next" in with_desk.text
    resource.refresh_from_db()
    assert (resource.status, resource.isbn, str(resource.published_on), resource.precision) == (
        "pending",
        "9780306406157",
        "2024-05-01",
        "month",
    )

    # The desk finds it in the queue, takes it, and asks about one field.
    sign_in(client, desk)
    queue = client.get(reverse("resourcedesk:home")).content.decode()
    assert "Toolkit for ports" in queue
    assert "Unassigned" in queue
    client.post(reverse("resourcedesk:take", args=[resource.pk]))
    assert WorkItem.objects.about(resource).open().get().holder == desk
    assert "Toolkit for ports" in client.get(reverse("resourcedesk:home"), {"holder": "me"}).content.decode()
    nobody = client.get(reverse("resourcedesk:home"), {"state": "pending", "holder": "nobody"})
    assert "Toolkit for ports" not in nobody.content.decode()
    wrong = client.post(reverse("resourcedesk:hold", args=[resource.pk]), {"version": resource.version})
    assert "Ask at a field, or write why it is" in wrong.content.decode()
    client.post(
        reverse("resourcedesk:hold", args=[resource.pk]),
        {"version": resource.version, "ask_publisher": "Who publishes it?", "note": "Nearly there."},
    )

    assert WorkItem.objects.about(resource).open().get().is_paused
    # Its suggester sees the question, and may answer that alone.
    sign_in(client, author)
    page = client.get(reverse("resources:suggestion", args=[resource.pk])).content.decode()
    assert "Who publishes it?" in page
    assert "Nearly there." in page
    resource.refresh_from_db()
    assert "Suggestion for the library" in client.get(reverse("portal:me")).content.decode()
    form = client.get(reverse("resources:write", args=[resource.pk])).content.decode()
    assert "Who publishes it?" in form
    assert 'name="title"' not in form
    client.post(
        reverse("resources:write", args=[resource.pk]),
        {"version": resource.version, "publisher": "Port Press", "title": "Sneaked in", "save": "1"},
    )
    client.post(reverse("resources:suggestion_act", args=[resource.pk, "answer"]))
    resource.refresh_from_db()
    assert (resource.status, resource.publisher, resource.title) == (
        "pending",
        "Port Press",
        "Toolkit for ports",
    )

    # Refused with a reason that the suggester reads; revised, sent again, published.
    sign_in(client, desk)
    client.post(
        reverse("resourcedesk:refuse", args=[resource.pk]),
        {"version": resource.version, "reason": "unclear", "note": "Say more."},
    )
    sign_in(client, author)
    page = client.get(reverse("resources:suggestion", args=[resource.pk])).content.decode()
    assert "Too little is known about it" in page
    assert "Say more." in page
    client.post(reverse("resources:suggestion_act", args=[resource.pk, "revise"]))
    client.post(reverse("resources:submit", args=[resource.pk]))
    resource.refresh_from_db()
    assert resource.status == "pending"
    sign_in(client, desk)
    gone_on = client.post(
        reverse("resourcedesk:publish", args=[resource.pk]), {"version": resource.version - 1}
    )
    assert "changed this in the meantime" in gone_on.content.decode()
    client.post(reverse("resourcedesk:publish", args=[resource.pk]), {"version": resource.version})
    resource.refresh_from_db()
    assert resource.status == "published"
    # Whoever leaves the stakeholder leaves its suggestions.
    author.memberships.all().delete()
    sign_in(client, author)
    assert client.get(reverse("resources:suggestion", args=[resource.pk])).status_code == 404
    assert Document.objects.filter(kind="resources.resource", object_id=resource.pk, audience=0).exists()
    assert not WorkItem.objects.about(resource).open().exists()
    kinds = Message.objects.filter(user=author).order_by("pk").values_list("kind", flat=True)
    assert list(kinds) == [f"resources.yours_{outcome}" for outcome in ("returned", "refused", "published")]


@pytest.mark.behaviour("K-03")
@pytest.mark.parametrize(("trusted", "starts"), ((3, "published"), (2, "pending"), (0, "hold")))
def test_the_least_trusted_of_the_three_says_where_it_starts(client: Any, trusted: int, starts: str) -> None:
    head = person_with(Role.CURATION)
    stakeholder = StakeholderFactory()
    author = member_of(stakeholder, email="a@institute.example")
    sources = [{"person": author}, {"stakeholder": stakeholder}, {"domain": "institute.example"}]
    for source in sources[:trusted]:
        trust_source(actor=head, level=2, note="Known for years.", **source)
    if not trusted:
        trust_source(actor=head, level=0, note="Sends what is not theirs.", person=author)
    draft = suggestions_actions.begin(actor=author, stakeholder=stakeholder, facts=FACTS)
    sign_in(client, author)
    client.post(reverse("resources:submit", args=[draft.pk]))
    resource = Resource.objects.get(pk=draft.pk)
    assert resource.status == starts
    waiting = set(WorkItem.objects.about(resource).open().values_list("what", flat=True))
    assert waiting == ({"review"} if starts == "published" else {"look"})
    if starts == "published":
        curation_actions.confirm(resource, actor=head)
        with pytest.raises(WrongState):
            curation_actions.confirm(resource, actor=person_with(Role.CURATION))
    with pytest.raises(PermissionDenied):
        suggestions_actions.save(resource, actor=UserFactory(), version=resource.version, facts=FACTS)


@pytest.mark.behaviour("K-18")
def test_a_published_record_is_changed_by_a_request_with_differences_and_the_desk_sees_who(
    client: Any,
) -> None:
    resource, author = submitted_suggestion()
    desk, colleague = person_with(Role.CURATION, name="Curator One"), person_with(Role.CURATION)
    resource = curation_actions.publish(resource, actor=desk)
    sign_in(client, author)
    answers = {
        **ANSWERS,
        "title": "A better guide",
        "version": resource.version,
        "editions-rows": "1",
        "editions-0-language": "fr",
        "editions-0-text_title": "Un guide",
    }
    client.post(reverse("resources:propose", args=[resource.pk]), answers)
    change = ChangeRequest.objects.get()
    notices = Message.objects.filter(kind="resources.change_proposed")
    assert {message.user for message in notices} == {desk, colleague}
    assert due_days("resources.change_proposed") == {due_of(change)} != {""}
    resource.refresh_from_db()
    assert resource.title == "A guide"
    again = client.post(reverse("resources:propose", args=[resource.pk]), {**answers, "title": "Third"})
    assert "already waiting" in again.content.decode()
    sign_in(client, desk)
    page = client.get(reverse("resourcedesk:change", args=[change.pk])).content.decode()
    for text in ("<del", "A guide", "A better guide", "Un guide"):
        assert text in page
    assert (
        "Please give a reason."
        in client.post(reverse("resourcedesk:change", args=[change.pk]), {"refuse": "1"}).content.decode()
    )
    client.post(reverse("resourcedesk:change", args=[change.pk]), {"approve": "1"})
    resource.refresh_from_db()
    assert resource.title == "A better guide"
    assert Document.objects.filter(object_id=resource.pk, title="A better guide").exists()
    # Each change is kept with who made it.
    curation_actions.edit(resource, actor=desk, version=resource.version, facts={"publisher": "Second Press"})
    latest, first = revisions(resource)
    assert latest.who == first.who == desk
    assert latest.revision.changes == {"publisher": ["", "Second Press"]}
    assert first.revision.changes["edition_en.title"] == ["A guide", "A better guide"]
    shown = client.get(reverse("resourcedesk:record", args=[resource.pk])).content.decode()
    assert "Second Press" in shown
    assert "Curator One" in shown


@pytest.mark.behaviour("K-18")
def test_a_file_of_a_published_record_is_replaced_once_the_desk_agrees(
    client: Any, django_capture_on_commit_callbacks: Any
) -> None:
    resource, author = submitted_suggestion()
    desk = person_with(Role.CURATION)
    curation_actions.publish(resource, actor=desk)
    edition = resource.editions.get()
    old = file_of(edition, documents.pdf("old"))
    address = reverse("resources:propose_file", args=[resource.pk, "en"])
    sign_in(client, author)
    assert address in client.get(reverse("resources:suggestion", args=[resource.pk])).text
    same = {"upload": SimpleUploadedFile("old.pdf", documents.pdf("old"), "application/pdf")}
    assert "This file is already here" in client.post(address, same).text
    assert not ProposedFile.objects.exists()

    def propose(words: str) -> ProposedFile:
        upload = SimpleUploadedFile("new.pdf", documents.pdf(words), "application/pdf")
        sign_in(client, author)
        answer = client.post(address, {"upload": upload, "label": "Second edition"})
        assert answer.url == reverse("resources:suggestion", args=[resource.pk])
        return ProposedFile.objects.get()

    proposed = propose("first try")
    third = {"upload": SimpleUploadedFile("x.pdf", documents.pdf("third"), "application/pdf")}
    assert "already waiting" in client.post(address, third).text
    storage, name = proposed.file.storage, str(proposed.file.name)
    assert storage.exists(name)
    for person, status in ((author, 200), (desk, 200), (UserFactory(), 404)):
        sign_in(client, person)
        assert client.get(proposed.get_absolute_url()).status_code == status
    sign_in(client, desk)
    change = ChangeRequest.objects.get()
    page = reverse("resourcedesk:change", args=[change.pk])
    assert f'<a href="{proposed.get_absolute_url()}"><bdi>new.pdf · Second edition' in client.get(page).text
    with django_capture_on_commit_callbacks(execute=True):
        client.post(page, {"refuse": "1", "note": "The old one is right."})
    assert not ProposedFile.objects.exists()
    assert not storage.exists(name)
    assert [file.pk for file in edition.files.all()] == [old.pk]
    proposed = propose("second try")
    sign_in(client, desk)
    change = ChangeRequest.objects.latest("pk")
    assert client.get(reverse("resources:download", args=[resource.pk, "en"])).url.endswith(f"/{old.pk}/")
    with django_capture_on_commit_callbacks(execute=False):
        client.post(reverse("resourcedesk:change", args=[change.pk]), {"approve": "1"})
    newest, first = edition.files.all()
    assert (newest.number, newest.label, newest.sha256) == (2, "Second edition", proposed.sha256)
    assert (newest.uploaded_by, newest.text_state, first.pk) == (author, "waiting", old.pk)
    assert newest.file.open("rb").read() == documents.pdf("second try")
    assert not ProposedFile.objects.exists()


def described() -> str:
    return reverse("resourcedesk:add", args=[resource_in("draft").pk, "describe"])


@pytest.mark.behaviour("K-05")
def test_the_desk_advises_beside_a_field_in_the_readers_language(client: Any) -> None:
    Guidance.objects.create(
        field="title", text="Copy the **title**.", translations={"fr": {"text": "Copiez le titre."}}
    )
    sign_in(client, person_with(Role.CURATION))
    page = client.get(described()).content.decode()
    beside = page.split('for="id_title"', 1)[1].split('for="id_abstract"', 1)[0]
    assert 'How to fill in<span class="visually-hidden">: Title</span>' in beside
    assert "Copy the <strong>title</strong>." in beside
    french = client.get(described().replace("/en/", "/fr/")).content.decode()
    assert '<div class="prose" lang="fr" dir="auto"><p>Copiez le titre.' in french


@pytest.mark.parametrize("stored", ["null", '{"fr": null}', '{"fr": {"text": null}}'])
def test_guidance_without_a_translation_is_read_as_it_was_written(client: Any, stored: str) -> None:
    Guidance.objects.create(field="title", text="Copy it.")
    with connection.cursor() as cursor:
        cursor.execute("UPDATE resources_guidance SET translations = %s", [stored])
    sign_in(client, person_with(Role.CURATION))
    page = client.get(described().replace("/en/", "/fr/"))
    assert "<p>Copy it." in page.text


@pytest.mark.parametrize(
    ("translations", "problem"),
    [
        ("", False),
        ("null", False),
        ("{}", False),
        ('{"fr": {"text": "Oui"}}', False),
        ('{"fr": "Oui"}', True),
        ("[1]", True),
        ('"Oui"', True),
        ('{"fr": {"text": 1}}', True),
    ],
)
def test_translations_of_guidance_may_be_emptied_and_have_their_shape(
    client: Any, translations: str, problem: bool
) -> None:
    guidance = Guidance.objects.create(
        field="title", text="Copy it.", translations={"fr": {"text": "Copiez."}}
    )
    sign_in(client, person_with(Role.CURATION))
    fields = {"field": "title", "text": "Copy it.", "translations": translations}
    answer = client.post("/en/admin/resources/guidance/title/change/", fields)
    assert answer.status_code == (200 if problem else 302)
    if problem:
        assert list(answer.context["adminform"].form.errors) == ["translations"]
    guidance.refresh_from_db()
    assert isinstance(guidance.translations, dict)
    assert "Décrire la ressource" in client.get(described().replace("/en/", "/fr/")).text


@pytest.mark.behaviour("K-01")
def test_only_permitted_moves_are_offered_and_made(client: Any) -> None:
    resource, author = submitted_suggestion()
    desk = person_with(Role.CURATION)
    for verb in ("archive", "restore", "withdraw"):
        with pytest.raises(DomainError):
            getattr(curation_actions, verb)(
                resource, actor=desk, **({"reason": "rights"} if verb == "withdraw" else {})
            )
    with pytest.raises(PermissionDenied):
        curation_actions.publish(resource, actor=author)
    # Of the moves that its status allows, each has those that are theirs to make.
    assert [name for name, _move in moves_open_to(author, resource)] == ["take_back"]
    assert "take_back" not in dict(moves_open_to(desk, resource))
    sign_in(client, desk)
    page = client.get(reverse("resourcedesk:record", args=[resource.pk])).content.decode()
    assert reverse("resourcedesk:publish", args=[resource.pk]) in page
    assert reverse("resourcedesk:archive", args=[resource.pk]) not in page
    assert reverse("resourcedesk:withdraw", args=[resource.pk]) not in page
    # Nobody decides on what their own stakeholder suggests.
    near = person_with(Role.CURATION)
    near.memberships.create(stakeholder=resource.suggested_for, role="reader")
    with pytest.raises(DomainError, match="involved in"):
        curation_actions.publish(resource, actor=near)
    sign_in(client, author)
    for name in ("home", "new", "record", "edit", "publish", "hold", "refuse", "merge", "split"):
        args = [] if name in ("home", "new") else [resource.pk]
        assert client.get(reverse(f"resourcedesk:{name}", args=args)).status_code == 404, name
    sign_in(client, member_of(StakeholderFactory()))
    for name in ("suggestion", "write", "propose"):
        assert client.get(reverse(f"resources:{name}", args=[resource.pk])).status_code == 404, name
    sign_in(client, desk)
    client.post(reverse("resourcedesk:publish", args=[resource.pk]), {"version": resource.version})
    client.post(reverse("resourcedesk:archive", args=[resource.pk]), {"next": ""})
    resource.refresh_from_db()
    assert resource.status == "archived"
    moves = Decision.objects.about(resource).order_by("pk").values_list("move", "actor")
    assert list(moves) == [("submit", author.pk), ("publish", desk.pk), ("archive", desk.pk)]


@pytest.mark.behaviour("K-12")
def test_what_is_withdrawn_answers_410_and_what_was_merged_leads_on(client: Any) -> None:
    gone, old, new = ResourceFactory(title="Old news"), ResourceFactory(), ResourceFactory()
    hidden = ResourceFactory(audience="members")
    desk = person_with(Role.CURATION)
    address, hidden_address, old_address = (resource.get_absolute_url() for resource in (gone, hidden, old))
    for resource in (gone, hidden):
        curation_actions.archive(resource, actor=desk)
        curation_actions.withdraw(resource, actor=desk, reason="safety", note="At the wish of a witness.")
    page = client.get(address)
    assert page.status_code == 410
    html = page.content.decode()
    gone.refresh_from_db()
    day = date_format(localtime(gone.withdrawn_at), "DATE_FORMAT")
    for text in ("Old news", day, "It could put people at risk", "At the wish of a witness."):
        assert text in html
    assert "What it is about." not in html
    assert client.get(hidden_address).status_code == 404
    Resource.objects.filter(pk__in=(old.pk, new.pk)).update(audience="public")
    Edition.objects.filter(resource__in=(old, new)).update(abstract="x")
    curation_actions_merging.merge(old, new, actor=desk)
    led = client.get(old_address)
    assert (led.status_code, led.url) == (301, new.get_absolute_url())


def test_what_is_under_embargo_is_found_and_told_when_it_ends(time_machine: Any) -> None:
    desk = person_with(Role.CURATION)
    until = now() + timedelta(hours=2)
    resource = curation_actions.begin(actor=desk, facts={**FACTS, "embargo_until": until.isoformat()})
    resource = curation_actions.publish(resource, actor=desk)
    assert resource.announced_at is None
    assert not Document.objects.filter(kind="resources.resource").exists()
    assert curation_actions.announce_due() == 0
    time_machine.move_to(until, tick=False)
    assert Resource.objects.listed().filter(pk=resource.pk).exists()
    assert curation_actions.announce_due() == 1
    assert curation_actions.announce_due() == 0
    indexed = Document.objects.filter(kind="resources.resource", object_id=resource.pk)
    assert indexed.exists()
    # Put under embargo again, it is out of sight and comes back by itself; nobody is told twice.
    again = (until + timedelta(hours=1)).isoformat()
    resource.refresh_from_db()
    curation_actions.edit(resource, actor=desk, version=resource.version, facts={"embargo_until": again})
    assert not indexed.exists()
    time_machine.move_to(until + timedelta(hours=1), tick=False)
    assert curation_actions.announce_due() == 1
    assert indexed.exists()
    assert Happening.objects.filter(kind="resources.resource_published").count() == 1


def test_withdrawn_is_gone_from_the_index_and_can_come_back() -> None:
    resource, _author = submitted_suggestion()
    desk = person_with(Role.CURATION)
    curation_actions.publish(resource, actor=desk)
    with pytest.raises(DomainError):
        curation_actions.withdraw(resource, actor=desk, reason="nonsense")
    resource = curation_actions.withdraw(
        resource, actor=desk, reason="rights", note="At the wish of its owner."
    )
    assert not Document.objects.filter(kind="resources.resource").exists()
    assert not Resource.objects.visible_to(UserFactory()).exists()
    assert Resource.objects.tombstones_for(UserFactory()).get().withdrawn_note == "At the wish of its owner."
    with pytest.raises(WrongState):
        curation_actions.edit(resource, actor=desk, version=resource.version, facts={"publisher": "X"})
    assert curation_actions.restore(resource, actor=desk).withdrawn_reason == ""
    assert Document.objects.filter(kind="resources.resource").exists()


def test_one_suggestion_becomes_two_and_two_records_one() -> None:
    first, author = submitted_suggestion()
    desk = person_with(Role.CURATION)
    second = curation_actions_merging.split(first, actor=desk, title="The other half")
    assert (second.status, second.suggested_for, second.title) == (
        "pending",
        first.suggested_for,
        "The other half",
    )
    assert WorkItem.objects.about(second).open().exists()
    third = ResourceFactory(title="A guide, second printing")
    EditionFactory(resource=third, title="Un guide")
    Bookmark.objects.create(user=author, resource=third)
    other = ResourceFactory()
    ResourceRelation.objects.create(resource=third, other=other, kind="see_also")
    curation_actions.publish(first, actor=desk)
    remaining = curation_actions_merging.merge(third, first, actor=desk)
    assert set(Edition.objects.filter(resource=remaining).values_list("language", flat=True)) == {"en", "fr"}
    assert Bookmark.objects.get().resource == remaining
    assert ResourceRelation.objects.filter(resource=remaining, other=other).exists()
    third.refresh_from_db()
    assert (third.status, third.merged_into) == ("merged", remaining)
    with pytest.raises(DomainError):
        curation_actions_merging.merge(remaining, remaining, actor=desk)
    with pytest.raises(DomainError, match="The other resource has a wider"):
        curation_actions_merging.merge(ResourceFactory(audience="members"), remaining, actor=desk)
    with pytest.raises(DomainError, match="under embargo"):
        curation_actions_merging.merge(
            ResourceFactory(embargo_until=now() + timedelta(days=1)), remaining, actor=desk
        )


def test_facts_tell_what_differs_and_an_original_may_turn_out_to_be_in_another_language() -> None:
    desk = person_with(Role.CURATION)
    resource = curation_actions.begin(actor=desk, facts=FACTS)
    before = facts_of(resource)
    assert differences(before, before) == {}
    edition = resource.editions.get().pk
    curation_actions.edit(
        resource,
        actor=desk,
        version=resource.version,
        facts={"language": "fr", "edition_en": {}, "edition_fr": FACTS["edition_en"]},
    )
    assert (Edition.objects.get().pk, Edition.objects.get().language_id) == (edition, "fr")
    resource.refresh_from_db()
    assert json.dumps(facts_of(resource))
    changes = differences(before, facts_of(resource))
    assert changes["language"] == ["en", "fr"]
    with pytest.raises(WrongState):
        curation_actions.edit(resource, actor=desk, version=resource.version - 1, facts={"publisher": "Late"})


def test_merging_two_topics_takes_their_records_along() -> None:
    resource = ResourceFactory()
    old, new = Topic.objects.get(pk="counterfeiting"), Topic.objects.get(pk="falsified-medical-products")
    resource.topics.add(old)
    reader, beside = UserFactory(), UserFactory()
    for query, alerts in (
        (f"topic={old.pk}&topic=firearms&not_crime={old.pk}", Alerts.DAILY),
        (f"topic={old.pk}", Alerts.DAILY),
        (f"topic={new.pk}", Alerts.WEEKLY),
        (f"q={old.pk}", Alerts.OFF),
    ):
        SavedSearch.objects.create(user=reader, name=query[:120], query=query, alerts=alerts)
    SavedSearch.objects.create(user=beside, name="Mine", query=f"topic={old.pk}", alerts=Alerts.OFF)
    merge_terms(old, new, actor=person_with(Role.ADMINISTRATOR))
    assert [topic.pk for topic in resource.topics.all()] == [new.pk]
    assert dict(SavedSearch.objects.filter(user=reader).values_list("query", "alerts")) == {
        f"topic={new.pk}&topic=firearms&not_crime={new.pk}": Alerts.DAILY,
        f"topic={new.pk}": Alerts.DAILY,
        f"q={old.pk}": Alerts.OFF,
    }
    assert [search.query for search in beside.saved_searches.all()] == [f"topic={new.pk}"]
    assert (
        Document.objects.get(object_id=resource.pk, kind="resources.resource").facets[-1] == f"topic:{new.pk}"
    )


@pytest.mark.parametrize(
    ("read", "text", "expected"),
    (
        (isbn, "978-0-306-40615-7", "9780306406157"),
        (isbn, "0-306-40615-2", "9780306406157"),
        (isbn, "978-0-306-40615-8", None),
        (isbn, "97803064061", None),
        (isbn, "٩٧٨٠٣٠٦٤٠٦١٥٧", None),
        (doi, "https://doi.org/10.18356/9789210056250", "10.18356/9789210056250"),
        (doi, "11.1/x", None),
        (symbol, "CTOC/COP/WG.10/2020/3", "CTOC/COP/WG.10/2020/3"),
        (symbol, "A report", None),
        (partial_date, "2024-13", None),
        (partial_date, "0000", None),
        (partial_date, "soon", None),
    ),
)
def test_numbers_and_dates_are_checked(read: Any, text: str, expected: str | None) -> None:
    if expected is None:
        with pytest.raises(ValidationError):
            read(text)
    else:
        assert read(text) == expected
