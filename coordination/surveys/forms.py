"""Answering a survey, and what the team fills in about one."""

from collections.abc import Iterator, Sequence
from datetime import timedelta
from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.html import format_html
from django.utils.timezone import now
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from accounts.people.forms import zone_field
from coordination.networks.models import Network
from coordination.surveys.enums import DAYS, MOST_OPTIONS, TEXT_LENGTH, Attribute, QuestionKind
from coordination.surveys.models import QuestionSet, Survey, SurveyQuestion
from core.forms import ByLanguage, PickOne
from core.local_times import WallClockField, at_zone
from events.events.enums import EventKind
from events.events.models import Event
from reviews.calls.models import Call
from reviews.mechanism.forms import LineField, TextField
from taxonomy.names.sorting import content_language
from workflow.windows.models import VIENNA


# --- Answering ------------------------------------------------------------------------------------------
class AnswerForm(forms.Form):
    """The questions of a survey as fields, named by the question, and by the row of a matrix."""

    def __init__(self, *args: Any, questions: Sequence[SurveyQuestion], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.questions = questions
        for question in questions:
            for name, field in _fields(question):
                self.fields[name] = field

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if not self.errors and not self.values():
            raise ValidationError(_("Answer at least one question."))
        return cleaned

    def values(self) -> dict[str, Any]:
        """Return the answers in the order of the questions, without those that were left open."""
        values: dict[str, Any] = {}
        for question in self.questions:
            key = str(question.pk)
            if question.kind == QuestionKind.MATRIX:
                numbers = range(1, question.controls + 1)
                marks = {str(number): self.cleaned_data.get(f"q{key}_{number}") for number in numbers}
                value: Any = {number: mark for number, mark in marks.items() if mark}
            else:
                value = self.cleaned_data.get(f"q{key}")
            if value:
                values[key] = value
        return values


class ScaleField(forms.ChoiceField):
    """A mark from 1 to 5, whose buttons stand side by side."""

    is_scale = True


def in_language(text: str, language: str) -> str:
    """Return the text marked with its language, where that is not the one of the page."""
    if language == content_language():
        return text
    return format_html('<bdi lang="{}">{}</bdi>', language, text)


def _fields(question: SurveyQuestion) -> Iterator[tuple[str, forms.Field]]:
    name, label = f"q{question.pk}", in_language(*question.label)
    shared: dict[str, Any] = {"required": question.is_required}
    if question.kind == QuestionKind.MATRIX:
        rows, language = question.lines_in("rows")
        for number, row_text in enumerate(rows, 1):
            if language == question.label[1]:
                row_label = in_language(f"{question.label[0]} {row_text}", language)
            else:
                row_label = format_html("{} {}", label, in_language(row_text, language))
            yield f"{name}_{number}", _choice(row_label, question, shared)
    elif question.kind == QuestionKind.TEXT:
        yield (
            name,
            TextField(
                label=label,
                rows=3,
                max_length=TEXT_LENGTH,
                help_text=_("In any language. Please name no people."),
                error_messages={"required": _("Write a few words.")},
                **shared,
            ),
        )
    elif question.kind == QuestionKind.CHOICES:
        yield (
            name,
            forms.MultipleChoiceField(
                label=label,
                choices=_choices(question),
                widget=forms.CheckboxSelectMultiple,
                error_messages={"required": _("Choose at least one answer.")},
                **shared,
            ),
        )
    else:
        yield name, _choice(label, question, shared)


def _choice(label: str, question: SurveyQuestion, shared: dict[str, Any]) -> forms.Field:
    kind = forms.ChoiceField if question.kind == QuestionKind.CHOICE else ScaleField
    return kind(
        label=label,
        choices=_choices(question),
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose an answer.")},
        **shared,
    )


def _choices(question: SurveyQuestion) -> list[tuple[str, str]]:
    language = question.lines_in("options")[1]
    return [(code, in_language(text, language)) for code, text in question.choices]


# --- The team -------------------------------------------------------------------------------------------
class SetForm(forms.Form):
    name = LineField(
        label=_("Name of the set"),
        max_length=120,
        help_text=_("For the team alone, such as “After a training”."),
        error_messages={"required": _("Give the set a name.")},
    )


class QuestionForm(ByLanguage):
    """A question with its texts in six languages; English is required, the others fall back on it."""

    kind = forms.ChoiceField(label=_("Kind of question"), choices=QuestionKind, widget=forms.RadioSelect)
    is_required = forms.BooleanField(label=_("It must be answered"), required=False)

    def __init__(self, *args: Any, question: SurveyQuestion | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for code, _name in settings.LANGUAGES:
            self.fields |= {
                f"text_{code}": LineField(
                    label=_("Question"),
                    max_length=300,
                    required=code == "en",
                    error_messages={"required": _("Write the question in English.")},
                ),
                f"options_{code}": TextField(
                    label=_("Answers to choose from"),
                    required=False,
                    help_text=_("One on each line. Of a scale two lines: what 1 means, and what 5 means."),
                ),
                f"rows_{code}": TextField(
                    label=_("Rows"), required=False, help_text=_("Of several rows: one on each line.")
                ),
            }
        if question is not None:
            self.initial.update(kind=question.kind, is_required=question.is_required)
            self.initial.update({f"{name}_en": getattr(question, name) for name in _TEXTS})
            for code, texts in question.translations.items():
                self.initial.update({f"{name}_{code}": text for name, text in texts.items()})

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        kind = cleaned.get("kind")
        options = len((cleaned.get("options_en") or "").splitlines())
        if kind in (QuestionKind.CHOICE, QuestionKind.CHOICES) and not 2 <= options <= MOST_OPTIONS:
            few = ngettext(
                "Give from 2 to %(most)s answer.", "Give from 2 to %(most)s answers.", MOST_OPTIONS
            )
            self.add_error("options_en", few % {"most": MOST_OPTIONS})
        elif kind in (QuestionKind.SCALE, QuestionKind.MATRIX) and options not in (0, 2):
            self.add_error("options_en", _("Give two lines, or none: what 1 means, and what 5 means."))
        if kind == QuestionKind.MATRIX and not cleaned.get("rows_en"):
            self.add_error("rows_en", _("Give at least one row."))
        for code, _name in settings.LANGUAGES:
            for name in ("options", "rows"):
                text = cleaned.get(f"{name}_{code}") or ""
                if text and len(text.splitlines()) != len((cleaned.get(f"{name}_en") or "").splitlines()):
                    self.add_error(f"{name}_{code}", _("Give as many lines as in English."))
        return cleaned

    def values(self) -> dict[str, Any]:
        cleaned = self.cleaned_data
        others = [code for code, _name in settings.LANGUAGES if code != "en"]
        by_language = {
            code: {name: cleaned[f"{name}_{code}"] for name in _TEXTS if cleaned[f"{name}_{code}"]}
            for code in others
        }
        return {
            "kind": cleaned["kind"],
            "is_required": cleaned["is_required"],
            **{name: cleaned[f"{name}_en"] for name in _TEXTS},
            "translations": {code: texts for code, texts in by_language.items() if texts},
        }


_TEXTS = ("text", "options", "rows")


def _sets() -> list[tuple[int, str]]:
    return list(QuestionSet.objects.filter(retired=False).values_list("pk", "name"))


def _attributes_field() -> forms.MultipleChoiceField:
    return forms.MultipleChoiceField(
        label=_("What is shown with an answer"),
        required=False,
        choices=Attribute,
        widget=forms.CheckboxSelectMultiple,
        help_text=_(
            "Only for groups of at least five of those invited. Answers then wait until the closing."
        ),
    )


class RuleForm(forms.Form):
    """That each event of a kind is followed by a survey."""

    event_kind = forms.ChoiceField(label=_("After each event of the kind"), choices=EventKind)
    question_set = forms.TypedChoiceField(label=_("Question set"), choices=_sets, coerce=int)
    days = forms.IntegerField(label=_("Open for days"), min_value=3, max_value=60, initial=DAYS)
    attributes = _attributes_field()

    def values(self) -> dict[str, Any]:
        cleaned = self.cleaned_data
        return {
            "question_set_id": cleaned["question_set"],
            "days": cleaned["days"],
            "attributes": cleaned["attributes"],
            "since": now(),
        }


MATTER_DAYS = 400  # events and calls of so long ago are offered


class SurveyForm(forms.Form):
    """A survey about an event, a call or a network, or alone."""

    title = LineField(
        label=_("Title in English"),
        max_length=250,
        required=False,
        help_text=_("Empty: the title of the event, the call or the network."),
    )
    question_set = forms.TypedChoiceField(label=_("Question set"), choices=_sets, coerce=int)
    event = forms.ModelChoiceField(
        label=_("Event, dialogue or training"),
        queryset=Event.objects.none(),
        required=False,
        widget=PickOne(),
    )
    call = forms.ModelChoiceField(
        label=_("Call for contributions"), queryset=Call.objects.none(), required=False, widget=PickOne()
    )
    network = forms.ModelChoiceField(
        label=_("Network"), queryset=Network.objects.none(), required=False, widget=PickOne()
    )
    opens = WallClockField(label=_("Opens"), error_messages={"required": _("Choose when the survey opens.")})
    closes = WallClockField(
        ends=True, label=_("Closes"), error_messages={"required": _("Choose when the survey closes.")}
    )
    zone = zone_field(initial=VIENNA)
    is_named = forms.BooleanField(
        label=_("Not anonymous: the team reads who gave which answer"),
        required=False,
        help_text=_("The page says so to everybody who answers."),
    )
    attributes = _attributes_field()

    def __init__(self, *args: Any, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        since = now() - timedelta(days=MATTER_DAYS)
        choices: Any = self.fields
        choices["event"].queryset = Event.objects.shown().filter(ends_at__gte=since).order_by("-starts_at")
        choices["call"].queryset = Call.objects.visible_to(user).filter(opens_at__gte=since)
        choices["network"].queryset = Network.objects.visible_to(user).order_by("name")

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        for name in ("opens", "closes"):
            if cleaned.get(name) and cleaned.get("zone"):
                try:
                    cleaned[name] = at_zone(cleaned[name], cleaned["zone"])
                except ValidationError as wrong:
                    self.add_error(name, wrong)
        opens, closes = cleaned.get("opens"), cleaned.get("closes")
        if opens and closes and opens >= closes:
            self.add_error("closes", _("The closing has to come after the opening."))
        if len(self._matters(cleaned)) > 1:
            self.add_error("network", _("A survey is about one event, one call or one network."))
        elif not self._matters(cleaned) and not cleaned.get("title"):
            self.add_error("title", _("Give a title to a survey that is about nothing else."))
        return cleaned

    @staticmethod
    def _matters(cleaned: dict[str, Any]) -> list[Any]:
        return [cleaned[name] for name in ("event", "call", "network") if cleaned.get(name)]

    def values(self) -> dict[str, Any]:
        cleaned = self.cleaned_data
        matters = self._matters(cleaned)
        return {
            "title": cleaned["title"] or str(matters[0])[:250],
            "question_set": QuestionSet.objects.get(pk=cleaned["question_set"]),
            **{name: cleaned[name] for name in ("event", "call", "network")},
            "opens_at": cleaned["opens"],
            "closes_at": cleaned["closes"],
            "zone": cleaned["zone"],
            "is_anonymous": not cleaned["is_named"],
            "attributes": cleaned["attributes"],
        }


class WaveForm(forms.Form):
    most = forms.IntegerField(
        label=_("People in the next wave"),
        min_value=5,
        max_value=2000,
        initial=200,
        help_text=_("Drawn by lot among those who were in no wave of this survey yet."),
    )


class ChangesForm(ByLanguage):
    """What the team changes, in six languages."""

    def __init__(self, *args: Any, survey: Survey, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for code, _name in settings.LANGUAGES:
            self.fields[f"changes_{code}"] = TextField(
                label=_("What you said, what we change"), required=False, max_length=4000, rows=6
            )
            texts = survey.translations.get(code, {})
            self.initial[f"changes_{code}"] = survey.changes if code == "en" else texts.get("changes", "")

    def values(self) -> dict[str, Any]:
        others = [code for code, _name in settings.LANGUAGES if code != "en"]
        cleaned = self.cleaned_data
        return {
            "changes": cleaned["changes_en"],
            "translations": {code: cleaned[f"changes_{code}"] for code in others},
        }


class ThemesForm(forms.Form):
    """The themes of each text, in a line beside it."""

    def __init__(self, *args: Any, texts: Sequence[Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for number, text in enumerate(texts, 1):
            label = gettext("Themes of text %(number)s") % {"number": number}
            self.fields[text.key] = LineField(
                label=label, required=False, max_length=300, initial=text.themes
            )
