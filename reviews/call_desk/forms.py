"""What the desk fills in about a call: the call, its questions, translations, time for one, what followed."""

from collections.abc import Collection, Mapping
from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.people.forms import zone_field
from accounts.people.models import User
from core.drafts import Draft, Gap
from core.forms import PickMany, PickOne, renew_version
from core.local_times import WallClockField, at_zone, wall_clock
from core.markdown_editor import MarkdownTextarea
from reviews.calls import actions
from reviews.calls.enums import Answerers
from reviews.calls.models import Call, Question
from reviews.mechanism.forms import LineField, TextField
from stakeholders.entries.forms import articles_by_instrument
from taxonomy.law.models import Cluster
from taxonomy.names.enums import UN_LANGUAGES
from taxonomy.places.models import Country
from taxonomy.terms.models import Language, Topic
from workflow.windows.models import VIENNA
from workflow.writing.forms import Steps

MOST_QUESTIONS = 30


def languages() -> list[tuple[str, Any]]:
    """Return the six languages, by name."""
    return [pair for pair in Language.objects.for_choices() if pair[0] in UN_LANGUAGES]


class CallForm(Steps, forms.Form):
    """The call without its questions, or one step; all but title and language may be left for later."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    title = LineField(
        label=_("Title"), max_length=200, error_messages={"required": _("Give the call a title.")}
    )
    language = forms.ChoiceField(
        label=_("Language of this text"),
        choices=languages,
        help_text=_("Once it is saved, you can translate the call into the others."),
    )
    guidance = TextField(
        label=_("Guidance"),
        required=False,
        max_length=8000,
        help_text=_("What contributors should know."),
        widget=MarkdownTextarea(),
    )
    opens = WallClockField(label=_("Opens"), required=False)
    closes = WallClockField(
        ends=True,
        label=_("Closes"),
        required=False,
        help_text=_("The server refuses submissions even one second later."),
    )
    zone = zone_field(initial=VIENNA)
    cluster = forms.ChoiceField(
        label=_("Phase of the review"), required=False, help_text=_("Empty for a call on a theme.")
    )
    countries = forms.MultipleChoiceField(
        label=_("States"), required=False, widget=PickMany(), help_text=_("None chosen: all.")
    )
    articles = forms.MultipleChoiceField(
        label=_("Articles"), required=False, choices=articles_by_instrument, widget=PickMany()
    )
    topics = forms.MultipleChoiceField(
        label=_("Topics"), required=False, choices=Topic.objects.for_choices, widget=PickMany()
    )
    answerers = forms.ChoiceField(
        label=_("Who may contribute"), choices=Answerers, widget=forms.RadioSelect, initial=Answerers.ALL
    )
    accepts = forms.MultipleChoiceField(
        label=_("Languages of contributions"),
        required=False,
        choices=languages,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("None chosen: the six of the United Nations."),
    )
    most_words = forms.IntegerField(
        label=_("Words in all"),
        required=False,
        min_value=1,
        max_value=100_000,
        help_text=_("Empty: only the limits of the questions count."),
    )

    STEPS: ClassVar[dict[str, tuple[Any, tuple[str, ...]]]] = {
        "what": (_("What it asks for"), ("title", "language", "guidance", "countries", "answerers")),
        "review": (_("What it is about"), ("cluster", "articles", "topics")),
        "when": (_("When it is open"), ("opens", "closes", "zone")),
        "contributions": (_("Languages and length"), ("accepts", "most_words")),
        "questions": (_("Questions"), ("questions",)),
    }

    def __init__(
        self,
        data: Any = None,
        *,
        call: Call | None = None,
        step: str = "",
        places: Collection[str] | None = None,
        **kwargs: Any,
    ) -> None:
        """`places`: the countries about which the person may draft; None: all."""
        if call is not None:
            kwargs["initial"] = initial_of(call)
        super().__init__(data, **kwargs)
        self.call = call
        if call is None:
            del self.fields["version"]
        self._offer(places)
        for name in ("opens", "closes"):
            self.fields[name].one_of = True  # type: ignore[attr-defined]  # a draft may lack it
        if step:
            self.keep_step(step)
        self.order_fields([name for _label, names in self.STEPS.values() for name in names])

    def _offer(self, places: Collection[str] | None) -> None:
        countries: Any = self.fields["countries"]
        states = Country.objects.states_for_choices(also=self.initial.get("countries", ()))
        countries.choices = [choice for choice in states if places is None or choice[0] in places]
        if places is not None:
            countries.required = True
            countries.help_text = _("Those that you cover.")
            countries.error_messages["required"] = _("Choose at least one of the countries that you cover.")
        phases: Any = self.fields["cluster"]
        phases.choices = [
            ("", pgettext_lazy("no phase of the review", "None")),
            *(
                (cluster.pk, f"{cluster.pk} · {cluster.name}" if cluster.name else cluster.pk)
                for cluster in Cluster.objects.in_order()
            ),
        ]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        for name in ("opens", "closes"):
            if cleaned.get(name) and cleaned.get("zone"):
                try:
                    cleaned[name] = at_zone(cleaned[name], cleaned["zone"])
                except ValidationError as wrong:
                    self.add_error(name, wrong)
        opens, closes = cleaned.get("opens"), cleaned.get("closes")
        if opens and closes and opens >= closes:
            self.add_error("closes", _("The closing has to come after the opening."))
        if {"opens", "closes", "zone"} & set(self.errors):  # one is not saved without the others
            for name in ("opens", "closes", "zone"):
                cleaned.pop(name, None)
        if cleaned.get("answerers") == Answerers.COUNTRIES and not cleaned.get("countries"):
            self.add_error("countries", _("Choose the countries whose stakeholders may contribute."))
        return cleaned

    def values(self) -> dict[str, Any]:
        """Return the values as the act takes them."""
        columns = {field: column for column, field in FIELDS.items()}
        values = {
            columns.get(name, name): value for name, value in self.cleaned_data.items() if name != "version"
        }
        if "cluster_id" in values:
            values["cluster_id"] = values["cluster_id"] or None
        return values

    def take_note_of(self, stored: Call) -> None:
        """Set the version that another window saved, so that the next save replaces it."""
        renew_version(self, stored.version)


# What the act calls otherwise than the form.
FIELDS = {"opens_at": "opens", "closes_at": "closes", "language_id": "language", "cluster_id": "cluster"}


def initial_of(call: Call) -> dict[str, Any]:
    lists = {
        name: [str(pk) for pk in getattr(call, name).values_list("pk", flat=True)]
        for name in ("countries", "articles", "topics", "accepts")
    }
    return {
        "version": call.version,
        "title": call.title,
        "language": call.language_id,
        "guidance": call.guidance,
        "opens": wall_clock(call.opens_at, call.zone),
        "closes": wall_clock(call.closes_at, call.zone),
        "zone": call.zone,
        "cluster": call.cluster_id,
        "answerers": call.answerers,
        "most_words": call.most_words,
        **lists,
    }


class QuestionForm(forms.Form):
    """One question; a new row in which nothing is written counts as none."""

    use_required_attribute = False
    id = forms.IntegerField(required=False, widget=forms.HiddenInput)
    text = TextField(
        label=_("Question"),
        rows=2,
        max_length=1000,
        error_messages={"required": _("Write the question, or remove it.")},
    )
    help = TextField(label=_("What helps to answer it"), rows=2, required=False)
    article = forms.ChoiceField(label=_("Article"), required=False, widget=PickOne)
    most_words = forms.IntegerField(
        label=_("Words at most"),
        min_value=1,
        max_value=20_000,
        initial=500,
        error_messages={"required": _("Enter how long an answer may be.")},
    )
    is_required = forms.BooleanField(label=_("Must be answered"), required=False)

    def __init__(self, *args: Any, articles: list[Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.empty_permitted = True
        article: Any = self.fields["article"]
        article.choices = [("", pgettext_lazy("no article", "None")), *articles]

    def has_changed(self) -> bool:
        texts = (str(self.data.get(self.add_prefix(name)) or "") for name in ("id", "text", "help"))
        return any(text.strip() for text in texts)


_Questions = forms.formset_factory(QuestionForm, extra=0, max_num=MOST_QUESTIONS, validate_max=True)


class Questions(_Questions):  # type: ignore[misc,valid-type]  # a class made by a function
    """The questions in order. `rearrange` answers its buttons; `values` is what the act takes."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        # Read once, however many questions there are.
        super().__init__(*args, form_kwargs={"articles": articles_by_instrument()}, **kwargs)

    @classmethod
    def get_default_prefix(cls) -> str:
        return "questions"

    def values(self) -> list[dict[str, Any]]:
        rows = [form.cleaned_data for form in self.forms if form.has_changed()]
        return [
            {
                "id": row["id"],
                "text": row["text"],
                "help": row["help"],
                "article_id": row["article"] or None,
                "most_words": row["most_words"],
                "is_required": row["is_required"],
            }
            for row in rows
        ]


BUTTON = "question"


def rearrange(data: Mapping[str, Any]) -> "Questions":
    """The questions as typed, after "add", "remove-2", "up-2" or "down-2"; nothing of it is judged yet."""
    prefix = Questions.get_default_prefix()
    total = str(data.get(f"{prefix}-TOTAL_FORMS", ""))
    count = min(int(total), MOST_QUESTIONS) if total.isascii() and total.isdigit() else 0
    rows = [
        {name: data.get(f"{prefix}-{n}-{name}", "") for name in QuestionForm.base_fields}
        for n in range(count)
    ]
    act, _dash, place = str(data.get(BUTTON, "")).partition("-")
    n = int(place) if place.isascii() and place.isdigit() else -1
    if act == "add" and count < MOST_QUESTIONS:
        rows.append({"most_words": 500})
    elif act == "remove" and 0 <= n < count:
        del rows[n]
    elif act == "up" and 0 < n < count:
        rows[n - 1], rows[n] = rows[n], rows[n - 1]
    elif act == "down" and 0 <= n < count - 1:
        rows[n + 1], rows[n] = rows[n], rows[n + 1]
    return Questions(initial=rows)


def questions_of(call: Call) -> "Questions":
    names = ("id", "text", "help", "most_words", "is_required")
    return Questions(
        initial=[
            {**{name: getattr(question, name) for name in names}, "article": question.article_id}
            for question in call.questions.all()
        ]
        or [{"most_words": 500}]
    )


class QuestionsForm(forms.Form):
    """The last step of a call: its questions, in rows that can be moved."""

    has_rows = True
    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, data: Any = None, *, call: Call, questions: Questions | None = None) -> None:
        super().__init__(data, initial={"version": call.version})
        self.call = call
        self.questions = questions or (questions_of(call) if data is None else Questions(data))

    def is_valid(self) -> bool:
        return all([super().is_valid(), self.questions.is_valid()])

    def take_note_of(self, stored: Call) -> None:
        """Set the version that another window saved, so that the next save replaces it."""
        renew_version(self, stored.version)


def _writing_form(
    call: Call, data: Any = None, _files: Any = None, *, step: str = "", **how: Any
) -> "CallForm | QuestionsForm":
    return (
        QuestionsForm(data, call=call) if step == "questions" else CallForm(data, call=call, step=step, **how)
    )


def _save_form(form: Any, actor: User) -> Call:
    """Save what could be read; of the questions all or none."""
    version = form.cleaned_data["version"]
    if isinstance(form, CallForm):
        return actions.save_call(form.call, actor=actor, version=version, values=form.values())  # type: ignore[arg-type]
    questions = form.questions.values() if form.questions.is_valid() else None
    return actions.save_call(form.call, actor=actor, version=version, values={}, questions=questions)


def _gaps(call: Call) -> list[Gap]:
    return [Gap(FIELDS.get(column, column), text) for column, text in actions.gaps_of(call).items()]


CALL = Draft(_writing_form, _save_form, _gaps, actions)


class TranslationForm(forms.Form):
    """What the call says, box by box, in one other language; an empty box leaves the original standing."""

    def __init__(self, *args: Any, call: Call, language: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.questions: list[Question] = list(call.questions.all())
        self.originals: dict[str, str] = {}
        texts = call.translations.get(language, {})
        self._add("title", _("Title"), call.title, texts.get("title", ""), most=200, rows=1)
        self._add("guidance", _("Guidance"), call.guidance, texts.get("guidance", ""), most=8000, rows=6)
        for number, question in enumerate(self.questions, 1):
            texts = question.translations.get(language, {})
            label = _("Question %(number)s") % {"number": number}
            self._add(f"text_{question.pk}", label, question.text, texts.get("text", ""), most=1000)
            label = _("What helps to answer question %(number)s") % {"number": number}
            self._add(f"help_{question.pk}", label, question.help, texts.get("help", ""), most=2000)

    def _add(
        self, name: str, label: Any, original: str, translation: str, *, most: int, rows: int = 2
    ) -> None:
        if not original:
            return
        self.originals[name] = original
        self.fields[name] = TextField(
            label=label, required=False, max_length=most, rows=rows, initial=translation
        )

    def rows(self) -> list[tuple[forms.BoundField, str]]:
        return [(self[name], original) for name, original in self.originals.items()]

    def values(self) -> dict[str, str]:
        return {name: self.cleaned_data.get(name, "") for name in ("title", "guidance")}

    def question_values(self) -> dict[int, dict[str, str]]:
        cleaned = self.cleaned_data
        return {
            question.pk: {name: cleaned.get(f"{name}_{question.pk}", "") for name in ("text", "help")}
            for question in self.questions
        }


class _AtZone(forms.Form):
    """A form with one instant, meant by the clock of the call."""

    instant = ""

    def __init__(self, *args: Any, call: Call, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.call = call
        self.fields[self.instant].help_text = _("By the clock of %(zone)s.") % {
            "zone": call.zone.replace("_", " ")
        }

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get(self.instant):
            try:
                cleaned[self.instant] = at_zone(cleaned[self.instant], self.call.zone)
            except ValidationError as wrong:
                self.add_error(self.instant, wrong)
        return cleaned


class ClosingForm(_AtZone):
    instant = "closes_at"
    closes_at = WallClockField(
        ends=True, label=_("New closing"), error_messages={"required": _("Enter when the call closes.")}
    )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        closes, opens = cleaned.get("closes_at"), self.call.opens_at
        if closes and opens and closes <= opens:
            self.add_error("closes_at", _("The closing has to come after the opening."))
        return cleaned


class ExtensionForm(_AtZone):
    instant = "until"
    until = WallClockField(
        ends=True,
        label=_("Open until"),
        error_messages={
            "required": _("Enter the date until which the call stays open for this stakeholder.")
        },
    )
    reason = LineField(
        label=_("Reason"),
        max_length=500,
        help_text=_("Only the desk and its log see it."),
        error_messages={"required": _("Give the reason why this party needs more time.")},
    )


class GuidanceForm(forms.Form):
    guidance = TextField(
        label=_("Guidance"),
        required=False,
        max_length=8000,
        help_text=_("What contributors should know."),
        widget=MarkdownTextarea(),
    )


class CancelForm(forms.Form):
    note = TextField(
        label=_("Reason"),
        help_text=_("Everybody can read it, and followers receive it by e-mail."),
        error_messages={"required": _("Give the reason why the call is cancelled.")},
    )


class SummaryForm(forms.Form):
    summary = TextField(
        label=_("Summary of contributions"),
        max_length=20_000,
        required=False,
        help_text=_("Do not name people who contributed anonymously."),
        widget=MarkdownTextarea(rows=12),
    )


class FollowUpForm(forms.Form):
    on = forms.DateField(
        label=_("Date"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"required": _("Enter the day.")},
    )
    text = TextField(label=_("What followed"), error_messages={"required": _("Describe what followed.")})
    source = LineField(
        label=pgettext_lazy("where something is published", "Source"),
        max_length=300,
        error_messages={"required": _("Enter where it can be read.")},
    )
    url = forms.URLField(label=_("Link to the source"), required=False, assume_scheme="https", max_length=500)

    def clean_on(self) -> Any:
        if self.cleaned_data["on"] > localdate():
            raise ValidationError(_("Choose a day that is not in the future."))
        return self.cleaned_data["on"]
