"""Whatever the index holds can be used wherever rows of the index are: a kind need not be a model."""

import pytest
from django.urls import reverse
from django.utils.timezone import localdate

from accounts.people.enums import Role
from audit.models import Entry as AuditEntry
from audit.queries import subject_label
from news.hooks import item_texts
from news.newsletter.models import IssueItem
from news.newsletter.queries import candidates, content, current_texts, offers, shown_in
from portal.usage.enums import CountedUse, Span
from portal.usage.models import Usage
from portal.usage.queries import label_of, top
from search.enums import Audience
from search.hooks import documents, plural_of
from search.models import Document
from tests.factories.accounts import person_with, sign_in
from tests.factories.newsletters import issue_with

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("reference")]


@pytest.fixture(params=[*documents])
def kind(request):
    """A kind of the index, of which everybody finds one object."""
    Document.objects.create(
        kind=request.param,
        object_id=1,
        title="Harbour watch",
        tsv="'harbour':1A 'watch':2A",
        sort_key="harbour watch",
        audience=Audience.PUBLIC,
        url_name="portal:home",
    )
    return request.param


def test_an_issue_holds_an_object_of_every_kind(client, kind):
    maker = person_with(Role.CURATION)
    sign_in(client, maker)
    issue = issue_with(actor=maker)
    pick = reverse("newsletterdesk:pick", args=[issue.pk])
    for query in ({}, {"way": "all", "kind": kind}, {"words": "harbour"}, {"words": "harbour", "kind": kind}):
        assert f'value="{kind}:1"' in client.get(pick, query).text, query
    assert [offer.heading for offer in offers(candidates("all"), {kind: 1})] == [plural_of(kind)]
    client.post(pick, {"picked": f"{kind}:1"})
    assert IssueItem.objects.get().kind == kind
    # A page of the help has that number already, and texts of its own.
    own = item_texts[kind]([1]).get(1) if kind in item_texts else None
    titles = {code: own[code].title if own else "Harbour watch" for code in ("en", "fr")}
    assert current_texts(kind, [1])[1]["en"]["title"] == titles["en"]
    for name in ("issue", "edit"):
        assert client.get(reverse(f"newsletterdesk:{name}", args=[issue.pk])).status_code == 200
    for name in ("preview", "preview_mail"):
        assert titles["fr"] in client.get(reverse(f"newsletterdesk:{name}", args=[issue.pk, "fr"])).text
    (group,) = content(issue, shown_in([issue.pk])[issue.pk], "en")["groups"]
    assert group.label == plural_of(kind)


def test_the_search_and_its_programs_know_every_kind(client, kind):
    for query in ({"q": "harbour"}, {"q": "harbour", "kind": kind}):
        assert plural_of(kind) in client.get("/en/search/", query).text
        assert "Harbour watch" in client.get("/api/v1/search/", query).text
    assert client.get("/en/search/suggest/", {"q": "harb"}).status_code == 200
    sign_in(client, person_with(Role.HEAD))
    page = client.get(reverse("portal:search_desk")).text
    assert plural_of(kind) in page


def test_use_and_audit_name_every_kind(kind):
    head = person_with(Role.HEAD)
    rows = Usage.objects.all()
    Usage.objects.create(
        kind=kind, object_id=1, day=localdate(), what=CountedUse.VIEW, span=Span.DAY, times=7
    )
    assert [line.title for line in top(rows, head, kind=kind)] == ["Harbour watch"]
    assert label_of(kind)
    assert subject_label(AuditEntry(action="x", subject_kind=kind, subject_id=1)).endswith(" 1")
