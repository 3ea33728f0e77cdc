"""Pages of what is written over days and then sent: write, autosave, check, send; and what is asked again."""

from collections.abc import Callable, Iterable
from contextlib import AbstractContextManager
from typing import Any, ClassVar, NamedTuple, Self

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core import autosaves
from core.drafts import Draft, Gap
from core.errors import DomainError, TooMany
from core.forms import renew_version, save_on, wants_rows
from core.resumed_posts import forget_unsaved, to_sign_in, typed_before
from core.time_display import saved_message
from core.views import act_page, refusal_as_error
from workflow.receipts.models import Receipt
from workflow.writing.forms import Steps, answers_of


class DraftPages:
    """The pages of one kind of draft. A subject says what is special, and calls them in views of its own.

    Unsaved posts are called by `name`, templates stand in `folder`. `write_at` and `check_at` are names of
    addresses: of a row's form, and of the page that sends it. `is_sent` is what an autosave hears too late.
    """

    draft: ClassVar[Draft]
    name: ClassVar[str]
    folder: ClassVar[str]
    write_at: ClassVar[str]
    check_at: ClassVar[str]
    is_sent: ClassVar[str | Promise]
    # Whether its form shows what has been saved since, beside what was posted before a sign-in; where it does
    # not, saving over it is refused once.
    shows_both: ClassVar[bool] = False

    # --- Of a subject ------------------------------------------------------------------------------------
    def own(self, request: HttpRequest, pk: int) -> Any:
        """Return the row with all that its pages show; raise Http404 unless the person may write it."""
        raise NotImplementedError

    def is_open(self, request: HttpRequest, row: Any) -> bool:
        """Return whether the row can be written and sent in its present state."""
        return bool(row.is_written)

    def closed(self, request: HttpRequest, row: Any) -> HttpResponse | None:
        """Return where the form leads instead of being shown, or None while the row may be written."""
        return None if self.is_open(request, row) else redirect(row)

    def form(self, request: HttpRequest, row: Any, data: Any = None, files: Any = None) -> Any:
        return self.draft.form(row, data, files)

    def gaps(self, request: HttpRequest, row: Any) -> list[Gap]:
        """Return what is missing that the reader can fill in."""
        return self.draft.gaps(row)

    def write_context(self, request: HttpRequest, row: Any) -> dict[str, Any]:
        raise NotImplementedError

    def check_context(self, request: HttpRequest, row: Any, gaps: list[Gap]) -> dict[str, Any]:
        raise NotImplementedError

    def receipt_page(self, row: Any, receipt: Any) -> HttpResponse:
        """Return where its people read the receipt that sending gave."""
        raise NotImplementedError

    def saved_text(self, request: HttpRequest) -> str:
        return saved_message(getattr(request.user, "time_zone", ""))

    def sent_text(self, request: HttpRequest, row: Any) -> str:
        """Return what is said once the row is sent, of the row as it was before."""
        raise NotImplementedError

    def refusal_texts(self, refusal: DomainError) -> list[str]:
        """Return what is said where sending was refused; the page itself names what is missing."""
        return [str(refusal)]

    # --- The same for all --------------------------------------------------------------------------------
    def key(self, pk: int) -> str:
        """Return under which name what was posted after the end of a session waits."""
        return f"{self.name}:{pk}"

    def page(self, request: HttpRequest, name: str, context: dict[str, Any]) -> HttpResponse:
        return render(request, f"{self.folder}/{name}.html", context)

    def write_page(self, request: HttpRequest, row: Any, form: Any) -> HttpResponse:
        return self.page(request, "write", {**self.write_context(request, row), "form": form})

    def write(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Show the form. A POST saves it, with blanks; the button "check" also says what is missing.

        Of somebody who was signed out meanwhile, what was posted waits behind the sign-in.
        """
        if not request.user.is_authenticated:
            return to_sign_in(request, self.key(pk))
        row = self.own(request, pk)
        if (elsewhere := self.closed(request, row)) is not None:
            return elsewhere
        if request.method != "POST":
            return self.write_page(request, row, self.form_to_begin(request, row))
        form = self.form(request, row, request.POST, request.FILES)
        if wants_rows(request.POST) or not form.is_valid() or not self.save(request, row, form):
            return self.write_page(request, row, form)
        forget_unsaved(request, self.key(pk))
        return self.after_saving(request, row, form)

    def form_to_begin(self, request: HttpRequest, row: Any) -> Any:
        """Return the form as it was saved last or, after a session that ended, as it was posted then."""
        typed = typed_before(request, self.key(row.pk))
        form = self.form(request, row, typed)
        if self.shows_both and typed is not None and str(typed.get("version", "")) != str(row.version):
            self.take_note_of(form, row)
        return form

    def take_note_of(self, form: Any, row: Any) -> None:
        form.take_note_of(row)

    def save(self, request: HttpRequest, row: Any, form: Any) -> Any:
        """Return the saved row, or None: then the form says why, and still has what was typed."""
        return save_on(form, lambda: self.draft.save(form, request.user), lambda: self.own(request, row.pk))

    def after_saving(self, request: HttpRequest, row: Any, form: Any) -> HttpResponse:
        if "check" in request.POST:
            return self.go_to_check(request, self.own(request, row.pk), form)
        messages.success(request, self.saved_text(request))
        return redirect(self.write_at, row.pk)

    def go_to_check(self, request: HttpRequest, row: Any, form: Any) -> HttpResponse:
        """Lead to the last page, or show at its field what still stands in the way. All of it is saved."""
        gaps = self.gaps(request, row)
        if not gaps:
            return redirect(self.check_at, row.pk)
        renew_version(form, row.version)
        for gap in gaps:
            form.add_error(gap.field if gap.field in form.fields else None, str(gap.text))
        return self.write_page(request, row, form)

    def autosave(self, request: HttpRequest, pk: int) -> JsonResponse:
        """Save what can be read of the form as its writer goes on; what it answers: `core.autosaves`."""
        if not request.user.is_authenticated:
            return autosaves.signed_out()
        row = self.own(request, pk)
        if not self.is_open(request, row):
            return autosaves.refusal_answer(str(self.is_sent))
        form = self.form(request, row, request.POST)
        return autosaves.autosave(request, self.key(pk), form, lambda: self.draft.save(form, request.user))

    def check(self, request: HttpRequest, row: Any) -> HttpResponse:
        """Show everything as it will be read, and what is missing. A POST sends it."""
        if not self.is_open(request, row):
            return self.sent_before(request, row) if request.method == "POST" else redirect(row)
        if request.method != "POST":
            gaps = self.gaps(request, row)
            return self.page(request, "check", {**self.check_context(request, row, gaps), "gaps": gaps})
        text = self.sent_text(request, row)
        try:
            receipt = self.send(request, row)
        except TooMany:
            raise
        except DomainError as refusal:
            row = self.own(request, row.pk)
            if self.is_over(request, row):
                return self.sent_before(request, row)
            for text in self.refusal_texts(refusal):
                messages.error(request, text)
            return redirect(self.check_at, row.pk)
        messages.success(request, text)
        return self.receipt_page(row, receipt)

    def send(self, request: HttpRequest, row: Any) -> Any:
        """Send the row, and return its receipt."""
        _row, receipt = self.draft.actions.send(row, actor=request.user)
        return receipt

    def is_over(self, request: HttpRequest, row: Any) -> bool:
        """Return whether a refusal means that it was sent a moment ago."""
        return not self.is_open(request, row)

    def sent_before(self, request: HttpRequest, row: Any) -> HttpResponse:
        """Lead the second of two clicks, or of two windows, where the first was led: to the receipt."""
        receipt = Receipt.objects.about(row).first()
        return self.receipt_page(row, receipt) if receipt else redirect(row)


class StepPages(DraftPages):
    """A form in steps: each is saved on its own and leads to the next one, the last to the check.

    `step_at` is the name of the address of a step. A subject says which steps a row has, and makes the
    form of the one that is open; "later" saves it and leads to the page of the row.
    """

    step_at: ClassVar[str]

    def __init__(self, step: str = "") -> None:
        self.step = step

    # --- Of a subject ------------------------------------------------------------------------------------
    def labels(self, row: Any) -> dict[str, str | Promise]:
        """Return the steps of this row, in order, by their code."""
        raise NotImplementedError

    def steps_before(self, row: Any) -> list[tuple[str, Any, Any]]:
        """Return what was answered before the row was there, as `components/steps.html` shows it."""
        return []

    # --- The same for all --------------------------------------------------------------------------------
    def key(self, pk: int) -> str:
        return f"{super().key(pk)}:{self.step}" if self.step else super().key(pk)

    def step_url(self, row: Any, step: str) -> str:
        return reverse(self.step_at, args=[row.pk, step])

    def steps_context(self, row: Any) -> dict[str, Any]:
        """Return what the pages say of the steps; without a step, the page that sends is the one open."""
        labels, before = self.labels(row), self.steps_before(row)
        codes = [*labels]
        place = codes.index(self.step) if self.step else len(codes)
        return {
            "step": self.step,
            "step_label": labels.get(self.step, ""),
            "steps": [
                *before,
                *((self.step_url(row, code), label, "") for code, label in labels.items()),
                (reverse(self.check_at, args=[row.pk]), _("Check and send"), ""),
            ],
            "number": len(before) + place + 1,
            "total": len(before) + len(codes) + 1,
            "before": codes[place - 1] if place else "",
        }

    def after_saving(self, request: HttpRequest, row: Any, form: Any) -> HttpResponse:
        if "later" not in request.POST:
            return self.go_on(request, self.own(request, row.pk), form)
        messages.success(request, _("Your draft is saved. You can go on whenever you like."))
        return self.page_of(row)

    def page_of(self, row: Any) -> HttpResponse:
        """Return where its people see the row, with what they can do."""
        return redirect(row)

    def go_on(self, request: HttpRequest, row: Any, form: Any) -> HttpResponse:
        """Lead to the following step, or to the last page once nothing is missing."""
        codes = [*self.labels(row)]
        following = codes.index(self.step) + 1
        if following < len(codes) and self.gaps(request, row):
            return redirect(self.step_at, row.pk, codes[following])
        return redirect(self.check_at, row.pk)


class FormSteps(StepPages):
    """Steps that are parts of one form, whose `STEPS` names them. Every one is shown in its turn.

    A page that checks the answers leads to a step with `?check`, which leads back there. `form_class` is
    that of the row's form, `page_at` the name of the address of its page; autosaves go to the address that
    is called as that of a step and `_autosave`. Templates: `write.html` extends `step_page.html`, and
    `check.html` `check_page.html`.
    """

    form_class: ClassVar[type[Steps]]
    page_at: ClassVar[str]
    # What the page is called that comes after the steps.
    last_label: ClassVar[str | Promise] = gettext_lazy("Check your answers")

    def labels(self, row: Any) -> dict[str, str | Promise]:
        return {step: label for step, (label, _names) in self.form_class.STEPS.items()}

    @classmethod
    def at(cls, step: str) -> Self:
        """Return the pages with this step open; raise Http404 where there is none."""
        if step not in cls.form_class.STEPS:
            raise Http404
        return cls(step)

    def page_of(self, row: Any) -> HttpResponse:
        return redirect(self.page_at, row.pk)

    def closed(self, request: HttpRequest, row: Any) -> HttpResponse | None:
        return None if self.is_open(request, row) and self.step in self.labels(row) else self.page_of(row)

    def form(self, request: HttpRequest, row: Any, data: Any = None, files: Any = None) -> Any:
        return self.draft.form(row, data, files, step=self.step)

    def write_context(self, request: HttpRequest, row: Any) -> dict[str, Any]:
        return {
            **self.steps_context(row),
            "autosave_url": reverse(f"{self.step_at}_autosave", args=[row.pk, self.step]),
            "back": self.page_of(row)["Location"],
        }

    def asked_fields(self, row: Any) -> list[str]:
        """Return the fields about which its people are asked; a form is opened at the first of them."""
        return []

    def resumed_at(self, request: HttpRequest, row: Any) -> HttpResponse:
        """Lead to the first step with a question or a gap, or else to the first."""
        if not self.is_open(request, row):
            return self.page_of(row)
        fields = self.asked_fields(row) or [gap.field for gap in self.gaps(request, row)]
        return redirect(self.step_at, row.pk, self.step_to_begin(row, fields))

    def check_page(self, request: HttpRequest, row: Any) -> HttpResponse:
        """Show everything and what is missing; the acts that follow have addresses of their own."""
        if not self.is_open(request, row):
            return self.page_of(row)
        gaps = self.gaps(request, row)
        return self.page(
            request, "check", {**self.checked(row, gaps), **self.check_context(request, row, gaps)}
        )

    def begin_context(self) -> dict[str, Any]:
        """Return what the page says of the steps on which a row is begun."""
        labels = self.labels(None)
        return {
            "step_label": labels[self.step],
            "steps": [("", label, "") for label in (*labels.values(), self.last_label)],
            "number": 1,
            "total": len(labels) + 1,
        }

    def steps_context(self, row: Any) -> dict[str, Any]:
        context = super().steps_context(row)
        address, _label, answer = context["steps"].pop()
        context["steps"].append((address, self.last_label, answer))
        return {**context, "before_url": self.step_url(row, context["before"]) if context["before"] else ""}

    def step_to_begin(self, row: Any, fields: Iterable[str]) -> str:
        """Return the step of the first of these fields, or the first step."""
        labels = [*self.labels(row)]
        return next((step for step in map(self.form_class.step_of, fields) if step in labels), labels[0])

    def whole_form(self, row: Any) -> Any:
        """Return the form with the fields of all steps, as the row has them."""
        return self.draft.form(row)

    def sections(self, row: Any) -> list[tuple[str | Promise, str, list[Any]]]:
        """Return label, address and answers of each step."""
        form = self.whole_form(row)
        return [
            (label, f"{self.step_url(row, step)}?check", answers_of(form, self.form_class.fields_of(step)))
            for step, label in self.labels(row).items()
        ]

    def gaps_by_step(self, row: Any, gaps: Iterable[Any]) -> list[dict[str, Any]]:
        """Return what is missing, each gap with the address of its step as `url`."""
        return [
            {**gap._asdict(), "url": f"{self.step_url(row, self.form_class.step_of(gap.field))}?check"}
            for gap in gaps
        ]

    def checked(self, row: Any, gaps: list[Any]) -> dict[str, Any]:
        """Return what a page that checks the answers shows."""
        return {
            **self.steps_context(row),
            "gaps": gaps,
            "gaps_by_step": self.gaps_by_step(row, gaps),
            "sections": self.sections(row),
        }

    def go_on(self, request: HttpRequest, row: Any, form: Any) -> HttpResponse:
        codes = [*self.labels(row)]
        following = codes.index(self.step) + 1
        if "check" in request.GET or following == len(codes):
            return redirect(self.check_at, row.pk)
        return redirect(self.step_at, row.pk, codes[following])


class Verb(NamedTuple):
    """What is done with a row once it was asked again, by `act(row, actor=…)`; and the words of its page."""

    act: Callable[..., Any]
    done: str | Promise
    heading: str | Promise = ""
    text: str | Promise = ""
    button: str | Promise = ""
    style: str = "primary"


def confirm(
    request: HttpRequest,
    row: Any,
    verb: Verb,
    *,
    done_at: str = "",
    refusal_as: Callable[[HttpRequest], AbstractContextManager[None]] = refusal_as_error,
    **words: Any,
) -> HttpResponse:
    """Ask once more; a POST does it, and leads to `done_at`, else to the page of the row.

    `words` are of `act_page`: the steps above the page, what it is about, and another `back_text`.
    """
    if request.method != "POST":
        words = {"back": row, "back_text": _("Leave it as it is"), "text": verb.text, **words}
        return act_page(request, heading=verb.heading, button=verb.button, style=verb.style, **words)
    with refusal_as(request):
        verb.act(row, actor=request.user)
        messages.success(request, str(verb.done))
        return redirect(done_at or row)
    return redirect(row)
