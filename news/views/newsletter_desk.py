"""The desk's pages of the newsletter: what there is, one issue, its texts, and how it will look."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import get_language_info
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from audit.queries import timeline
from core.errors import DomainError
from core.forms import blame
from core.small_numbers import FEWEST
from news.actions import newsletter_making as act
from news.actions.newsletter_sending import KIND
from news.enums.newsletters import IssueState
from news.forms.newsletter_desk import NewForm, SectionForm, TestForm, TextsForm
from news.models import Issue
from news.queries.newsletter_progress import progress_of
from news.queries.newsletter_readers import numbers_for, numbers_of_subscribers
from news.queries.newsletters import prepare_test, public_among
from news.views.newsletter import language_in_use
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


@login_required
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    user = must_make(request)
    page = Paginator(Issue.objects.visible_to(user), PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "rows": [(one, LOOKS[one.state]) for one in page.object_list],
        "page": page,
        "numbers": numbers_of_subscribers(),
        "fewest": FEWEST,
    }
    return render(request, "newsletter/desk/home.html", context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    user = must_make(request)
    form = NewForm(request.POST or None, initial={"language": language_in_use()})
    if request.method == "POST" and form.is_valid():
        made = act.begin_issue(actor=user, **form.cleaned_data)
        return redirect("newsletterdesk:issue", made.pk)
    return render(request, "newsletter/desk/new.html", {"form": form})


@login_required
@never_cache
@require_safe
def issue(request: HttpRequest, pk: int) -> HttpResponse:
    """Everything about one issue; while it is a draft, with the buttons that change it."""
    one = issue_of(request, pk)
    if request.headers.get("HX-Target") == "progress":
        return render(request, "newsletter/desk/_progress.html", _way(one))
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
    return render(request, "newsletter/desk/issue.html", context)


def _way(one: Issue) -> dict[str, Any]:
    return {"issue": one, "progress": progress_of(one) if one.state == IssueState.SENDING else None}


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Titles, introductions and topics."""
    one = issue_of(request, pk)
    form = TextsForm(request.POST or None, issue=one)
    if request.method == "POST" and form.is_valid():
        try:
            act.save_texts(
                one,
                actor=must_make(request),
                version=form.cleaned_data["version"],
                texts=form.by_language("title", "intro"),
                topics=form.cleaned_data["topics"],
            )
        except DomainError as refusal:
            blame(form, refusal)
        else:
            messages.success(request, _("The texts are saved."))
            return redirect("newsletterdesk:issue", pk)
    return render(request, "newsletter/desk/form.html", {"form": form, "issue": one, "what": "texts"})


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def discard(request: HttpRequest, pk: int) -> HttpResponse:
    one = issue_of(request, pk)
    if request.method == "POST":
        try:
            act.discard(one, actor=must_make(request))
        except DomainError as refusal:
            messages.error(request, str(refusal))
            return redirect("newsletterdesk:issue", pk)
        messages.success(request, _("The draft is thrown away."))
        return redirect("newsletterdesk:home")
    return render(request, "newsletter/desk/discard.html", {"issue": one})


@login_required
@require_safe
def preview(request: HttpRequest, pk: int, language: str) -> HttpResponse:
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
    return render(request, "newsletter/desk/preview.html", context)


@login_required
@require_safe
def preview_mail(request: HttpRequest, pk: int, language: str) -> HttpResponse:
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
