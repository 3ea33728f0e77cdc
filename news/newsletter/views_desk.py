"""The desk puts an issue together, looks at it and sends it. Every button works without a script."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.html import format_html
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
from core.views import act_page, refusal_as_error
from news.newsletter import actions, actions_sending
from news.newsletter.actions_sending import KIND
from news.newsletter.enums import IssueState, Way
from news.newsletter.forms import (
    ItemForm,
    NewForm,
    PickForm,
    SectionForm,
    SendForm,
    TestForm,
    TextsForm,
    read_order,
)
from news.newsletter.models import Issue, IssueItem, IssueSection
from news.newsletter.queries import (
    Offer,
    approval_of,
    candidate,
    candidates,
    content,
    last_left,
    numbers_for,
    numbers_of,
    numbers_of_subscribers,
    offers,
    prepare_test,
    progress_of,
    public_among,
    recipients,
    shown_in,
)
from news.newsletter.views import language_in_use
from notifications.delivery.compose import compose
from notifications.outbox.actions import message_to_address
from search.hooks import documents, plural_of
from workflow.items.queries import item_of

PER_PAGE = 25
A_READER = "reader@example.org"  # to whom a preview is addressed
LOOKS = {"draft": "quiet", "scheduled": "waiting", "sending": "info", "sent": "done"}


def must_make(request: HttpRequest) -> Any:
    """Return the user, or raise Http404 where they may not make the newsletter."""
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
        "rows": [(issue, LOOKS[issue.state]) for issue in page.object_list],
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
        issue = actions.begin_issue(actor=user, **form.cleaned_data)
        return redirect("newsletterdesk:issue", issue.pk)
    return act_page(
        request,
        form,
        heading=_("Begin an issue"),
        lead=_("Other languages, introduction and topics come next."),
        crumbs="news/newsletter/desk/_crumbs.html",
        button=_("Begin"),
        back="newsletterdesk:home",
    )


@page_view(fresh=True)
def issue(request: SignedIn, pk: int) -> HttpResponse:
    """Show one issue; while it is a draft, with the buttons that change it."""
    issue = issue_of(request, pk)
    part = request.headers.get("HX-Target")
    if part == "progress":
        return render(request, "news/newsletter/desk/_progress.html", _progress_context(issue))
    template = "news/newsletter/desk/_issue.html" if part == "issue" else "news/newsletter/desk/issue.html"
    sections = list(issue.sections.prefetch_related("items"))
    items = [item for section in sections for item in section.items.all()]
    public = public_among((item.kind, item.object_id) for item in items)
    has = issue.languages
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
        **_progress_context(issue),
        "part": part,
        "look": LOOKS[issue.state],
        "sections": rows,
        "topics": issue.topics.in_order(),
        "languages": [get_language_info(code) for code in has],
        "approval": approval_of(issue, request.user) if issue.is_draft else None,
        "approval_item": item_of(issue) if issue.is_draft else None,
        "numbers": numbers_for(issue) if issue.is_draft or issue.state == IssueState.SCHEDULED else None,
        "fewest": FEWEST,
        "lines": timeline(issue, request.user),
        "section_form": SectionForm(issue=issue) if issue.is_draft else None,
        "test_form": TestForm(issue=issue),
    }
    return render(request, template, context)


def _progress_context(issue: Issue) -> dict[str, Any]:
    return {"issue": issue, "progress": progress_of(issue) if issue.state == IssueState.SENDING else None}


@form_view()
def edit(request: SignedIn, pk: int) -> HttpResponse:
    """Edit titles, introductions and topics."""
    issue = issue_of(request, pk)
    form = TextsForm(request.POST or None, issue=issue)
    if request.method == "POST" and form.is_valid():
        with refusal_on(form):
            actions.save_texts(
                issue,
                actor=must_make(request),
                version=form.cleaned_data["version"],
                texts=form.by_language("title", "intro"),
                topics=form.cleaned_data["topics"],
            )
            messages.success(request, _("The texts are saved."))
            return redirect("newsletterdesk:issue", pk)
    return render(
        request, "news/newsletter/desk/form.html", {"form": form, "issue": issue, "form_kind": "texts"}
    )


@form_view()
def discard(request: SignedIn, pk: int) -> HttpResponse:
    issue = issue_of(request, pk)
    if request.method == "POST":
        with refusal_as_error(request):
            actions.discard(issue, actor=must_make(request))
            messages.success(request, _("The draft is deleted."))
            return redirect("newsletterdesk:home")
        return redirect("newsletterdesk:issue", pk)
    return act_page(
        request,
        heading=_("Delete the draft?"),
        here=_("Delete the draft"),
        text=format_html("<bdi>{}</bdi>", issue.title),
        crumbs="news/newsletter/desk/_crumbs.html",
        issue=issue,
        button=_("Delete the draft"),
        style="danger",
        back=reverse("newsletterdesk:issue", args=[pk]),
        back_text=_("Back to the issue"),
    )


@page_view()
def preview(request: SignedIn, pk: int, language: str) -> HttpResponse:
    """Show page and mail in one language, with the address of the mail's HTML."""
    issue, mail = _mail(request, pk, language)
    info = get_language_info(language)
    context = {
        "issue": issue,
        "shown": content(issue, shown_in([pk])[pk], language),
        "subject": mail.subject,
        "text": mail.body,
        "language": language,
        "direction": "rtl" if info["bidi"] else "ltr",
        "language_name": info["name_translated"],
        "languages": [get_language_info(code) for code in issue.languages],
    }
    return render(request, "news/newsletter/desk/preview.html", context)


@page_view()
def preview_mail(request: SignedIn, pk: int, language: str) -> HttpResponse:
    """Return the HTML of the mail alone, in which nothing runs."""
    _issue, mail = _mail(request, pk, language)
    response = HttpResponse(mail.alternatives[0].content)
    response["Content-Security-Policy"] = (
        "default-src 'none'; style-src 'unsafe-inline'; sandbox allow-popups"
    )
    response["X-Robots-Tag"] = "noindex"
    return response


def _mail(request: HttpRequest, pk: int, language: str) -> tuple[Issue, Any]:
    """Return the issue, and the mail that a reader of `language` would get; it is not sent."""
    issue = issue_of(request, pk)
    if language not in issue.languages:
        raise Http404
    message = message_to_address(
        A_READER,
        language,
        KIND,
        key="preview",
        url_name="newsletter:issue",
        url_args=[pk, issue.slug],
        facts={"title": issue.field_text("title", language)},
        subject=issue,
    )
    message.pk = 0
    return issue, compose(message, prepare_test([message])[0])


# --- The desk picks what goes into an issue, words and orders it; a second person approves it --------

LONGEST_QUESTION = 200


@form_view()
def pick(request: SignedIn, pk: int) -> HttpResponse:
    """List what may go in, by kind; a POST adds all that is ticked."""
    issue = issue_of(request, pk)
    form = PickForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        with refusal_on(form):
            _tell_picked(request, actions.pick(issue, form.cleaned_data["picked"], actor=must_make(request)))
            return redirect(request.get_full_path())
    text = request.GET.get("words", "")[:LONGEST_QUESTION].strip()
    since = last_left()
    ways = [way for way in Way if since or way != Way.NEW]
    way = next((way for way in ways if way == request.GET.get("way")), ways[0])
    rows = candidates(way, text)
    numbers = numbers_of(rows)
    kind = request.GET.get("kind", "")
    page = None
    if kind in numbers:
        page = Paginator(rows.filter(kind=kind), PER_PAGE).get_page(request.GET.get("page"))
        groups = [Offer(kind, plural_of(kind), list(map(candidate, page.object_list)), numbers[kind])]
    else:
        groups = offers(rows, numbers)
    query = {"words": text} if text else {"way": way}
    context = {
        "issue": issue,
        "form": form,
        "ticked": form["picked"].data or [],
        "q": text,
        "since": since,
        "ways": ways,
        "way": way,
        "kind": kind if page else "",
        "kinds": [(name, plural_of(name), number) for name, number in numbers.items()],
        "groups": groups,
        "included": {f"{kind}:{pk}" for kind, pk in issue.items.values_list("kind", "object_id")},
        "page": page,
        "query": query,
        "of_kind": {**query, "kind": kind},
    }
    return render(request, "news/newsletter/desk/pick.html", context)


def _tell_picked(request: HttpRequest, picked: actions.PickResult) -> None:
    text = ngettext("%(number)s item was added.", "%(number)s items were added.", picked.added)
    messages.success(request, text % {"number": picked.added})
    if picked.refused:
        messages.warning(request, _("Only public content can be added to an issue."))


@act_view()
def arrange(request: SignedIn, pk: int) -> HttpResponse:
    """Save the order of sections and items, after dragging or one step."""
    issue, moved = issue_of(request, pk), request.POST.get("moved", "")
    order = read_order(request.POST.getlist("order"), moved)
    version = whole(request.POST.get("version", ""), -1)
    with refusal_as_error(request):
        actions.arrange(issue, actor=must_make(request), version=version, order=order)
        messages.success(request, _place_of(issue, moved))
    code = moved.partition(":")[0]
    place = f"item-{code[1:]}" if code.startswith("i") else f"section-{code[1:]}"
    return redirect(_at(pk, place if whole(code[1:]) else "sections"))


def _place_of(issue: Issue, moved: str) -> str:
    """Return a sentence with the new place of what was moved."""
    number = whole(moved.partition(":")[0][1:])
    sections = list(issue.sections.prefetch_related("items"))
    for place, part in enumerate(sections, 1):
        name = str(part) or _("Section %(number)s") % {"number": place}
        if moved.startswith("s") and part.pk == number:
            facts = {"title": name, "number": place, "all": len(sections)}
            return _("“%(title)s” is now section %(number)s of %(all)s.") % facts
        items = list(part.items.all())
        for at, its in enumerate(items, 1):
            if moved.startswith("i") and its.pk == number:
                facts = {"title": its.field_text("title"), "number": at, "all": len(items), "section": name}
                return _("“%(title)s” is now number %(number)s of %(all)s in “%(section)s”.") % facts
    return _("The order is saved.")


@act_view()
def add_section(request: SignedIn, pk: int) -> HttpResponse:
    issue = issue_of(request, pk)
    form = SectionForm(request.POST, issue=issue)
    if form.is_valid():
        _do(request, actions.add_section, issue, titles=form.titles())
        return redirect(f"{reverse('newsletterdesk:issue', args=[pk])}#sections")
    return render(
        request, "news/newsletter/desk/form.html", {"form": form, "issue": issue, "form_kind": "section"}
    )


@form_view()
def section(request: SignedIn, pk: int) -> HttpResponse:
    """Edit the heading of a section in each language of the issue."""
    part = _section(request, pk)
    form = SectionForm(request.POST or None, issue=part.issue, section=part)
    if request.method == "POST" and form.is_valid():
        with refusal_on(form):
            actions.name_section(part, actor=must_make(request), titles=form.titles())
            return redirect(_at(part.issue_id, f"section-{pk}"))
    context = {"form": form, "issue": part.issue, "form_kind": "section"}
    return render(request, "news/newsletter/desk/form.html", context)


@form_view()
def item(request: SignedIn, pk: int) -> HttpResponse:
    """Edit title and summary of an item, in the languages that it has."""
    item = _item(request, pk)
    form = ItemForm(request.POST or None, item=item)
    if request.method == "POST" and form.is_valid():
        with refusal_on(form):
            actions.reword(item, actor=must_make(request), texts=form.by_language("title", "summary"))
            return redirect(_at(item.issue_id, f"item-{pk}"))
    return render(
        request, "news/newsletter/desk/form.html", {"form": form, "issue": item.issue, "form_kind": "item"}
    )


@act_view()
def drop_item(request: SignedIn, pk: int) -> HttpResponse:
    item = _item(request, pk)
    if _do(request, actions.drop_item, item):
        messages.success(request, _("“%(title)s” is out of the issue.") % {"title": item.field_text("title")})
    return redirect(_at(item.issue_id, f"section-{item.section_id}"))


@act_view()
def drop_section(request: SignedIn, pk: int) -> HttpResponse:
    part = _section(request, pk)
    _do(request, actions.drop_section, part)
    return redirect(_at(part.issue_id, "sections"))


def _do(request: HttpRequest, act: Any, *args: Any, **kwargs: Any) -> bool:
    """Make an act, and return whether it was not refused."""
    with refusal_as_error(request):
        act(*args, actor=must_make(request), **kwargs)
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
    """Show how many it would reach and when; send it after a confirmation."""
    issue, user = issue_of(request, pk), must_make(request)
    zone = getattr(user, "time_zone", "") or VIENNA.key
    form = SendForm(request.POST or None, initial={"zone": zone, "when": "now"})
    if request.method == "POST" and form.is_valid():
        cleaned = form.cleaned_data
        people = recipients(issue).count()
        # Without an approval, or anybody to send it to now, it is refused below, without a question before.
        if "confirmed" not in request.POST and issue.approved_at and (people or cleaned["instant"]):
            at = by_both_clocks(cleaned["instant"], zone) if cleaned["instant"] else ""
            context = {"issue": issue, "form": form, "at": at, "people": people}
            return render(request, "news/newsletter/desk/confirm.html", context)
        with refusal_on(form):
            if cleaned["when"] == "later":
                actions_sending.schedule(issue, cleaned["instant"], cleaned["zone"], actor=user)
                text = _("The issue will be sent on %(at)s.") % {
                    "at": by_both_clocks(cleaned["instant"], zone)
                }
            else:
                actions_sending.send_now(issue, actor=user)
                text = _("The issue is on its way, and in the archive.")
            messages.success(request, text)
            return redirect("newsletterdesk:issue", pk)
    context = {"issue": issue, "form": form, "numbers": numbers_for(issue), "fewest": FEWEST}
    return render(request, "news/newsletter/desk/send.html", context)


@act_view()
def approve(request: SignedIn, pk: int) -> HttpResponse:
    """Approve the version that the person's page showed."""
    issue = issue_of(request, pk)
    version = whole(request.POST.get("version", ""), -1)
    if _do(request, actions.approve, issue, version=version):
        messages.success(request, _("The issue is approved and can be sent."))
    return redirect("newsletterdesk:issue", pk)


@act_view()
def test(request: SignedIn, pk: int) -> HttpResponse:
    issue, user = issue_of(request, pk), must_make(request)
    form = TestForm(request.POST, issue=issue)
    if not form.is_valid():
        messages.error(request, _("Choose at least one language for the test."))
        return redirect("newsletterdesk:issue", pk)
    spend("news.newsletter_test", str(user.pk), most=MOST_TESTS, seconds=60 * 60)
    chosen = form.cleaned_data["languages"]
    actions_sending.send_test(issue, chosen, actor=user)
    text = ngettext(
        "A test goes to your own address.", "%(number)s tests go to your own address.", len(chosen)
    )
    messages.success(request, text % {"number": len(chosen)})
    return redirect("newsletterdesk:issue", pk)


@act_view()
def act_on(request: SignedIn, pk: int, act: str) -> HttpResponse:
    """Ask for approval, unschedule, pause or resume."""
    issue, user = issue_of(request, int(pk)), must_make(request)
    do: Any = {
        "ask": actions.ask_for_approval,
        "unschedule": actions_sending.unschedule,
        "pause": actions_sending.pause,
        "resume": actions_sending.resume,
    }[act]
    done = {
        "ask": _("The issue is now among the tasks of those who can approve it."),
        "unschedule": _("The issue is a draft again."),
        "pause": _("Sending is paused. Messages that are already being processed are still sent."),
        "resume": _("Sending has resumed."),
    }
    with refusal_as_error(request):
        do(issue, actor=user)
        messages.success(request, done[act])
    return redirect("newsletterdesk:issue", issue.pk)
