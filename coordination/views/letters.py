"""Messages to many, for regional focal points and for the desk: what was sent, one of them, its texts."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import get_language_info
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from audit.queries import timeline
from coordination.actions import letters as act
from coordination.enums.letters import PLACEHOLDERS, Hat
from coordination.forms.letters import Audience, DecideForm, TextsForm, told_filters
from coordination.models import Letter
from coordination.queries.letter_words import words_for
from coordination.queries.letters import KINDS, a_reader, allowed, answers_to, letters_of, progress_of, reach
from core.errors import DomainError
from core.forms import blame
from notifications.delivery.compose import compose
from notifications.outbox.actions import message_to_address

PER_PAGE, MOST_ANSWERS = 25, 100
A_READER = "reader@example.org"  # to whom a preview is addressed
LOOKS = {"draft": "quiet", "waiting": "waiting", "sending": "info", "sent": "done", "stopped": "refused"}
VERBS = {Hat.REGIONAL: "coordination.write_to_region", Hat.DESK: "coordination.write_to_directory"}


def must_write(request: HttpRequest, hat: str) -> Any:
    """Whoever may not write under this hat does not learn that the pages are there."""
    user: Any = request.user
    if not user.has_perm(VERBS[Hat(hat)]):
        raise Http404
    return user


def letter_of(request: HttpRequest, hat: str, pk: int) -> Letter:
    return get_object_or_404(letters_of(must_write(request, hat), hat), pk=pk)


def own_draft(request: HttpRequest, hat: str, pk: int) -> Letter:
    """A draft that the person may change here. What is another's, or has left, is not there for that."""
    letter = letter_of(request, hat, pk)
    if (
        letter.hat != hat
        or not letter.is_draft
        or not request.user.has_perm("coordination.change_letter", letter)
    ):
        raise Http404
    return letter


def framed(hat: str, **context: Any) -> dict[str, Any]:
    """With what every page of this hat shows: its addresses and the way up."""
    ns = f"letters_{hat}"
    up = reverse("regional:home") if hat == Hat.REGIONAL else reverse("portal:desk")
    return {"hat": hat, "ns": ns, "up_url": up, "home_url": reverse(f"{ns}:home"), **context}


@login_required
@require_safe
def home(request: HttpRequest, hat: str) -> HttpResponse:
    """What was sent, what is being written, and how much may still be sent."""
    user = must_write(request, hat)
    page = Paginator(letters_of(user, hat), PER_PAGE).get_page(request.GET.get("page"))
    rows = [
        (one, LOOKS[one.state], reverse(f"letters_{hat}:letter", args=[one.pk])) for one in page.object_list
    ]
    context = framed(hat, rows=rows, page=page, allowed=allowed(user, hat))
    return render(request, "coordination/letters/home.html", context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest, hat: str) -> HttpResponse:
    """To whom; what was asked of the directory may be brought along in the address."""
    user = must_write(request, hat)
    if request.method == "POST":
        audience = Audience(request.POST, user=user, hat=hat)
        if audience.form.is_valid():
            letter = act.begin(hat, audience.question, actor=user)
            return redirect(f"letters_{hat}:edit", letter.pk)
    else:
        audience = Audience(request.GET or None, user=user, hat=hat)
    return render(request, "coordination/letters/audience.html", framed(hat, form=audience.form, letter=None))


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def audience(request: HttpRequest, pk: int, hat: str) -> HttpResponse:
    """Choose anew to whom a draft goes."""
    user, one = must_write(request, hat), own_draft(request, hat, pk)
    data = request.POST if request.method == "POST" else QueryDict(one.filters)
    chosen = Audience(data, user=user, hat=hat)
    if request.method == "POST" and chosen.form.is_valid():
        try:
            act.address(one, chosen.question, actor=user)
        except DomainError as refusal:
            messages.error(request, str(refusal))
        return redirect(f"letters_{hat}:letter", pk)
    return render(request, "coordination/letters/audience.html", framed(hat, form=chosen.form, letter=one))


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: HttpRequest, pk: int, hat: str) -> HttpResponse:
    """Subject and text in each language."""
    user, one = must_write(request, hat), own_draft(request, hat, pk)
    form = TextsForm(request.POST or None, letter=one)
    if request.method == "POST" and form.is_valid():
        try:
            act.save_texts(one, form.texts(), form.cleaned_data["version"], actor=user)
        except DomainError as refusal:
            blame(form, refusal)
        else:
            messages.success(request, _("The texts are saved."))
            return redirect(f"letters_{hat}:letter", pk)
    context = framed(hat, form=form, letter=one, placeholders=[f"{{{name}}}" for name in PLACEHOLDERS])
    return render(request, "coordination/letters/edit.html", context)


@login_required
@never_cache
@require_safe
def letter(request: HttpRequest, pk: int, hat: str) -> HttpResponse:
    """One message: to whom, how far it is, what came back; and the buttons of whoever may use them."""
    one = letter_of(request, hat, pk)
    if request.headers.get("HX-Target") == "progress":
        return render(request, "coordination/letters/_progress.html", framed(hat, **_way(request, one)))
    return render(request, "coordination/letters/letter.html", _shown(request, one, hat, DecideForm()))


def _way(request: HttpRequest, one: Letter) -> dict[str, Any]:
    return {
        "letter": one,
        "progress": progress_of(one) if one.is_sending else None,
        "may_steer": request.user.has_perm("coordination.steer_letter", one),
    }


def _shown(request: HttpRequest, one: Letter, hat: str, decide_form: DecideForm) -> dict[str, Any]:
    user: Any = request.user
    mine = one.by_id == user.pk
    decides = one.is_waiting and user.has_perm("coordination.release_letter", one)
    answers = list(answers_to(one, user)[:MOST_ANSWERS])
    return framed(
        hat,
        **_way(request, one),
        look=LOOKS[one.state],
        mine=mine,
        may_change=mine and one.hat == hat and one.is_draft,
        may_take_back=mine and one.is_waiting,
        asked=told_filters(one.filters),
        reach=None if one.is_out else reach(one.by, one.hat, one.filters),
        texts=[_text(one, code) for code in one.languages],
        answers=answers,
        answered=one.copies.filter(conversation__isnull=False).count() if one.is_out else 0,
        decide_form=decide_form if decides else None,
        lines=timeline(one, user, as_subject=mine),
    )


def _text(one: Letter, code: str) -> dict[str, str]:
    info = get_language_info(code)
    # Whoever still writes it sees where the names go.
    read = one.said if one.is_draft else one.shown
    return {
        "code": code,
        "language": info["name_translated"],
        "direction": "rtl" if info["bidi"] else "ltr",
        "subject": read("subject", code),
        "text": read("text", code),
    }


@login_required
@require_safe
def preview(request: HttpRequest, pk: int, language: str, hat: str) -> HttpResponse:
    """The mail in one language as text, and the way to it as HTML."""
    one, mail = _mail(request, hat, pk, language)
    info = get_language_info(language)
    context = framed(
        hat,
        letter=one,
        subject=mail.subject,
        text=mail.body,
        language=language,
        direction="rtl" if info["bidi"] else "ltr",
        language_name=info["name_translated"],
        languages=[get_language_info(code) for code in one.languages],
    )
    return render(request, "coordination/letters/preview.html", context)


@login_required
@require_safe
def preview_mail(request: HttpRequest, pk: int, language: str, hat: str) -> HttpResponse:
    """The HTML of the mail alone, as a mail program shows it: nothing in it runs."""
    _one, mail = _mail(request, hat, pk, language)
    response = HttpResponse(mail.alternatives[0].content)
    response["Content-Security-Policy"] = (
        "default-src 'none'; style-src 'unsafe-inline'; sandbox allow-popups"
    )
    response["X-Robots-Tag"] = "noindex"
    return response


def _mail(request: HttpRequest, hat: str, pk: int, language: str) -> tuple[Letter, Any]:
    """As a reader of `language` gets it, of a stakeholder that it reaches, and called as who looks."""
    one = letter_of(request, hat, pk)
    if language not in one.languages:
        raise Http404
    user: Any = request.user
    name = (a_reader(one) if not one.is_out else "") or _("Example Organization")
    said = words_for(one, language, organization=name, person=user.name)
    facts = {"by": one.by.name if one.by else "", "name": name, "subject": said.subject}
    message = message_to_address(
        A_READER,
        language,
        KINDS[Hat(one.hat)],
        key="preview",
        url_name="received:letter",
        url_args=[0],
        facts=facts,
        subject=one,
    )
    message.pk = 0
    return one, compose(message, said._asdict())
