"""A resource is added in three steps: at the desk, and by a member who suggests it."""

from typing import Any

import pytest
from django.urls import reverse

from accounts.people.enums import Role
from resources.files.actions_reading import read
from resources.files.models import ResourceFile
from resources.records.models import Resource
from tests.factories.accounts import person_with, sign_in
from tests.factories.files import file_of, upload
from tests.factories.resources import resource_in
from tests.factories.stakeholders import StakeholderFactory, member_of
from tests.resources import documents
from tests.support import assert_no_growth

pytestmark = pytest.mark.django_db

ANSWERS: dict[str, Any] = {
    "kind": "report",
    "language": "en",
    "title": "Routes",
    "abstract": "On routes.",
    "topics": ["corruption"],
    "editions-rows": "0",
}
PART: Any = {"HX-Request": "true", "HX-Target": "reading"}


def step(resource: Resource, name: str, *, desk: bool = True, at: str = "add") -> str:
    return reverse(f"{'resourcedesk' if desk else 'resources'}:{at}", args=[resource.pk, name])


def post_step(client: Any, resource: Resource, name: str, *, desk: bool = True, **fields: Any) -> Any:
    """A step as its page sends it, after somebody has read that page."""
    resource.refresh_from_db()
    return client.post(step(resource, name, desk=desk), {"version": resource.version, **fields})


def test_the_desk_adds_a_resource_by_file_description_and_audience(client: Any) -> None:
    desk = person_with(Role.CURATION)
    sign_in(client, desk)
    assert 'enctype="multipart/form-data"' in client.get(reverse("resourcedesk:new")).text
    wrong = client.post(reverse("resourcedesk:new"), {"upload": upload(name="routes.pdf"), "link": "http:/x"})
    # Whatever else is wrong: the file is not kept, and the page says so.
    assert set(wrong.context["form"].errors) == {"link", "upload"}
    assert not Resource.objects.exists()
    begun = client.post(reverse("resourcedesk:new"), {"upload": upload(name="routes.pdf")})
    resource = Resource.objects.get()
    assert begun.url == step(resource, "describe")
    assert (resource.status, resource.audience, resource.suggested_for) == ("draft", "", None)
    # Left here it is a draft in the list, told from others by its file.
    home = client.get(reverse("resourcedesk:home"), {"state": "draft"}).text
    assert "Resource without a title" in home
    assert "routes.pdf" in home
    page = client.get(reverse("resourcedesk:record", args=[resource.pk])).text
    assert step(resource, "describe") in page

    # What is missing is said at its field, and what was typed is kept.
    page = post_step(client, resource, "describe", title="Routes", language="en", **{"editions-rows": "0"})
    assert set(page.context["form"].errors) == {"kind", "abstract", "topics"}
    resource.refresh_from_db()
    assert resource.title == "Routes"
    late = client.post(
        step(resource, "describe"), {**ANSWERS, "title": "Late", "version": resource.version - 1}
    )
    assert "What the other window saved" in late.text
    assert post_step(client, resource, "describe", **ANSWERS).url == step(resource, "check")

    # Nothing is chosen beforehand, and nothing is published without a choice.
    page = client.get(step(resource, "check")).text
    assert "On routes." in page
    assert 'name="audience"' in page
    assert "checked" not in page
    without = post_step(client, resource, "check")
    assert without.context["form"].errors == {"audience": ["Choose who may read it."]}
    assert "desk" not in Resource.objects.values_list("audience", flat=True)
    later = post_step(client, resource, "check", audience="members", later="1")
    assert later.url == reverse("resourcedesk:record", args=[resource.pk])
    resource.refresh_from_db()
    assert (resource.status, resource.audience) == ("draft", "members")
    done = client.post(
        step(resource, "check"), {"version": resource.version, "audience": "members"}, follow=True
    )
    assert "The resource is published. Who can read it: Members." in done.text
    resource.refresh_from_db()
    assert (resource.status, resource.title, resource.kind) == ("published", "Routes", "report")
    assert ResourceFile.objects.get(edition__resource=resource).number == 1
    # What is no draft has no steps.
    assert client.get(step(resource, "describe")).url == reverse("resourcedesk:record", args=[resource.pk])


def test_going_back_keeps_everything_and_another_file_takes_the_place_of_the_first(client: Any) -> None:
    sign_in(client, person_with(Role.CURATION))
    client.post(reverse("resourcedesk:new"), {"upload": upload(name="old.pdf", content=documents.pdf("old"))})
    resource = Resource.objects.get()
    post_step(client, resource, "describe", **{**ANSWERS, "language": "fr"})
    page = client.get(step(resource, "file")).text
    assert "old.pdf" in page
    new = upload(name="new.pdf", content=documents.pdf("new"))
    assert post_step(client, resource, "file", upload=new, link="https://example.org/r").url == step(
        resource, "describe"
    )
    file = ResourceFile.objects.get()
    assert (file.name, file.number, file.edition.language_id, file.edition.link) == (
        "new.pdf",
        1,
        "fr",
        "https://example.org/r",
    )
    page = client.get(step(resource, "describe"))
    assert page.context["form"]["title"].value() == "Routes"
    assert page.context["form"]["topics"].value() == ["corruption"]
    # A blank title does not cost the file.
    post_step(
        client, resource, "describe", later="1", **{**ANSWERS, "title": "", "abstract": "", "language": "fr"}
    )
    assert ResourceFile.objects.get().edition.link == "https://example.org/r"
    late = client.post(step(resource, "file"), {"version": 0, "upload": upload(name="late.pdf")})
    assert set(late.context["form"].errors) == {"__all__", "upload"}


def test_what_the_file_says_is_proposed_and_said_to_be(client: Any) -> None:
    routes = documents.pdf("Where it goes by sea", "And by land", title="Routes of trade")
    sign_in(client, person_with(Role.CURATION))
    client.post(reverse("resourcedesk:new"), {"upload": upload(routes)})
    resource = Resource.objects.get()
    waiting = client.get(step(resource, "describe")).text
    assert "The file is being read." in waiting
    assert 'hx-trigger="every 3s"' in waiting
    read(ResourceFile.objects.get().pk)
    part = client.get(step(resource, "describe"), headers=PART).text
    assert "The file has been read." in part
    assert "<form" not in part
    # The other steps have no such part: they answer whole.
    for name in ("file", "check"):
        assert "<form" in client.get(step(resource, name), headers=PART).text
    page = client.get(step(resource, "describe"))
    for text in ("Read from the file; please check.", "2 pages", "Where it goes by sea"):
        assert text in page.text
    form = page.context["form"]
    assert (form["title"].value(), form["language"].value()) == ("Routes of trade", "en")
    # It is a proposal: nothing of it is kept before somebody sends it, and nothing that was typed gives way.
    resource.refresh_from_db()
    assert (resource.title, resource.language_id) == ("", "en")
    post_step(client, resource, "describe", later="1", **ANSWERS)
    form = client.get(step(resource, "describe")).context["form"]
    assert (form["title"].value(), form["language"].value()) == ("Routes", "en")
    # A language that the portal does not know is not proposed.
    other = resource_in("draft", title="", original__title="")
    file_of(other.editions.get(), documents.pdf("x"))
    ResourceFile.objects.filter(edition__resource=other).update(text_state="read", said_language="zz")
    assert "No title or language was found in the file" in client.get(step(other, "describe")).text


def test_a_member_suggests_in_the_same_steps_and_it_is_saved_while_writing(client: Any) -> None:
    author = member_of(StakeholderFactory(name="Port Watch"))
    stakeholder = author.memberships.get().stakeholder
    sign_in(client, author)
    assert "Port Watch" in client.get(reverse("resources:suggest")).text
    refused = client.post(reverse("resources:suggest"), {"stakeholder": "0"})
    assert set(refused.context["form"].errors) == {"stakeholder"}
    begun = client.post(
        reverse("resources:suggest"), {"stakeholder": stakeholder.pk, "link": "https://example.org/ports"}
    )
    resource = Resource.objects.get()
    assert begun.url == step(resource, "describe", desk=False)
    assert (resource.suggested_for, resource.suggested_by, resource.audience) == (stakeholder, author, "")
    saving = step(resource, "describe", desk=False, at="add_autosave")
    saved = client.post(saving, {"version": resource.version, "title": "Too", "isbn": "123"})
    resource.refresh_from_db()
    assert saved.json()["version"] == resource.version
    assert "except what is not complete yet" in saved.json()["said"]
    assert (resource.title, resource.isbn, resource.editions.get().link) == (
        "Too",
        "",
        "https://example.org/ports",
    )
    assert client.post(saving, {"version": 0, "title": "Late"}).status_code == 409
    assert client.post(step(resource, "file", desk=False, at="add_autosave")).status_code == 404
    # Whoever was signed out finds again what they typed.
    client.logout()
    typed = {**ANSWERS, "version": resource.version, "title": "Typed while signed out"}
    assert "/account" in client.post(step(resource, "describe", desk=False), typed).url
    assert client.post(saving, typed).status_code == 401
    sign_in(client, author)
    # While the file is being read the page asks for a part, which tells nothing above it.
    client.get(step(resource, "describe", desk=False), headers=PART)
    page = client.get(step(resource, "describe", desk=False)).text
    assert "Typed while signed out" in page
    assert page.count("This is what you wrote before you were signed out.") == 1
    post_step(client, resource, "describe", desk=False, **ANSWERS)
    page = client.get(step(resource, "check", desk=False)).text
    assert "Submit for review" in page
    assert 'value="desk"' not in page
    post_step(client, resource, "check", desk=False, audience="public", note="Ours.", later="1")
    assert (
        "Only your organization sees it until you submit it."
        in client.get(reverse("resources:suggestion", args=[resource.pk])).text
    )
    done = post_step(client, resource, "check", desk=False, audience="public", note="Ours.")
    resource.refresh_from_db()
    assert done.url == reverse("resources:suggestion", args=[resource.pk])
    assert (resource.status, resource.audience, resource.note, resource.title) == (
        "pending",
        "public",
        "Ours.",
        "Routes",
    )
    assert post_step(client, resource, "check", desk=False, audience="members").url == done.url
    resource.refresh_from_db()
    assert resource.audience == "public"
    assert client.post(saving, {"version": resource.version}).status_code == 409


def test_drafts_of_others_are_not_there(client: Any) -> None:
    author = member_of(StakeholderFactory())
    theirs = resource_in("draft", suggested_for=author.memberships.get().stakeholder, suggested_by=author)
    of_desk = resource_in("draft")
    sign_in(client, member_of(StakeholderFactory()))
    assert client.get(step(theirs, "describe", desk=False)).status_code == 404
    sign_in(client, author)
    assert client.get(step(theirs, "describe", desk=False)).status_code == 200
    assert client.get(step(of_desk, "describe")).status_code == 404
    assert client.get(step(theirs, "elsewhere", desk=False)).status_code == 404
    sign_in(client, person_with(Role.CURATION))
    assert client.get(step(theirs, "describe")).status_code == 404
    assert client.get(step(of_desk, "describe")).status_code == 200


@pytest.mark.parametrize("name", ("file", "describe", "check"))
def test_a_step_asks_a_fixed_number_of_statements(client: Any, name: str) -> None:
    sign_in(client, person_with(Role.CURATION))
    resource = resource_in("draft")
    resource.topics.add("corruption")
    assert_no_growth(
        lambda: client.get(step(resource, name)), lambda: file_of(resource.editions.get(), documents.pdf("x"))
    )
