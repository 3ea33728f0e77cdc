"""Small tags for the frame of every page. None of them asks the database."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache, lru_cache
from html import unescape
from typing import Any
from urllib.parse import quote

from django import template
from django.conf import settings
from django.contrib.humanize.templatetags.humanize import intcomma
from django.core.paginator import Page
from django.http import HttpRequest
from django.urls import get_script_prefix, reverse
from django.utils.formats import date_format
from django.utils.html import format_html, format_html_join, strip_tags
from django.utils.safestring import SafeString, mark_safe
from django.utils.timezone import localtime
from django.utils.translation import get_language, get_language_info
from django.utils.translation import gettext as _
from markupsafe import escape

from core.context import LANGUAGE_BAR
from core.facets import Choice
from core.loops import render_loop
from core.text import initials, readable_address, to_html
from core.time_display import VIENNA, by_its_clock, day_of, days_until, place_of, readers_zone

# What the part of an address is called that opens something to whoever has it.
KEYS = frozenset(("key", "token"))

_HEADING = re.compile(r'<h2[^>]* id="([^"]+)"[^>]*>(.*?)</h2>', re.DOTALL)

register = template.Library()
register.filter("marked_up", to_html)
register.filter("initials", initials)
register.filter("readable_address", readable_address)
register.simple_tag(render_loop, name="loop")
register.filter("days_until", days_until)
register.filter("place_of", place_of)


@register.simple_block_tag
def capture(content: str) -> str:
    """`{% capture as name %}…{% endcapture %}`: what stands within, without the white space around it."""
    return mark_safe(content.strip())  # noqa: S308  rendered by the template itself


@register.simple_block_tag
def notice(content: str, kind: str = "", role: str = "") -> SafeString:
    """`{% notice "warning" %}…{% endnotice %}`, a box with a sign: info, success, warning, danger."""
    return format_html(
        '<div class="notice{}"{}><span class="notice-sign" aria-hidden="true"></span><div>{}</div></div>',
        f" notice-{kind}" if kind else "",
        format_html(' role="{}"', role) if role else "",
        content,
    )


@register.simple_tag
def plain_text(markup: str) -> str:
    """Markup without its tags, for where there can be none: the title of a page, the path to it."""
    return unescape(strip_tags(markup)).strip()


@register.simple_tag
def contents_of(markup: str) -> list[tuple[str, str]]:
    """Return (anchor, words) of each heading of level 2 with an anchor: the contents of a long page."""
    return [(anchor, plain_text(words)) for anchor, words in _HEADING.findall(markup)]


@dataclass(frozen=True)
class LanguageLink:
    code: str
    name: str
    url: str
    current: bool
    dir: str


@register.simple_tag(takes_context=True)
def language_links(context: template.Context) -> list[LanguageLink]:
    """The page of this request in each language, in the order of the United Nations.

    Addresses differ by their first part alone, so the rest is kept as it is: no resolving, no query.
    A page without a language prefix leads to the home of each language.
    """
    request = context.get("request")
    here = get_language() or settings.LANGUAGE_CODE
    root = get_script_prefix()
    rest, query = "", ""
    if request is not None:
        inside = request.path[len(root) :]
        prefix, _slash, tail = inside.partition("/")
        if any(prefix == code for code, _name in LANGUAGE_BAR):
            rest = quote(tail)
            query = request.META.get("QUERY_STRING", "")
    address = f"{rest}?{query}" if query else rest
    return [
        LanguageLink(code, name, f"{root}{code}/{address}", code == here, direction(code))
        for code, name in LANGUAGE_BAR
    ]


@register.simple_tag(takes_context=True)
def alternates(context: template.Context) -> list[LanguageLink]:
    """As `language_links`, whole addresses without a query string: for hreflang and canonical."""
    return [
        LanguageLink(
            link.code, link.name, settings.SITE_URL + link.url.partition("?")[0], link.current, link.dir
        )
        for link in language_links(context)
    ]


@register.simple_tag(takes_context=True)
def head_links(context: template.Context) -> SafeString:
    """Return the links of the head to this page in each language, and which of them is canonical."""
    lines = []
    for page in alternates(context):
        if page.current:
            lines += [
                format_html('<link rel="canonical" href="{}">', page.url),
                format_html('<meta property="og:url" content="{}">', page.url),
            ]
        lines.append(format_html('<link rel="alternate" hreflang="{}" href="{}">', page.code, page.url))
        if page.code == "en":
            lines.append(format_html('<link rel="alternate" hreflang="x-default" href="{}">', page.url))
    return SafeString("\n  ".join(lines))


@register.simple_tag(takes_context=True)
def language_bar(context: template.Context) -> SafeString:
    """Return the list of this page in each language."""
    items = (
        (
            link.url,
            link.code,
            link.code,
            link.dir,
            SafeString(' aria-current="true"') if link.current else "",
            link.name,
        )
        for link in language_links(context)
    )
    return format_html_join(
        "\n            ", '<li><a href="{}" lang="{}" hreflang="{}" dir="{}"{}>{}</a></li>', items
    )


@register.simple_tag(takes_context=True)
def printed_address(context: template.Context) -> SafeString:
    """Where a page on paper is from: not what opens something, and what was asked only of a public page.

    There a script keeps up with what filters make of the address. Keeps to what `robots` says of the page.
    """
    request = context.get("request")
    if request is None or has_key(request):
        return format_html('<bdi dir="ltr">{}</bdi>', settings.SITE_URL)
    robots = str(context.get("robots", ""))
    if request.method == "POST" or ("noindex" in robots and "noindex, follow" not in robots):
        return format_html('<bdi dir="ltr">{}{}</bdi>', settings.SITE_URL, request.path)
    return format_html(
        '<bdi dir="ltr" data-printed-address>{}{}</bdi>', settings.SITE_URL, request.get_full_path()
    )


def has_key(request: HttpRequest) -> bool:
    match = request.resolver_match
    return match is not None and not KEYS.isdisjoint(match.kwargs)


@register.filter
@lru_cache(512)
def direction(code: str) -> str:
    """ "rtl" or "ltr": how the script of a language runs; "auto" where the language is not known."""
    try:
        return "rtl" if get_language_info(code)["bidi"] else "ltr"
    except KeyError:
        return "auto"


@register.simple_tag(takes_context=True)
def active(context: template.Context, *names: str) -> SafeString | str:
    """`aria-current` for a link of the navigation: "page" on that very page, "true" elsewhere in its area."""
    match = getattr(context.get("request"), "resolver_match", None)
    if match is None:
        return ""
    if match.view_name in names:
        return format_html('aria-current="{}"', "page")
    if match.namespace and match.namespace in names:
        return format_html('aria-current="{}"', "true")
    return ""


@register.simple_tag(takes_context=True)
def is_work_page(context: template.Context) -> bool:
    """Whether a person reads a page that only who is signed in can open."""
    request = context.get("request")
    user = getattr(request, "user", None)
    match = getattr(request, "resolver_match", None)
    if match is None or user is None or not user.is_authenticated:
        return False
    # `login_not_required` of Django marks public views; some of the desk's, and steps of a form, which keep
    # what is posted after a session has ended, are among them.
    is_public = not getattr(match.func, "login_required", True)
    return not is_public or "desk" in match.route.split("/") or "steps" in context


@register.filter
def empty_tabs(tabs: Iterable[tuple[str, str, int]], shown: str) -> list[tuple[str, str, int]]:
    """Return those of `components/tabs.html` that list nothing, but for the one that is shown."""
    return [tab for tab in tabs if not tab[2] and tab[0] != shown]


@register.filter
def elided(page: Page[Any]) -> Iterator[int | str]:
    """The page numbers worth a link: the ends, the neighbours, and "…" between."""
    return page.paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1)


@register.filter
def instant(moment: datetime | date | None) -> str:
    """For the attribute of `<time>`, which takes no more than thousandths of a second; "" for none."""
    if isinstance(moment, datetime):
        return moment.isoformat(timespec="seconds")
    return moment.isoformat() if moment else ""


@register.simple_tag(takes_context=True)
def both_clocks(
    context: template.Context, moment: datetime | None, zone: str = "", *, ends: bool = False
) -> SafeString | str:
    """An instant by Vienna's clock, or that of `zone`, and by the reader's where it differs; "" for none.

    Midnight that `ends` something is told as 23:59.
    """
    if moment is None:
        return ""
    text = by_its_clock(moment, zone or VIENNA.key, readers_zone(context), ends=ends)
    return format_html('<time datetime="{}">{}</time>', instant(moment), text)


@register.filter
def last_day(moment: datetime | None) -> str:
    """Until which day something waits, by Vienna's clock: of midnight the day that it closes; "" for none."""
    return day_of(moment, VIENNA.key, ends=True) if moment else ""


@register.simple_tag
def options(choices: Iterable[Choice], *, plain: bool = False) -> SafeString:
    """The `<option>`s of a filter, with their numbers, by thousands unless `plain`."""
    lines = (
        f'<option value="{_escaped(choice.code)}"{" selected" if choice.chosen else ""}>'
        f"{_escaped(choice.label)}{_number(choice, ' ({})', plain)}</option>"
        for choice in choices
    )
    return mark_safe("\n".join(lines))  # noqa: S308  each value is escaped


@register.simple_tag
def select_options(optgroups: Iterable[Any]) -> SafeString:
    """The `<option>`s of a widget, as Django groups them."""
    return render_loop("components/select_options.jinja", optgroups=optgroups)


@register.simple_tag
def boxes(name: str, choices: Iterable[Choice], *, plain: bool = False) -> SafeString:
    """The choices of a filter to tick, as `options`; what leads nowhere is there, and cannot be ticked."""
    return mark_safe("\n".join(_box(_escaped(name), choice, plain) for choice in choices))  # noqa: S308  as above


def _box(name: str, choice: Choice, plain: bool) -> str:
    is_empty = choice.count == 0 and not choice.chosen
    code, state = _escaped(choice.code), " checked" if choice.chosen else " disabled" if is_empty else ""
    return (
        f'<label class="choice{" quiet" if is_empty else ""}"><input type="checkbox" name="{name}"'
        f' id="{name}-{code.replace(" ", "-")}" value="{code}"{state}><span>{_escaped(choice.label)}</span>'
        f"{_number(choice, ' <span class="figures quiet">{}</span>', plain)}</label>"
    )


def _number(choice: Choice, form: str, plain: bool) -> str:
    """Return what is behind the choice, or nothing where that was not counted."""
    if choice.count is None:
        return ""
    return form.format(choice.count if plain else intcomma(choice.count))


def _escaped(value: Any) -> str:
    return _escape_text(value if isinstance(value, str) else str(value))


@lru_cache(4096, typed=True)  # a text that is marked as safe equals the one that is not
def _escape_text(text: str) -> str:
    """Return the text for a page: lists print the same few hundred names each time."""
    return escape(text)


@register.inclusion_tag("components/act_button.html")
def act_button(
    address: str, *args: Any, text: str, about: str = "", kind: str = "outline-primary"
) -> dict[str, Any]:
    """Render a button that posts to an address by its name; `about` is heard, not seen."""
    return {"url": reverse(address, args=args), "text": text, "about": about, "kind": kind}


@register.inclusion_tag("components/act_form.html")
def act_form(
    form: Any, address: str = "", *args: Any, text: str, kind: str = "primary", column: bool = True
) -> dict[str, Any]:
    """Render a form with one button, which posts to an address by its name, or else to the page itself."""
    url = reverse(address, args=args) if address else ""
    return {"form": form, "url": url, "text": text, "kind": kind, "column": column}


@register.filter
def widget_kind(field: Any) -> str:
    """What a bound field is, for its looks: "choice", "choices", "file", "hidden" or "text"."""
    name = field.field.widget.__class__.__name__.lower()
    if field.is_hidden:
        return "hidden"
    if name.startswith("checkboxinput"):
        return "choice"
    if field.use_fieldset and ("radio" in name or "checkboxselect" in name or "pickmany" in name):
        return "choices"
    return "file" if "file" in name else "text"


@register.filter
def is_optional(field: Any) -> bool:
    """Whether a bound field is marked as optional: only beside another that has to be filled in."""

    def is_asked(other: Any) -> bool:
        return other.field.required or getattr(other.field, "one_of", False)

    return not is_asked(field) and any(is_asked(other) for other in field.form.visible_fields())


@register.filter
def as_read(value: Any) -> SafeString | str:
    """Any value of a row as a person reads it: dates by the active clock, lists as lists, yes and no."""
    read: SafeString | str = "–" if value in (None, "", [], {}) else str(value)
    match value:
        case bool():
            read = str(_("yes") if value else _("no"))
        case datetime():
            read = date_format(localtime(value), "DATETIME_FORMAT")
        case date():
            read = date_format(value, "DATE_FORMAT")
        case [*rows] if rows:
            items = format_html_join("", "<li>{}</li>", ((as_read(entry),) for entry in rows))
            read = format_html("<ul>{}</ul>", items)
        case dict() if value:
            pairs = ((key, as_read(entry)) for key, entry in value.items())
            read = format_html("<dl>{}</dl>", format_html_join("", "<dt>{}</dt><dd>{}</dd>", pairs))
    return read


ICONS = settings.BASE_DIR / "node_modules" / "bootstrap-icons" / "icons"


@cache
def _drawing(name: str) -> SafeString:
    """What stands inside the icon's `<svg>`."""
    svg = (ICONS / f"{name}.svg").read_text(encoding="utf-8")
    inside = svg.partition(">")[2].rpartition("</svg>")[0]
    return mark_safe(" ".join(inside.split()))  # noqa: S308  a file of a package


@register.simple_tag
def icon(name: str) -> SafeString:
    """A decoration, drawn in the colour of the text; the words beside it say what it means."""
    return format_html('<svg class="icon" viewBox="0 0 16 16" aria-hidden="true">{}</svg>', _drawing(name))


@register.simple_tag
def row_bar(share: float | str, *, hollow: bool = False) -> SafeString:
    """How long a bar is, of a hundred, in a row of a table; the number beside it says the same.

    Of a period that is compared with it is `hollow`.
    """
    return format_html(
        '<svg class="row-bar{}" viewBox="0 0 100 6" preserveAspectRatio="none" aria-hidden="true"'
        ' focusable="false"><rect width="{}" height="6"/></svg>',
        " row-bar-other" if hollow else "",
        share,
    )
