"""The help as its pages and the index show it."""

import re
from collections.abc import Callable, Iterator, Sequence
from html import unescape
from typing import Any, NamedTuple

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.functional import Promise
from django.utils.html import strip_tags
from django.utils.safestring import SafeString
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from accounts.data_rights.models import RetentionRule
from accounts.hooks import End, fates, sections
from coordination.mailings.enums import Hat
from coordination.mailings.queries import limits
from core.text import fold
from news.hooks import ItemText
from portal.facts.enums import FactGroup
from portal.facts.queries import facts_by_group
from portal.help.enums import CARDS, PAGES, HelpGroup, HelpPage, RoleCard
from reviews.contributions.enums import CONSEQUENCES, Visibility
from reviews.mechanism.models import Phase
from reviews.mechanism.queries import review_line, steps
from search.enums import Audience
from search.hooks import Entry
from search.text import in_all_languages
from stakeholders.claims.enums import CODE_MINUTES, DESK_AFTER_DAYS
from stakeholders.entries.enums import Listing
from taxonomy.names.enums import UN_LANGUAGES

HELP = "portal.help"
LABEL = _("Help")
FEW_FACTS = 6
_HEADING = re.compile(r'<h2 id="([\w-]+)"[^>]*>(.*?)</h2>', re.DOTALL)


class Section(NamedTuple):
    place: str
    title: str


def groups(user: Any) -> list[tuple[HelpGroup, list[tuple[str, HelpPage]]]]:
    """The pages that the person may read, by group."""
    return [
        (group, [(code, page) for code, page in PAGES.items() if page.group == group])
        for group in HelpGroup
        if group != HelpGroup.STAFF or is_staff(user)
    ]


def cards(user: Any) -> dict[str, RoleCard]:
    """The cards that the person may read, by role."""
    return {role: card for role, card in CARDS.items() if not card.is_for_staff or is_staff(user)}


def is_staff(user: Any) -> bool:
    return bool(user.is_authenticated and user.is_desk)


def page_for(user: Any, code: str) -> HelpPage | None:
    """None where there is none for this person."""
    page = PAGES.get(code)
    return page if page and (not page.is_for_staff or is_staff(user)) else None


def text_of(code: str, user: Any, request: HttpRequest | None = None) -> SafeString:
    """The text of a page in the language in use; without a request, as the index reads it."""
    read = _READ.get(code)
    context = {"user": user, "days": _periods(), **(read(user) if read else {})}
    return render_to_string(f"portal/help/pages/{code}.html", context, request)


def sections_of(text: str) -> list[Section]:
    return [Section(place, strip_tags(title)) for place, title in _HEADING.findall(text)]


# --- What single pages tell ---------------------------------------------------------------------------


def _periods() -> dict[str, int]:
    """In days where nothing else is said, as the settings and the code have them."""
    to_desk, to_head = settings.WORKFLOW_ESCALATION_DAYS
    first_reminder, second_reminder, _last = settings.STAKEHOLDERS_REMINDER_DAYS
    return {
        "view": to_desk,
        "head": to_head,
        "decision": settings.STAKEHOLDERS_VETTING_DAYS,
        "answer": settings.STAKEHOLDERS_ANSWER_DAYS,
        "reconsider": settings.STAKEHOLDERS_RECONSIDER_DAYS,
        "invitation": settings.STAKEHOLDERS_INVITATION_DAYS,
        "desk_invitation": settings.STAKEHOLDERS_DESK_INVITATION_DAYS,
        "confirmed": settings.STAKEHOLDERS_CONFIRM_DAYS,
        "first_reminder": first_reminder,
        "second_reminder": second_reminder,
        "grace": settings.STAKEHOLDERS_GRACE_DAYS,
        "contribution": settings.REVIEWS_ANSWER_DAYS,
        "proposal": settings.EVENTS_COMPLETE_DAYS,
        "session": settings.SESSION_COOKIE_AGE // (24 * 60 * 60),
        "address": settings.ACCOUNT_EMAIL_CONFIRMATION_EXPIRE_DAYS,
        "newsletter": settings.NEWS_CONFIRM_DAYS,
        "code_minutes": CODE_MINUTES,
        "join": DESK_AFTER_DAYS,
    }


def _of_profile(_user: Any) -> dict[str, Any]:
    return {"listings": Listing.labels}


def _of_taking_part(_user: Any) -> dict[str, Any]:
    return {"readers": [(visibility.label, CONSEQUENCES[visibility]) for visibility in Visibility]}


def _of_focal_points(_user: Any) -> dict[str, Any]:
    per_day, per_month = limits()[Hat.REGIONAL]
    return {"per_day": per_day, "per_month": per_month}


def _of_review(_user: Any) -> dict[str, Any]:
    """Return the phases as the front page shows them, and the steps as the tracker shows them."""
    phases = Phase.objects.order_by("group", "cluster__position")
    review_steps = steps()
    by_code = {step.pk: step for step in review_steps}
    return {
        "line": review_line(phases, localdate()),
        "steps": [(step, by_code.get(step.due_from_id or "")) for step in review_steps],
    }


def _of_programme(user: Any) -> dict[str, Any]:
    facts = {place: group_facts for place, _label, group_facts in facts_by_group(user)}
    return {"facts": facts.get(FactGroup.SE4U, [])[:FEW_FACTS]}


def _of_data(_user: Any) -> dict[str, Any]:
    """Return the parts of a copy of one's data, the retention rules, and what deleting an account does."""

    def ends(end: End) -> list[str]:
        return sorted({str(fate.label) for fate in fates.values() if fate.end == end}, key=fold)

    rules = [(rule, rule.declared) for rule in RetentionRule.objects.all() if rule.declared]
    return {
        "copy_sections": sorted(sections.values(), key=lambda section: fold(str(section.label))),
        "rules": sorted(rules, key=lambda pair: fold(str(pair[1].label))),
        "erased": ends(End.ERASED),
        "nameless": ends(End.WITHOUT_NAME),
    }


_READ: dict[str, Callable[[Any], dict[str, Any]]] = {
    "profile": _of_profile,
    "taking-part": _of_taking_part,
    "focal-points": _of_focal_points,
    "review": _of_review,
    "se4u": _of_programme,
    "your-data": _of_data,
}


# --- In the index ------------------------------------------------------------------------------------
def number_of(code: str) -> int:
    """What the index calls a page."""
    return [*PAGES].index(code) + 1


def title_of(number: int) -> str | Promise:
    """In the language in use."""
    return [*PAGES.values()][number - 1].title


def numbers() -> list[int]:
    return [number_of(code) for code in PAGES]


def documents(ids: Sequence[int]) -> Iterator[Entry]:
    """Each page with its words in every language, under its title in English."""
    for code, page in PAGES.items():
        if number_of(code) not in ids:
            continue
        titles, texts = [], []
        for language in UN_LANGUAGES:
            with override(language):
                titles.append(str(page.title))
                texts += [str(page.lead), _words_of(text_of(code, AnonymousUser()))]
        with override("en"):
            yield Entry(
                object_id=number_of(code),
                name=str(page.title),
                aliases=list(dict.fromkeys(titles)),
                text="\n".join(dict.fromkeys(texts)),
                language="en",
                audience=None if page.is_for_staff else Audience.PUBLIC,
                url_name="portal:help_page",
                url_args=[code],
                words=in_all_languages(LABEL),
            )


def item_texts(ids: Sequence[int]) -> dict[int, dict[str, ItemText]]:
    """Return title and lead of help pages, each in the languages of the portal."""
    texts: dict[int, dict[str, ItemText]] = {}
    for code, page in PAGES.items():
        if number_of(code) in ids:
            for language in UN_LANGUAGES:
                with override(language):
                    texts.setdefault(number_of(code), {})[language] = ItemText(
                        str(page.title), str(page.lead)
                    )
    return texts


def _words_of(html: str) -> str:
    """Without tags; what stands in two of them never runs together."""
    return " ".join(unescape(strip_tags(html.replace("<", " <"))).split())
