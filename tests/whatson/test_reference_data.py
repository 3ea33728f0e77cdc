"""Reference data, Django's admin, in the reader's language and direction."""

import re

import pytest

from accounts.people.enums import Role
from tests.factories.accounts import person_with, visiting
from tests.support import markup_of

OURS = (
    "accounts",
    "audit",
    "coordination",
    "events",
    "notifications",
    "portal",
    "resources",
    "reviews",
    "taxonomy",
)


@pytest.mark.django_db
def test_every_heading_is_in_the_language_of_the_address():
    client = visiting(person_with(Role.ADMINISTRATOR))
    index = client.get("/ar/admin/")
    assert re.search(r'<html[^>]* dir="rtl"', index.text)
    groups = [group for group in index.context["app_list"] if group["app_label"] in OURS]
    names = [str(group["name"]) for group in groups]
    for model in (model for group in groups for model in group["models"]):
        names.append(str(model["name"]))
        page = markup_of(client.get(model["admin_url"]))
        names += re.findall(r'<div class="text">(?:<a [^>]*>|<span>)([^<]+)<', page)
    # Latin abbreviations stand inside Arabic names.
    assert [name for name in names if not re.search("[\u0600-\u06ff]", name)] == []
    assert len(names) > len(groups) * 3
