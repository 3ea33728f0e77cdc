"""The lists in the back office, as a curator works in it."""

import pytest
from django.contrib import admin
from django.urls import reverse
from django.utils.timezone import now

from accounts.people.enums import Role
from stakeholders.entries.models import Stakeholder
from taxonomy.curation.queries import LISTS
from taxonomy.law.models import ArticleText
from taxonomy.places.models import AreaMapping, Country
from taxonomy.terms.models import Topic
from tests.factories.accounts import person_with, sign_in
from tests.factories.taxonomy import TopicFactory
from tests.support import assert_no_growth

pytestmark = pytest.mark.usefixtures("reference")

MERGE = "/en/admin/taxonomy/topic/"


def test_every_list_is_in_the_admin():
    assert [model for model in LISTS if model not in admin.site._registry] == []


def test_lists_can_be_opened_and_searched(curator_client, subtests):
    for model in LISTS:
        with subtests.test(model=model):
            page = curator_client.get(
                reverse(f"admin:taxonomy_{model._meta.model_name}_changelist"), {"q": "a"}
            )
            assert page.status_code == 200


@pytest.mark.slow
def test_a_row_can_be_opened_its_code_not_changed_and_nothing_deleted(curator_client, subtests):
    ArticleText.objects.create(code="UNTOC-5-en", article_id="UNTOC-5", language="en", text="1. Criminalize.")
    for model in [model for model in LISTS if model is not AreaMapping]:
        with subtests.test(model=model):
            row = model.objects.first()
            url = reverse(f"admin:taxonomy_{model._meta.model_name}_change", args=[row.pk])
            page = curator_client.get(url)
            assert page.status_code == 200
            assert model._meta.pk.name not in page.context["adminform"].form.fields
            assert curator_client.get(url.replace("change/", "delete/")).status_code == 403


def test_a_text_has_the_code_of_its_article_and_language_and_links_to_the_web(curator_client):
    url = reverse("admin:taxonomy_articletext_add")
    data = {
        "code": "mine",
        "article": "UNTOC-5",
        "language": "fr",
        "text": "1. Un.",
        "source": "javascript:x",
    }
    page = curator_client.post(url, data)
    assert list(page.context["adminform"].form.errors) == ["source"]
    data["source"] = "https://example.org/untoc"
    assert curator_client.post(url, data).status_code == 302
    assert ArticleText.objects.get().pk == "UNTOC-5-fr"
    change = reverse("admin:taxonomy_articletext_change", args=["UNTOC-5-fr"])
    curator_client.post(change, {**data, "language": "es", "text": "1. Deux."})
    article_text = ArticleText.objects.get()
    assert (article_text.pk, article_text.language, article_text.text) == ("UNTOC-5-fr", "fr", "1. Deux.")
    assert list(curator_client.post(url, data).context["adminform"].form.errors) == ["__all__"]


def test_a_list_costs_the_same_whatever_its_length(curator_client):
    parent = TopicFactory(code="above")
    assert_no_growth(lambda: curator_client.get(MERGE, {"q": "made-up"}), lambda: TopicFactory(parent=parent))


@pytest.mark.behaviour("X-11")
@pytest.mark.parametrize(
    ("language", "first", "name"), (("en", "Afghanistan", "Kenya"), ("zh", "阿尔巴尼亚", "肯尼亚"))
)
def test_countries_are_listed_by_their_names_in_the_language_in_use(language, first, name, curator_client):
    page = curator_client.get(f"/{language}/admin/taxonomy/country/")
    shown = [str(country) for country in page.context["cl"].result_list]
    assert shown[0] == first
    assert (
        curator_client.get(f"/{language}/admin/taxonomy/country/", {"q": name}).context["cl"].result_count
        == 1
    )


@pytest.mark.behaviour("K-18")
def test_a_curator_edits_a_term_and_sees_who_changed_what(curator_client, curator):
    url = reverse("admin:taxonomy_topic_change", args=["terrorism"])
    form = curator_client.get(url).context["adminform"].form
    data = {name: form[name].value() or "" for name in form.fields}
    data["working_group"] = ""
    answer = curator_client.post(url, {**data, "name_es": "Terrorismo internacional"}, follow=True)
    assert answer.status_code == 200
    assert Topic.objects.get(pk="terrorism").name_es == "Terrorismo internacional"
    history = curator_client.get(reverse("admin:taxonomy_topic_history", args=["terrorism"]))
    [change] = history.context["revisions"]
    assert change.text in history.text
    assert change.differences == [("name in Spanish", "Terrorismo", "Terrorismo internacional")]
    assert "Terrorismo internacional" in history.text


@pytest.mark.behaviour("K-18")
def test_a_curator_merges_two_terms_and_the_old_code_leads_on(curator_client):
    old, new = (
        TopicFactory(code="old-name", name_en="Old name"),
        TopicFactory(code="new-name", name_en="New name"),
    )
    below = TopicFactory(parent=old)
    choice_page = curator_client.post(
        MERGE, {"action": "merge", "_selected_action": ["old-name"], "index": "0"}
    )
    assert "Old name (old-name)" in choice_page.text
    choices = dict(choice_page.context["form"].fields["into"].choices)
    assert ("old-name" in choices, choices["new-name"]) == (False, "New name")
    done = curator_client.post(
        MERGE, {"action": "merge", "_selected_action": ["old-name"], "into": "new-name"}, follow=True
    )
    assert [str(message) for message in done.context["messages"]] == [
        "Old name was merged into New name. Links moved: 1."
    ]
    below.refresh_from_db()
    assert below.parent == new
    assert Topic.objects.resolve("old-name") == new
    page = curator_client.get(reverse("admin:taxonomy_topic_change", args=["old-name"]))
    assert reverse("admin:taxonomy_topic_change", args=["new-name"]) in page.text
    history = curator_client.get(reverse("admin:taxonomy_topic_history", args=["new-name"]))
    assert "merged old-name into new-name (topic). Links moved: 1." in history.text


@pytest.mark.behaviour("K-18")
def test_what_is_filed_under_a_merged_term_is_filed_under_the_other(curator_client):
    old, new = TopicFactory(code="old-name"), TopicFactory(code="new-name")
    described = {
        "kind": "ngo",
        "listing": "public",
        "country_id": "KEN",
        "status": "active",
        "approved_at": now(),
    }
    first, second = (Stakeholder.objects.create(name=name, **described) for name in ("First", "Second"))
    first.topics.add(old)
    second.topics.add(old, new)
    curator_client.post(MERGE, {"action": "merge", "_selected_action": ["old-name"], "into": "new-name"})
    assert [list(stakeholder.topics.all()) for stakeholder in (first, second)] == [[new], [new]]


def test_a_merge_without_a_target_asks_again_and_changes_nothing(curator_client):
    TopicFactory(code="old-name")
    page = curator_client.post(MERGE, {"action": "merge", "_selected_action": ["old-name"], "into": ""})
    assert page.context["form"].errors["into"] == ["This field is required."]
    assert Topic.objects.get(pk="old-name").merged_into is None


def test_a_merge_that_was_overtaken_says_so(curator_client):
    done = TopicFactory(code="done", merged_into=TopicFactory(code="other"))
    TopicFactory(code="new-name")
    page = curator_client.post(
        MERGE, {"action": "merge", "_selected_action": [done.pk], "into": "new-name"}, follow=True
    )
    [message] = page.context["messages"]
    assert (message.level_tag, "merged into another term already" in str(message)) == ("error", True)


def test_a_topic_never_comes_to_stand_within_itself(curator_client):
    top = TopicFactory(code="top")
    TopicFactory(code="bottom", parent=TopicFactory(code="middle", parent=top))
    url = reverse("admin:taxonomy_topic_change", args=["top"])
    form = curator_client.get(url).context["adminform"].form
    data = {name: form[name].value() or "" for name in form.fields} | {"working_group": ""}
    page = curator_client.post(url, {**data, "parent": "bottom"})
    assert page.context["adminform"].form.errors == {"parent": ["This topic would become part of itself."]}


def test_a_merged_term_cannot_be_picked_as_a_broader_one(curator_client):
    TopicFactory(code="gone", merged_into=TopicFactory(code="kept"))
    page = curator_client.get(reverse("admin:taxonomy_topic_add"))
    offered = {topic.pk for topic in page.context["adminform"].form.fields["parent"].queryset}
    assert ("gone" in offered, "kept" in offered) == (False, True)


def test_a_country_edited_by_the_desk_is_marked(curator_client):
    url = reverse("admin:taxonomy_country_change", args=["KEN"])
    form = curator_client.get(url).context["adminform"].form
    data = {name: form[name].value() or "" for name in form.fields}
    curator_client.post(url, {**data, "lat": "-1.28", "lon": ""})
    assert Country.objects.get(pk="KEN").edited_by_hand is False
    curator_client.post(url, {**data, "lat": "-1.28", "lon": "36.82"})
    assert Country.objects.get(pk="KEN").edited_by_hand is True


@pytest.mark.parametrize(
    ("role", "status"),
    (
        (Role.CURATION, 200),
        (Role.ADMINISTRATOR, 200),
        (Role.VETTING, 404),
        (Role.REGIONAL, 404),
        (Role.STATE, 404),
    ),
)
def test_who_may_open_the_lists(role, status, client):
    sign_in(client, person_with(role))
    assert client.get(MERGE, follow=True).status_code == status
