"""Messages to many, for regional focal points and for the desk: writing, sending, pausing; the limits."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import get_language_info
from django.utils.translation import gettext as _

from accounts.people.decorators import act_view, form_view, page_view
from accounts.people.requests import SignedIn
from audit.queries import timeline
from coordination.mailings import actions
from coordination.mailings.actions import discard as throw_away
from coordination.mailings.actions import set_limit
from coordination.mailings.enums import PLACEHOLDERS, Hat
from coordination.mailings.forms import Audience, DecideForm, LimitsForm, SendForm, TextsForm, filter_chips
from coordination.mailings.models import Letter
from coordination.mailings.queries import (
    KINDS,
    a_reader,
    allowance,
    answers_to,
    first_recipients,
    letters_of,
    limits,
    progress_of,
    reach,
    reader_languages,
    words_for,
)
from core.errors import DomainError
from core.forms import blame, refusal_on
from core.views import act_page, refusal_as_error
from notifications.delivery.compose import compose
from notifications.outbox.actions import message_to_address

PER_PAGE, MOST_ANSWERS = 25, 100
A_READER = "reader@example.org"  # to whom a preview is addressed
LOOKS = {"draft": "quiet", "waiting": "waiting", "sending": "info", "sent": "done", "stopped": "refused"}
VERBS = {Hat.REGIONAL: "coordination.write_to_region", Hat.DESK: "coordination.write_to_directory"}


def must_write(request: HttpRequest, hat: str) -> Any:
    """Return the user, or raise Http404 where they may not write under this hat."""
    user: Any = request.user
    if not user.has_perm(VERBS[Hat(hat)]):
        raise Http404
    return user


CRUMBS = "coordination/mailings/_crumbs.html"


def letter_of(request: HttpRequest, hat: str, pk: int) -> Letter:
    return get_object_or_404(letters_of(must_write(request, hat), hat), pk=pk)


def own_draft(request: HttpRequest, hat: str, pk: int) -> Letter:
    """Return a draft that the person may change here, or raise Http404."""
    letter = letter_of(request, hat, pk)
    if (
        letter.hat != hat
        or not letter.is_draft
        or not request.user.has_perm("coordination.change_letter", letter)
    ):
        raise Http404
    return letter


def page_context(hat: str, **context: Any) -> dict[str, Any]:
    """Return the context with what every page of this hat shows: its addresses and the way up."""
    ns = f"letters_{hat}"
    up = reverse("regional:home") if hat == Hat.REGIONAL else reverse("portal:desk")
    return {"hat": hat, "ns": ns, "up_url": up, "home_url": reverse(f"{ns}:home"), **context}


@page_view()
def home(request: SignedIn, hat: str) -> HttpResponse:
    """List letters, and how much may still be sent."""
    user = must_write(request, hat)
    page = Paginator(letters_of(user, hat), PER_PAGE).get_page(request.GET.get("page"))
    rows = [
        (letter, LOOKS[letter.state], reverse(f"letters_{hat}:letter", args=[letter.pk]))
        for letter in page.object_list
    ]
    context = page_context(hat, rows=rows, page=page, allowed=allowance(user, hat))
    return render(request, "coordination/mailings/home.html", context)


@form_view()
def new(request: SignedIn, hat: str) -> HttpResponse:
    """Choose the recipients of a new letter; the address may bring filters of the directory along."""
    user = must_write(request, hat)
    chosen = Audience(request.POST if request.method == "POST" else request.GET, user=user, hat=hat)
    if request.method == "POST" and chosen.form.is_valid() and reach(user, hat, chosen.query_string).people:
        letter = actions.begin(hat, chosen.query_string, actor=user)
        return redirect(f"letters_{hat}:edit", letter.pk)
    return _choose(request, hat, chosen, None)


@form_view()
def audience(request: SignedIn, pk: int, hat: str) -> HttpResponse:
    """Choose the recipients of a draft anew."""
    user, letter = must_write(request, hat), own_draft(request, hat, pk)
    chosen = Audience(request.POST if request.method == "POST" else request.GET, user=user, hat=hat)
    if request.method == "POST" and chosen.form.is_valid():
        with refusal_as_error(request):
            actions.address(letter, chosen.query_string, actor=user)
        return redirect(f"letters_{hat}:letter", pk)
    return _choose(request, hat, chosen, letter)


def _choose(request: HttpRequest, hat: str, chosen: Audience, letter: Letter | None) -> HttpResponse:
    """Render the filters, and whom they reach."""
    recipients = _recipients(request.user, hat, chosen.query_string, chosen.chips)
    context = page_context(
        hat, form=chosen.form, chosen=chosen, letter=letter, pairs=chosen.question.pairs(), **recipients
    )
    return render(request, "coordination/mailings/audience.html", context)


def _recipients(
    writer: Any, hat: str, filters: str, chips: Any, *, with_names: bool = True
) -> dict[str, Any]:
    """Return whom a letter reaches; the names are those that the writer finds, for the writer alone."""
    return {
        "chips": chips,
        "reach": reach(writer, hat, filters),
        "first_recipients": first_recipients(writer, hat, filters) if with_names else [],
        "languages": reader_languages(writer, hat, filters),
    }


@form_view()
def edit(request: SignedIn, pk: int, hat: str) -> HttpResponse:
    """Write subject and text in each language."""
    user, letter = must_write(request, hat), own_draft(request, hat, pk)
    form = TextsForm(request.POST or None, letter=letter)
    if request.method == "POST" and form.is_valid():
        with refusal_on(form):
            actions.save_texts(letter, form.texts(), form.cleaned_data["version"], actor=user)
            messages.success(request, _("The texts are saved."))
            return redirect(f"letters_{hat}:letter", pk)
    context = page_context(
        hat,
        form=form,
        letter=letter,
        placeholders=[f"{{{name}}}" for name in PLACEHOLDERS],
        **_recipients(user, hat, letter.filters, filter_chips(letter.filters)),
    )
    return render(request, "coordination/mailings/edit.html", context)


@page_view(fresh=True)
def letter(request: SignedIn, pk: int, hat: str) -> HttpResponse:
    """Show one letter with its progress, its answers and the buttons of whoever may use them."""
    letter = letter_of(request, hat, pk)
    if request.headers.get("HX-Target") == "progress":
        return render(
            request,
            "coordination/mailings/_progress.html",
            page_context(hat, **_progress_context(request, letter)),
        )
    return render(
        request, "coordination/mailings/letter.html", _letter_context(request, letter, hat, DecideForm())
    )


def _progress_context(request: HttpRequest, letter: Letter) -> dict[str, Any]:
    return {
        "letter": letter,
        "progress": progress_of(letter) if letter.is_sending else None,
        "may_steer": request.user.has_perm("coordination.steer_letter", letter),
    }


def _letter_context(
    request: HttpRequest, letter: Letter, hat: str, decide_form: DecideForm
) -> dict[str, Any]:
    user: Any = request.user
    mine = letter.by_id == user.pk
    decides = letter.is_waiting and user.has_perm("coordination.release_letter", letter)
    answers = list(answers_to(letter, user)[:MOST_ANSWERS])
    return page_context(
        hat,
        **_progress_context(request, letter),
        look=LOOKS[letter.state],
        mine=mine,
        may_change=mine and letter.hat == hat and letter.is_draft,
        may_take_back=mine and letter.is_waiting,
        **(
            {"chips": filter_chips(letter.filters)}
            if letter.is_out
            else _recipients(
                letter.by, letter.hat, letter.filters, filter_chips(letter.filters), with_names=mine
            )
        ),
        texts=[_text_context(letter, code) for code in letter.languages],
        answers=answers,
        answered=letter.copies.filter(conversation__isnull=False).count() if letter.is_out else 0,
        decide_form=decide_form if decides else None,
        lines=timeline(letter, user, as_subject=mine),
    )


def _text_context(letter: Letter, code: str) -> dict[str, str]:
    info = get_language_info(code)
    # Whoever still writes it sees where the names go.
    read = letter.text_as_written if letter.is_draft else letter.text_as_shown
    return {
        "code": code,
        "language": info["name_translated"],
        "direction": "rtl" if info["bidi"] else "ltr",
        "subject": read("subject", code),
        "text": read("text", code),
    }


@page_view()
def preview(request: SignedIn, pk: int, language: str, hat: str) -> HttpResponse:
    """Show the mail in one language as text, with the address of its HTML."""
    letter, mail = _mail(request, hat, pk, language)
    info = get_language_info(language)
    context = page_context(
        hat,
        letter=letter,
        subject=mail.subject,
        text=mail.body,
        language=language,
        direction="rtl" if info["bidi"] else "ltr",
        language_name=info["name_translated"],
        languages=[get_language_info(code) for code in letter.languages],
    )
    return render(request, "coordination/mailings/preview.html", context)


@page_view()
def preview_mail(request: SignedIn, pk: int, language: str, hat: str) -> HttpResponse:
    """Return the HTML of the mail alone, in which nothing runs."""
    _letter, mail = _mail(request, hat, pk, language)
    response = HttpResponse(mail.alternatives[0].content)
    response["Content-Security-Policy"] = (
        "default-src 'none'; style-src 'unsafe-inline'; sandbox allow-popups"
    )
    response["X-Robots-Tag"] = "noindex"
    return response


def _mail(request: HttpRequest, hat: str, pk: int, language: str) -> tuple[Letter, Any]:
    """Return the letter, and its mail to a reader of `language`, with the name of the person who looks."""
    letter = letter_of(request, hat, pk)
    if language not in letter.languages:
        raise Http404
    user: Any = request.user
    name = (a_reader(letter) if not letter.is_out else "") or _("Example Organization")
    words = words_for(letter, language, organization=name, person=user.name)
    facts = {"by": letter.by.name if letter.by else "", "name": name, "subject": words.subject}
    message = message_to_address(
        A_READER,
        language,
        KINDS[Hat(letter.hat)],
        key="preview",
        url_name="received:letter",
        url_args=[0],
        facts=facts,
        subject=letter,
    )
    message.pk = 0
    return letter, compose(message, words._asdict())


# --- Sending a message to many: now or by the desk's release; pausing, stopping; the limits ----------


@form_view(fresh=True)
def send(request: SignedIn, pk: int, hat: str) -> HttpResponse:
    """Send a draft, or ask for its release beyond the limit."""
    user, letter = must_write(request, hat), letter_of(request, hat, pk)
    if (
        letter.by_id == user.pk and letter.hat == hat and not letter.is_draft
    ):  # sent a moment ago, by a second click
        return redirect(f"letters_{hat}:letter", pk)
    letter = own_draft(request, hat, pk)
    within = allowance(user, hat)
    form = SendForm(request.POST if request.method == "POST" else None, beyond=within.is_spent)
    if request.method == "POST" and form.is_valid():
        try:
            left = actions.send(letter, actor=user, plea=form.cleaned_data.get("plea", ""))
        except DomainError as refusal:
            form = _ask_for_plea(form, refusal)
        else:
            text = (
                _("The message is on its way.")
                if left
                else _("Your request has been submitted. You are informed of the decision by e-mail.")
            )
            messages.success(request, text)
            return redirect(f"letters_{hat}:letter", pk)
    recipients = _recipients(user, hat, letter.filters, filter_chips(letter.filters))
    context = page_context(hat, letter=letter, form=form, allowed=within, **recipients)
    return render(request, "coordination/mailings/send.html", context)


def _ask_for_plea(form: SendForm, refusal: DomainError) -> SendForm:
    """Return a form that asks for the reason, where another message was sent meanwhile."""
    if "plea" in refusal.fields and "plea" not in form.fields:
        form = SendForm(form.data, beyond=True)
        form.is_valid()
        return form
    blame(form, refusal)
    return form


@form_view()
def discard(request: SignedIn, pk: int, hat: str) -> HttpResponse:
    user, letter = must_write(request, hat), own_draft(request, hat, pk)
    if request.method == "POST":
        with refusal_as_error(request):
            throw_away(letter, actor=user)
            messages.success(request, _("The draft is deleted."))
            return redirect(f"letters_{hat}:home")
        return redirect(letter)
    return act_page(
        request,
        heading=_("Delete draft"),
        here=_("Delete the draft"),
        about=letter,
        text=_("This cannot be undone."),
        crumbs=CRUMBS,
        button=_("Delete the draft"),
        style="danger",
        back=letter,
        back_text=_("Back to the message"),
        **page_context(hat, letter=letter),
    )


@act_view()
def act_on(request: SignedIn, pk: int, act: str, hat: str) -> HttpResponse:
    """Take a letter back, pause, resume or stop it."""
    letter, user = letter_of(request, hat, int(pk)), must_write(request, hat)
    do: Any = {
        "take_back": actions.take_back,
        "pause": actions.pause,
        "resume": actions.resume,
        "stop": actions.stop,
    }[act]
    done = {
        "take_back": _("The message is a draft again."),
        "pause": _("Sending is paused. Messages that are already being processed are still sent."),
        "resume": _("Sending has resumed."),
        "stop": _("Sending is stopped for good. Messages already sent stay with their readers."),
    }
    try:
        do(letter, actor=user)
    except PermissionDenied:
        raise Http404 from None
    except DomainError as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, done[act])
    return redirect(f"letters_{hat}:letter", letter.pk)


@act_view()
def decide(request: SignedIn, pk: int, hat: str) -> HttpResponse:
    """Release a letter beyond the limit, or return it."""
    letter, user = letter_of(request, hat, pk), must_write(request, hat)
    if not user.has_perm("coordination.release_letter", letter):
        raise Http404
    form = DecideForm(request.POST)
    if form.is_valid():
        returns = request.POST.get("decision") == "return"
        with refusal_on(form):
            (actions.give_back if returns else actions.release)(
                letter, actor=user, note=form.cleaned_data["note"]
            )
            if returns:  # a draft again, which is its writer's alone
                messages.success(request, _("It was returned to its author."))
                return redirect(f"letters_{hat}:home")
            messages.success(request, _("The message is on its way."))
            return redirect(f"letters_{hat}:letter", pk)
    return render(request, "coordination/mailings/letter.html", _letter_context(request, letter, hat, form))


@form_view()
def set_limits(request: SignedIn, hat: str) -> HttpResponse:
    """Set how many letters one person may send without asking."""
    user = must_write(request, hat)
    if hat != Hat.DESK or not user.has_perm("coordination.release_letters"):
        raise Http404
    form = LimitsForm(request.POST or None, limits=limits())
    if request.method == "POST" and form.is_valid():
        for its, (per_day, per_month) in form.limits().items():
            set_limit(its, per_day, per_month, actor=user)
        messages.success(request, _("The limits are saved."))
        return redirect("letters_desk:home")
    return act_page(
        request,
        form,
        heading=_("Limits for messages to many"),
        here=_("Limits"),
        lead=_(
            "How many messages one person may send without approval. Further messages need the head of desk "
            "or an administrator; 0 means every message."
        ),
        crumbs=CRUMBS,
        back="letters_desk:home",
        **page_context(hat),
    )
