"""The desk puts an issue together, looks at it and sends it. Every button works without a script."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import get_language_info, ngettext
from django.utils.translation import gettext as _

from accounts.people.decorators import act_view, form_view, page_view
from accounts.people.requests import SignedIn
from audit.queries import timeline
from core.forms import refusal_on
from core.limits import spend
from core.small_numbers import FEWEST
from core.text import whole
from core.time_display import VIENNA, by_both_clocks
from core.views import refusal_as_error
from news.newsletter import actions
from news.newsletter.actions import KIND
from news.newsletter.enums import IssueState
from news.newsletter.forms import ItemForm, NewForm, SectionForm, SendForm, TestForm, TextsForm
from news.newsletter.models import Issue, IssueItem, IssueSection
from news.newsletter.queries import (
    closing_soon,
    latest,
    numbers_for,
    numbers_of_subscribers,
    prepare_test,
    progress_of,
    public_among,
    recipients,
    search_candidates,
    tabs,
)
from news.newsletter.views import language_in_use
from notifications.delivery.compose import compose
from notifications.outbox.actions import message_to_address
from search.hooks import documents

PER_PAGE = 25
A_READER = "reader@example.org"  # to whom a preview is addressed
LOOKS = {"draft": "quiet", "scheduled": "waiting", "sending": "info", "sent": "done"}


def must_make(request: HttpRequest) -> Any:
    """Whoever may not make the newsletter does not learn that the pages are there."""
    user: Any = request.user
    if not user.has_perm("news.make_newsletter"):
        raise Http404
    return user


def issue_of(request: HttpRequest, pk: int) -> Issue:
    return get_object_or_404(Issue.objects.visible_to(must_make(request)), pk=pk)


@page_view()
def home(request: SignedIn) -> HttpResponse:
    user = must_make(request)
    page = Paginator(Issue.objects.visible_to(user), PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "rows": [(one, LOOKS[one.state]) for one in page.object_list],
        "page": page,
        "numbers": numbers_of_subscribers(),
        "fewest": FEWEST,
    }
    return render(request, "news/newsletter/desk/home.html", context)


@form_view()
def new(request: SignedIn) -> HttpResponse:
    user = must_make(request)
    form = NewForm(request.POST or None, initial={"language": language_in_use()})
    if request.method == "POST" and form.is_valid():
        made = actions.begin_issue(actor=user, **form.cleaned_data)
        return redirect("newsletterdesk:issue", made.pk)
    return render(request, "news/newsletter/desk/new.html", {"form": form})


@page_view(fresh=True)
def issue(request: SignedIn, pk: int) -> HttpResponse:
    """Everything about one issue; while it is a draft, with the buttons that change it."""
    one = issue_of(request, pk)
    if request.headers.get("HX-Target") == "progress":
        return render(request, "news/newsletter/desk/_progress.html", _way(one))
    sections = list(one.sections.prefetch_related("items"))
    items = [item for section in sections for item in section.items.all()]
    public = public_among((item.kind, item.object_id) for item in items)
    has = one.languages
    rows = [
        (
            section,
            [
                (
                    item,
                    documents[item.kind].label if item.kind in documents else item.kind,
                    (item.kind, item.object_id) in public and item.left_out_at is None,
                    [get_language_info(code)["name_translated"] for code in has if code not in item.texts],
                )
                for item in section.items.all()
            ],
        )
        for section in sections
    ]
    context = {
        **_way(one),
        "look": LOOKS[one.state],
        "sections": rows,
        "topics": one.topics.all(),
        "languages": [get_language_info(code) for code in has],
        "may_send": bool(has),
        "numbers": numbers_for(one) if one.is_draft or one.state == IssueState.SCHEDULED else None,
        "fewest": FEWEST,
        "lines": timeline(one, request.user),
        "section_form": SectionForm(issue=one) if one.is_draft else None,
        "test_form": TestForm(issue=one),
    }
    return render(request, "news/newsletter/desk/issue.html", context)


def _way(one: Issue) -> dict[str, Any]:
    return {"issue": one, "progress": progress_of(one) if one.state == IssueState.SENDING else None}


@form_view()
def edit(request: SignedIn, pk: int) -> HttpResponse:
    """Titles, introductions and topics."""
    one = issue_of(request, pk)
    form = TextsForm(request.POST or None, issue=one)
    if request.method == "POST" and form.is_valid():
        with refusal_on(form):
            actions.save_texts(
                one,
                actor=must_make(request),
                version=form.cleaned_data["version"],
                texts=form.by_language("title", "intro"),
                topics=form.cleaned_data["topics"],
            )
            messages.success(request, _("The texts are saved."))
            return redirect("newsletterdesk:issue", pk)
    return render(request, "news/newsletter/desk/form.html", {"form": form, "issue": one, "what": "texts"})


@form_view()
def discard(request: SignedIn, pk: int) -> HttpResponse:
    one = issue_of(request, pk)
    if request.method == "POST":
        with refusal_as_error(request):
            actions.discard(one, actor=must_make(request))
            messages.success(request, _("The draft is deleted."))
            return redirect("newsletterdesk:home")
        return redirect("newsletterdesk:issue", pk)
    return render(request, "news/newsletter/desk/discard.html", {"issue": one})


@page_view()
def preview(request: SignedIn, pk: int, language: str) -> HttpResponse:
    """The mail in one language as text, and the way to it as HTML."""
    one, mail = _mail(request, pk, language)
    info = get_language_info(language)
    context = {
        "issue": one,
        "subject": mail.subject,
        "text": mail.body,
        "language": language,
        "direction": "rtl" if info["bidi"] else "ltr",
        "language_name": info["name_translated"],
        "languages": [get_language_info(code) for code in one.languages],
    }
    return render(request, "news/newsletter/desk/preview.html", context)


@page_view()
def preview_mail(request: SignedIn, pk: int, language: str) -> HttpResponse:
    """The HTML of the mail alone, as a mail program shows it: nothing in it runs."""
    _one, mail = _mail(request, pk, language)
    response = HttpResponse(mail.alternatives[0].content)
    response["Content-Security-Policy"] = (
        "default-src 'none'; style-src 'unsafe-inline'; sandbox allow-popups"
    )
    response["X-Robots-Tag"] = "noindex"
    return response


def _mail(request: HttpRequest, pk: int, language: str) -> tuple[Issue, Any]:
    """The mail that a reader of `language` would get, made as the outbox makes it, and sent nowhere."""
    one = issue_of(request, pk)
    if language not in one.languages:
        raise Http404
    message = message_to_address(
        A_READER,
        language,
        KIND,
        key="preview",
        url_name="newsletter:issue",
        url_args=[pk, one.slug],
        facts={"title": one.said("title", language)},
        subject=one,
    )
    message.pk = 0
    return one, compose(message, prepare_test([message])[0])


# --- The desk picks what goes into an issue, words and orders it. Every button works without a script

STEPS = {"up": -1, "down": 1}
LONGEST_QUESTION = 200


@form_view()
def pick(request: SignedIn, pk: int) -> HttpResponse:
    """Search over all that is public, by kind; without words, what came last or what closes soon."""
    one = issue_of(request, pk)
    if request.method == "POST":
        return _picked(request, one)
    text = request.GET.get("words", "")[:LONGEST_QUESTION].strip()
    kind = request.GET.get("kind", "")
    kind = kind if kind in documents else ""
    way = "closing" if request.GET.get("way") == "closing" else "latest"
    rows = search_candidates(text, kind) if text else closing_soon(kind) if way == "closing" else latest(kind)
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
    return render(request, "news/newsletter/desk/pick.html", context)


def _picked(request: HttpRequest, one: Issue) -> HttpResponse:
    kind, pk, section = (request.POST.get(name, "") for name in ("kind", "object", "section"))
    with refusal_as_error(request):
        item = actions.pick(
            one,
            kind,
            whole(pk) if kind in documents else 0,
            actor=must_make(request),
            section=whole(section) or None,
        )
        messages.success(request, _("“%(title)s” is in the issue.") % {"title": item.said("title")})
    back = request.POST.get("query", "")[:1000]
    return redirect(f"{reverse('newsletterdesk:pick', args=[one.pk])}?{back}")


@act_view()
def add_section(request: SignedIn, pk: int) -> HttpResponse:
    one = issue_of(request, pk)
    form = SectionForm(request.POST, issue=one)
    if form.is_valid():
        _do(request, actions.add_section, one, titles=form.titles())
        return redirect(f"{reverse('newsletterdesk:issue', args=[pk])}#sections")
    return render(request, "news/newsletter/desk/form.html", {"form": form, "issue": one, "what": "section"})


@form_view()
def section(request: SignedIn, pk: int) -> HttpResponse:
    """The heading of a section in each language of the issue."""
    part = _section(request, pk)
    form = SectionForm(request.POST or None, issue=part.issue, section=part)
    if request.method == "POST" and form.is_valid():
        with refusal_on(form):
            actions.name_section(part, actor=must_make(request), titles=form.titles())
            return redirect(_at(part.issue_id, f"section-{pk}"))
    context = {"form": form, "issue": part.issue, "what": "section"}
    return render(request, "news/newsletter/desk/form.html", context)


@form_view()
def item(request: SignedIn, pk: int) -> HttpResponse:
    """Title and summary of an item, in the languages that it has."""
    one = _item(request, pk)
    form = ItemForm(request.POST or None, item=one)
    if request.method == "POST" and form.is_valid():
        with refusal_on(form):
            actions.reword(one, actor=must_make(request), texts=form.by_language("title", "summary"))
            return redirect(_at(one.issue_id, f"item-{pk}"))
    return render(
        request, "news/newsletter/desk/form.html", {"form": form, "issue": one.issue, "what": "item"}
    )


@act_view()
def act_on_item(request: SignedIn, pk: int, act: str) -> HttpResponse:
    one = _item(request, pk)
    if act == "drop":
        if _do(request, actions.drop_item, one):
            messages.success(request, _("“%(title)s” is out of the issue.") % {"title": one.said("title")})
        return redirect(_at(one.issue_id, f"section-{one.section_id}"))
    _do(request, actions.move_item, one, STEPS[act])
    return redirect(_at(one.issue_id, f"item-{pk}"))


@act_view()
def act_on_section(request: SignedIn, pk: int, act: str) -> HttpResponse:
    part = _section(request, pk)
    if act == "drop":
        _do(request, actions.drop_section, part)
        return redirect(_at(part.issue_id, "sections"))
    _do(request, actions.move_section, part, STEPS[act])
    return redirect(_at(part.issue_id, f"section-{pk}"))


def _do(request: HttpRequest, what: Any, *args: Any, **kwargs: Any) -> bool:
    """Do it, or say why not."""
    with refusal_as_error(request):
        what(*args, actor=must_make(request), **kwargs)
        return True
    return False


def _item(request: HttpRequest, pk: int) -> IssueItem:
    must_make(request)
    return get_object_or_404(IssueItem.objects.select_related("issue"), pk=pk)


def _section(request: HttpRequest, pk: int) -> IssueSection:
    must_make(request)
    return get_object_or_404(IssueSection.objects.select_related("issue"), pk=pk)


def _at(issue: int, place: str) -> str:
    return f"{reverse('newsletterdesk:issue', args=[issue])}#{place}"


# --- The desk sends: a test to itself, the issue now or at a time; pauses it, and lets it go on ------

MOST_TESTS = 30


@form_view(fresh=True)
def send(request: SignedIn, pk: int) -> HttpResponse:
    """How many it would reach, and when it shall leave; then once more, as one sentence, before it does."""
    one, user = issue_of(request, pk), must_make(request)
    zone = getattr(user, "time_zone", "") or VIENNA.key
    form = SendForm(request.POST or None, initial={"zone": zone, "when": "now"})
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        people = recipients(one).count()
        # Nobody to send it to now is refused below, without a question before.
        if "confirmed" not in request.POST and (people or said["instant"]):
            at = by_both_clocks(said["instant"], zone) if said["instant"] else ""
            context = {"issue": one, "form": form, "at": at, "people": people}
            return render(request, "news/newsletter/desk/confirm.html", context)
        with refusal_on(form):
            if said["when"] == "later":
                actions.schedule(one, said["instant"], said["zone"], actor=user)
                text = _("The issue leaves on %(at)s.") % {"at": by_both_clocks(said["instant"], zone)}
            else:
                actions.send_now(one, actor=user)
                text = _("The issue is on its way, and in the archive.")
            messages.success(request, text)
            return redirect("newsletterdesk:issue", pk)
    context = {"issue": one, "form": form, "numbers": numbers_for(one), "fewest": FEWEST}
    return render(request, "news/newsletter/desk/send.html", context)


@act_view()
def test(request: SignedIn, pk: int) -> HttpResponse:
    one, user = issue_of(request, pk), must_make(request)
    form = TestForm(request.POST, issue=one)
    if not form.is_valid():
        messages.error(request, _("Choose at least one language for the test."))
        return redirect("newsletterdesk:issue", pk)
    spend("news.newsletter_test", str(user.pk), most=MOST_TESTS, seconds=60 * 60)
    chosen = form.cleaned_data["languages"]
    actions.send_test(one, chosen, actor=user)
    text = ngettext(
        "A test goes to your own address.", "%(number)s tests go to your own address.", len(chosen)
    )
    messages.success(request, text % {"number": len(chosen)})
    return redirect("newsletterdesk:issue", pk)


@act_view()
def act_on(request: SignedIn, pk: int, act: str) -> HttpResponse:
    """Take the time back, pause, let go on."""
    one, user = issue_of(request, int(pk)), must_make(request)
    do: Any = {"unschedule": actions.unschedule, "pause": actions.pause, "resume": actions.resume}[act]
    done = {
        "unschedule": _("The issue is a draft again."),
        "pause": _("The sending is paused. What a worker has taken already still leaves."),
        "resume": _("Sending has resumed."),
    }
    with refusal_as_error(request):
        do(one, actor=user)
        messages.success(request, done[act])
    return redirect("newsletterdesk:issue", one.pk)
