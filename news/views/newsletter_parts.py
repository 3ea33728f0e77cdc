"""The desk picks what goes into an issue, words and orders it. Every button works without a script."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from core.errors import DomainError
from core.forms import blame
from core.text import whole
from news.actions import newsletter_making as making
from news.forms.newsletter_desk import ItemForm, SectionForm
from news.models import Issue, IssueItem, IssueSection
from news.queries.newsletter_picking import closing_soon, found, latest, tabs
from news.views.newsletter_desk import issue_of, must_make
from search.hooks import documents

STEPS = {"up": -1, "down": 1}
LONGEST_QUESTION = 200


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def pick(request: HttpRequest, pk: int) -> HttpResponse:
    """Search over all that is public, by kind; without words, what came last or what closes soon."""
    one = issue_of(request, pk)
    if request.method == "POST":
        return _picked(request, one)
    text = request.GET.get("words", "")[:LONGEST_QUESTION].strip()
    kind = request.GET.get("kind", "")
    kind = kind if kind in documents else ""
    way = "closing" if request.GET.get("way") == "closing" else "latest"
    rows = found(text, kind) if text else closing_soon(kind) if way == "closing" else latest(kind)
    there = set(one.items.values_list("kind", "object_id"))
    context = {
        "issue": one,
        "q": text,
        "kind": kind,
        "way": way,
        "tabs": tabs(text) if text else [(name, source.label, None) for name, source in documents.items()],
        "rows": [(row, (row.document.kind, row.document.object_id) in there) for row in rows],
        "sections": one.sections.all(),
        "section": request.GET.get("section", ""),
        "query": request.GET.urlencode(),
    }
    return render(request, "newsletter/desk/pick.html", context)


def _picked(request: HttpRequest, one: Issue) -> HttpResponse:
    kind, pk, section = (request.POST.get(name, "") for name in ("kind", "object", "section"))
    try:
        item = making.pick(
            one,
            kind,
            whole(pk) if kind in documents else 0,
            actor=must_make(request),
            section=whole(section) or None,
        )
    except DomainError as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("“%(title)s” is in the issue.") % {"title": item.said("title")})
    back = request.POST.get("query", "")[:1000]
    return redirect(f"{reverse('newsletterdesk:pick', args=[one.pk])}?{back}")


@login_required
@require_POST
def add_section(request: HttpRequest, pk: int) -> HttpResponse:
    one = issue_of(request, pk)
    form = SectionForm(request.POST, issue=one)
    if form.is_valid():
        _do(request, making.add_section, one, titles=form.titles())
        return redirect(f"{reverse('newsletterdesk:issue', args=[pk])}#sections")
    return render(request, "newsletter/desk/form.html", {"form": form, "issue": one, "what": "section"})


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def section(request: HttpRequest, pk: int) -> HttpResponse:
    """The heading of a section in each language of the issue."""
    part = _section(request, pk)
    form = SectionForm(request.POST or None, issue=part.issue, section=part)
    if request.method == "POST" and form.is_valid():
        try:
            making.name_section(part, actor=must_make(request), titles=form.titles())
        except DomainError as refusal:
            blame(form, refusal)
        else:
            return redirect(_at(part.issue_id, f"section-{pk}"))
    context = {"form": form, "issue": part.issue, "what": "section"}
    return render(request, "newsletter/desk/form.html", context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def item(request: HttpRequest, pk: int) -> HttpResponse:
    """Title and summary of an item, in the languages that it has."""
    one = _item(request, pk)
    form = ItemForm(request.POST or None, item=one)
    if request.method == "POST" and form.is_valid():
        try:
            making.reword(one, actor=must_make(request), texts=form.by_language("title", "summary"))
        except DomainError as refusal:
            blame(form, refusal)
        else:
            return redirect(_at(one.issue_id, f"item-{pk}"))
    return render(request, "newsletter/desk/form.html", {"form": form, "issue": one.issue, "what": "item"})


@login_required
@require_POST
def act_on_item(request: HttpRequest, pk: int, act: str) -> HttpResponse:
    one = _item(request, pk)
    if act == "drop":
        if _do(request, making.drop_item, one):
            messages.success(request, _("“%(title)s” is out of the issue.") % {"title": one.said("title")})
        return redirect(_at(one.issue_id, f"section-{one.section_id}"))
    _do(request, making.move_item, one, STEPS[act])
    return redirect(_at(one.issue_id, f"item-{pk}"))


@login_required
@require_POST
def act_on_section(request: HttpRequest, pk: int, act: str) -> HttpResponse:
    part = _section(request, pk)
    if act == "drop":
        _do(request, making.drop_section, part)
        return redirect(_at(part.issue_id, "sections"))
    _do(request, making.move_section, part, STEPS[act])
    return redirect(_at(part.issue_id, f"section-{pk}"))


def _do(request: HttpRequest, what: Any, *args: Any, **kwargs: Any) -> bool:
    """Do it, or say why not."""
    try:
        what(*args, actor=must_make(request), **kwargs)
    except DomainError as refusal:
        messages.error(request, str(refusal))
        return False
    return True


def _item(request: HttpRequest, pk: int) -> IssueItem:
    must_make(request)
    return get_object_or_404(IssueItem.objects.select_related("issue"), pk=pk)


def _section(request: HttpRequest, pk: int) -> IssueSection:
    must_make(request)
    return get_object_or_404(IssueSection.objects.select_related("issue"), pk=pk)


def _at(issue: int, place: str) -> str:
    return f"{reverse('newsletterdesk:issue', args=[issue])}#{place}"
