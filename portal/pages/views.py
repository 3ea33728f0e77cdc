"""A trust page."""

import itertools
import re

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from accounts.people.decorators import page_view
from core.text import to_html
from portal.pages import queries


@page_view(public=True)
def page(request: HttpRequest, slug: str) -> HttpResponse:
    text = queries.page_text(request.user, slug, get_language() or "en")
    if text is None:
        raise Http404
    return render(
        request, "portal/pages/page.html", {"page": text, "body": _with_sliding_tables(to_html(text.body))}
    )


def _with_sliding_tables(html: SafeString) -> SafeString:
    """Each table in a box of its own, which slides where the screen is narrower than the table."""
    count = itertools.count(1)

    def box(_match: re.Match[str]) -> str:
        label = _("Table %(number)s") % {"number": next(count)}
        return format_html(
            '<div class="table-wrap" role="region" aria-label="{}" tabindex="0"><table>', label
        )

    return mark_safe(  # noqa: S308  only our own box is put around what to_html has cleaned
        re.sub("<table>", box, html).replace("</table>", "</table></div>")
    )
