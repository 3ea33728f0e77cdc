"""The facts as their page, the index and the check of links read them."""

from collections.abc import Iterator, Sequence
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import override

from portal.facts.enums import FactGroup
from portal.facts.models import ProgrammeFact
from search.enums import Audience
from search.hooks import Entry
from taxonomy.names.enums import UN_LANGUAGES

FACTS = "portal.programmefact"
PAGE = 1  # the one number of the page in the index


def facts_by_group(user: Any) -> list[tuple[str, str | Promise, list[ProgrammeFact]]]:
    """Return (place on the page, heading, facts) of each group that has facts."""
    facts = list(ProgrammeFact.objects.visible_to(user))
    groups = [
        (code, label, [fact for fact in facts if fact.group == code]) for code, label in FactGroup.choices
    ]
    return [group for group in groups if group[2]]


def page_title() -> str:
    return _("About the programme SE4U")


def numbers() -> list[int]:
    return [PAGE]


def documents(ids: Sequence[int]) -> Iterator[Entry]:
    """Yield the page, and each group of facts as a passage of it."""
    groups = facts_by_group(AnonymousUser()) if PAGE in ids else []
    if not groups:
        return
    titles = []
    for code in UN_LANGUAGES:
        with override(code):
            titles.append(page_title())
    with override("en"):
        fields: dict[str, Any] = {
            "object_id": PAGE,
            "name": page_title(),
            "language": "en",
            "audience": Audience.PUBLIC,
            "url_name": "portal:programme",
        }
        labels = " · ".join(str(label) for _place, label, _facts in groups)
        yield Entry(**fields, aliases=list(dict.fromkeys(titles)), text=labels)
        for part, (place, label, facts) in enumerate(groups, start=1):
            text = "\n".join((str(label), *(f"{fact.fact}: {fact.value}" for fact in facts)))
            yield Entry(**fields, part=part, part_label=str(label), anchor=place, text=text)


# --- Addresses --------------------------------------------------------------------------------------------
def addresses() -> set[str]:
    rows = ProgrammeFact.objects.visible_to(AnonymousUser()).exclude(source_url="")
    return set(rows.values_list("source_url", flat=True))


def places(user: Any, urls: set[str]) -> Iterator[tuple[str, str, str]]:
    """Yield (address, fact, page at the desk) of the facts that were read at one of these addresses."""
    for fact in ProgrammeFact.objects.visible_to(user).filter(source_url__in=urls):
        yield fact.source_url, fact.fact, reverse("admin:portal_programmefact_change", args=[fact.pk])
