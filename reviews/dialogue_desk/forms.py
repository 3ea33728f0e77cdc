"""The desk's forms for dialogues: the call, a decision, the file of the Extended Bureau, what follows."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.people.forms import zone_field
from core.forms import Folded, PickMany
from core.local_times import WallClockField, at_zone, wall_clock
from core.markdown_editor import MarkdownTextarea
from reviews.dialogues.enums import BureauReason, DeskReason
from reviews.dialogues.models import MOST_RETENTION, Dialogue, DialogueLine
from reviews.mechanism.forms import TextField
from stakeholders.entries.forms import WebAddressField
from taxonomy.names.enums import UN_LANGUAGES
from taxonomy.terms.models import Language, Topic
from workflow.windows.models import VIENNA

TERM = _(
    "The mechanism is not adversarial: statements at dialogues do not deal with named countries, and name no "
    "country as a bad or good example."
)


def _languages() -> list[tuple[str, Any]]:
    return [pair for pair in Language.objects.for_choices() if pair[0] in UN_LANGUAGES]


class CallForm(Folded, forms.Form):
    use_required_attribute = False
    folded = ("offer_hours", "most_words", "statement_words", "term", "retention_days")
    folded_label = _("Lengths, times and the term for statements")
    version = forms.IntegerField(widget=forms.HiddenInput, initial=0)
    call_text = TextField(label=_("Call"), max_length=8000, widget=MarkdownTextarea(rows=10))
    language = forms.ChoiceField(label=_("Language of this text"), choices=_languages)
    topics = forms.MultipleChoiceField(
        label=_("Topics"),
        choices=Topic.objects.for_choices,
        widget=PickMany(),
        help_text=_("Applicants describe what they know of each."),
        error_messages={"required": _("Choose at least one topic.")},
    )
    opens_at = WallClockField(label=_("Applications open"))
    closes_at = WallClockField(ends=True, label=_("Applications close"))
    zone = zone_field(initial=VIENNA)
    promised_on = forms.DateField(
        label=_("Decisions promised by"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        help_text=_(
            "Applicants see this day. If it passes without a decision, they and the desk are informed."
        ),
    )
    places = forms.IntegerField(
        label=_("Places"),
        required=False,
        min_value=1,
        max_value=100_000,
        help_text=_(
            "Empty: as many as the Extended Bureau accepts. With a number, places that become free are "
            "offered by themselves."
        ),
    )
    offer_hours = forms.IntegerField(
        label=_("Hours to take a place that was offered"), min_value=1, max_value=720, initial=72
    )
    most_words = forms.IntegerField(
        label=_("Maximum length about one topic, in words"), min_value=20, max_value=2000, initial=200
    )
    statement_words = forms.IntegerField(
        label=_("Maximum length of a statement, in words"), min_value=20, max_value=3000, initial=300
    )
    term = TextField(
        label=_("Term for statements"),
        rows=3,
        max_length=1000,
        initial=TERM,
        help_text=_("Everybody who sends a statement agrees to it, and a person of the desk checks it."),
    )
    retention_days = forms.IntegerField(
        label=_("Days until sensitive answers are erased"),
        min_value=0,
        max_value=MOST_RETENTION,
        initial=30,
        help_text=_("Counted from the end of the dialogue."),
    )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        for name in ("opens_at", "closes_at"):
            if cleaned.get(name) and cleaned.get("zone"):
                try:
                    cleaned[name] = at_zone(cleaned[name], cleaned["zone"])
                except ValidationError as wrong:
                    self.add_error(name, wrong)
        opens, closes, promised = (
            cleaned.get("opens_at"),
            cleaned.get("closes_at"),
            cleaned.get("promised_on"),
        )
        if opens and closes and opens >= closes:
            self.add_error("closes_at", _("The closing has to come after the opening."))
        if closes and promised and promised <= closes.date():
            self.add_error("promised_on", _("Choose a day after the closing as the promised date."))
        return cleaned

    def values(self) -> dict[str, Any]:
        cleaned = dict(self.cleaned_data)
        cleaned["language_id"] = cleaned.pop("language")
        del cleaned["topics"], cleaned["version"]
        return cleaned


class TranslationForm(forms.Form):
    """The call in another language; empty: as it was written."""

    use_required_attribute = False
    version = forms.IntegerField(widget=forms.HiddenInput)
    call_text = TextField(label=_("Call"), rows=10, max_length=8000, required=False)
    term = TextField(label=_("Term for statements"), rows=3, max_length=1000, required=False)


def initial_of(dialogue: Dialogue) -> dict[str, Any]:
    names = (
        "version",
        "call_text",
        "zone",
        "promised_on",
        "places",
        "offer_hours",
        "most_words",
        "statement_words",
        "term",
        "retention_days",
    )
    return {
        **{name: getattr(dialogue, name) for name in names},
        "language": dialogue.language_id,
        "topics": list(dialogue.event.topics.values_list("pk", flat=True)),
        "opens_at": wall_clock(dialogue.opens_at, dialogue.zone),
        "closes_at": wall_clock(dialogue.closes_at, dialogue.zone),
    }


class DecisionForm(forms.Form):
    """What is to be decided about one application; a reason where it is not accepted."""

    use_required_attribute = False
    decision = forms.ChoiceField(label=_("Decision"), widget=forms.RadioSelect)
    reason = forms.ChoiceField(label=_("Class of reason"), required=False)
    note = TextField(
        label=_("Note to the applicant"),
        required=False,
        rows=3,
        help_text=_("The applicant reads it. Never write who objected, or why."),
    )

    def __init__(self, data: Any = None, *, line: DialogueLine, **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        every = ("accept", "wait", "refuse", "decline")
        names = [name for name in every if line.status in line.MOVES[name].sources]
        self.fields["decision"].choices = [(name, line.MOVES[name].label) for name in names]  # type: ignore[attr-defined]
        classes = BureauReason.choices if "refuse" in names else DeskReason.choices
        self.fields["reason"].choices = [("", pgettext_lazy("category of reason", "None")), *classes]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("decision") in ("refuse", "decline") and not cleaned.get("reason"):
            self.add_error("reason", _("Choose the category of reason."))
        if cleaned.get("decision") in ("accept", "wait"):
            cleaned["reason"] = ""
        return cleaned


class ObjectionForm(forms.Form):
    use_required_attribute = False
    text = TextField(label=_("Objection"), rows=3, help_text=_("Only the desk ever reads it."))


class ReasonForm(forms.Form):
    use_required_attribute = False
    reason = forms.ChoiceField(
        label=_("Class of reason"),
        choices=[pair for pair in BureauReason.choices if pair[0] != BureauReason.NOT_STATED],
    )


class AgainForm(forms.Form):
    use_required_attribute = False
    answer = forms.ChoiceField(
        label=_("Answer"),
        widget=forms.RadioSelect,
        choices=[("reopen", _("Consider it again")), ("uphold", _("Uphold the decision"))],
    )
    note = TextField(label=_("Note to the applicant"), rows=4)


class FileForm(forms.Form):
    use_required_attribute = False
    file = forms.FileField(
        label=_("File of the Extended Bureau"),
        widget=forms.FileInput(attrs={"accept": ".xlsx,.csv,text/csv"}),
        help_text=_(
            "The list as a workbook (.xlsx) or as CSV, with the decisions filled in. You see a preview first."
        ),
    )


class StatementCheckForm(forms.Form):
    use_required_attribute = False
    sent_at = forms.CharField(widget=forms.HiddenInput)
    note = TextField(label=_("What the author should change"), required=False, rows=3)


class SummaryForm(forms.Form):
    use_required_attribute = False
    summary = TextField(label=_("Chair’s summary"), rows=10, max_length=30_000)
    outcomes = TextField(label=_("Outcomes"), required=False, rows=5, max_length=10_000)
    url = WebAddressField(label=_("Address of the summary"), required=False)
