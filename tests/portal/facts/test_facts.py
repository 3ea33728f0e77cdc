"""The page on the programme: facts with their sources, found by what they say, edited in the back office."""

import re

import pytest
from django.urls import reverse

from accounts.people.enums import Role
from news.elsewhere.models import NewsLink
from portal.content import load_content
from portal.facts.models import ProgrammeFact
from resources.links import actions as links_actions
from resources.links.models import LinkCheck
from tests.factories.accounts import person_with, sign_in
from tests.factories.news import NewsLinkFactory

pytestmark = pytest.mark.django_db
PAGE = "/en/about/programme/"


def test_every_fact_names_its_source_and_day(client, reference):
    empty = client.get(PAGE).text
    assert "No facts have been added yet" in empty
    load_content(["programme"])
    page = client.get(PAGE).text
    assert page.count("<dt>") == 61
    assert page.count("read on 2") == 61
    assert "Stakeholder Engagement for the UN Convention against Transnational Organized Crime" in page
    groups = re.findall(
        r'<details class="disclosure fold fold-section"( open)?>\s*<summary>\s*<h2 id="([^"]+)"', page
    )
    assert [state for state, _place in groups] == [" open"] + [""] * (len(groups) - 1)
    for _state, place in groups:
        assert f'<a href="#{place}">' in page
    again = load_content(["programme"])
    assert str(again["programme_facts.csv"]) == "0 created, 0 updated, 61 unchanged, 0 skipped"
    assert '<bdi lang="en" dir="ltr">' in client.get("/ar/about/programme/").text
    assert f'href="{PAGE}"' in client.get(PAGE).text.partition("<footer")[2]


@pytest.mark.parametrize("text", ["SE4U", "NACSA4U", "RevMod", "programme SE4U"])
def test_the_page_is_found_by_what_it_says(client, reference, text):
    load_content(["programme"])
    assert PAGE in client.get("/en/search/", {"q": text}).text


def test_the_desk_changes_and_hides_a_fact_and_loading_leaves_it(client, reference):
    load_content(["programme"])
    sign_in(client, person_with(Role.CURATION))
    fact = ProgrammeFact.objects.get(pk="net4u-members-in-africa")
    url = reverse("admin:portal_programmefact_change", args=[fact.pk])
    fields = ("group", "position", "fact", "value", "date", "source_url", "source", "note", "confidence")
    form_data = {name: getattr(fact, name) for name in fields} | {
        "source_date": "2026-11-28",
        "is_shown": "on",
    }
    assert client.post(url, {**form_data, "value": "Thirty zebra organizations"}).status_code == 302
    assert PAGE in client.get("/en/search/?q=zebra").text
    assert str(load_content(["programme"])["programme_facts.csv"]).endswith("60 unchanged, 1 skipped")
    assert "Thirty zebra organizations" in client.get(PAGE).text
    del form_data["is_shown"]
    assert client.post(url, form_data).status_code == 302
    assert client.get(PAGE).text.count("<dt>") == 60


def test_a_fact_without_a_row_in_its_file_says_so(client, reference):
    load_content(["programme"])
    fact = ProgrammeFact.objects.get(pk="vpi-first-country")
    fact.pk = "vpi-second-country"
    fact.save(force_insert=True)
    load_content(["programme"])
    assert client.get(PAGE).text.count("not in our sources since") == 1


def test_addresses_of_facts_and_of_news_elsewhere_are_watched(client, reference):
    link = NewsLinkFactory(title="What broke", url="https://news.example.org/broken")
    hidden = NewsLinkFactory(hidden=True)
    load_content(["programme"])
    links_actions.gather()
    watched = set(LinkCheck.objects.values_list("url", flat=True))
    assert link.url in watched
    assert hidden.url not in watched
    facts = ProgrammeFact.objects.exclude(source_url="").values_list("source_url", flat=True)
    assert set(facts) <= watched
    LinkCheck.objects.filter(url=link.url).update(failures=2, status=404)
    LinkCheck.objects.filter(url=facts[0]).update(failures=2, status=404)
    sign_in(client, person_with(Role.CURATION))
    page = client.get("/en/desk/resources/links/").text
    assert reverse("newsdesk:elsewhere_link", args=[link.pk]) in page
    assert "Full name" in page
    NewsLink.objects.update(hidden=True)
    links_actions.gather()
    assert not LinkCheck.objects.filter(url=link.url).exists()
