"""Writing a contribution: the questions of a call, evidence, who reads it; asking others to sign."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import MaxLengthValidator
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.people.models import User
from core.drafts import Draft
from core.forms import PickMany, PickOne, renew_version
from core.text import clean_block
from core.uploads import UploadField
from core.word_counts import count_words
from reviews.calls.models import Question
from reviews.contributions import actions
from reviews.contributions.enums import CONSEQUENCES, ContributionStatus, Visibility
from reviews.contributions.models import Contribution
from reviews.contributions.queries import gaps
from reviews.contributions.queries_pages import QuestionGroup, by_article
from stakeholders.entries.forms import BlockField, LineField, choices_with_blank
from stakeholders.entries.forms_rows import LinkRow, LinksField
from taxonomy.places.models import Country
from taxonomy.terms.models import Language
from workflow.items.queries import open_requests

# A language without spaces counts few words; no answer needs more signs than this.
MOST_SIGNS = 60_000


def visibility_choices(offered: Iterable[Visibility]) -> list[tuple[str, SafeString]]:
    """Return each choice with a sentence on its consequence."""
    return [
        (
            visibility.value,
            format_html(
                '<span class="choice-text"><strong>{}</strong><span class="choice-said">{}</span></span>',
                visibility.label,
                CONSEQUENCES[visibility],
            ),
        )
        for visibility in offered
    ]


@dataclass
class QuestionBox:
    """A question with its box: what was typed, counted as the server counts."""

    question: Question
    box: Any
    asks: str
    other: str | None = None

    @property
    def text(self) -> str:
        return str(self.box.value() or "")

    @property
    def words(self) -> int:
        return count_words(self.text)

    @property
    def over(self) -> int:
        return max(0, self.words - self.question.most_words)

    @property
    def told_id(self) -> str:
        return f"{self.box.auto_id}_words"

    @property
    def described_by(self) -> str:
        ids = [self.told_id]
        if self.question.help:
            ids.insert(0, f"{self.box.auto_id}_helptext")
        if self.asks:
            ids.insert(0, f"{self.box.auto_id}_asks")
        if self.box.errors:
            ids.insert(0, f"{self.box.auto_id}_error")
        return " ".join(ids)

    @property
    def render_box(self) -> SafeString:
        """The box with its counter and everything that describes it."""
        attrs = {
            "data-words": self.told_id,
            "data-words-most": self.question.most_words,
            "aria-describedby": self.described_by,
        }
        return self.box.as_widget(attrs=attrs)


class WriteForm(forms.Form):
    """All questions of the call, or, of a returned contribution, what the desk asks about (`requests`)."""

    use_required_attribute = False

    version = forms.IntegerField(widget=forms.HiddenInput)
    links = LinksField(
        LinkRow,
        label=_("Links to evidence"),
        help_text=_("Public pages that support what you write, at most ten."),
    )
    evidence = UploadField(
        label=_("Add a file"),
        required=False,
        help_text=_("PDF, PNG or JPEG, at most 10 MB; five files in all. One at a time: choose it and save."),
    )
    language = forms.ChoiceField(label=_("Language of the text"), widget=PickOne)
    countries = forms.MultipleChoiceField(
        label=_("Countries and areas it is about"),
        required=False,
        widget=PickMany,
        help_text=_(
            "None chosen: those of the call. They are shown with the text, also where your name is not."
        ),
    )
    visibility = forms.ChoiceField(
        label=_("Who may read it"),
        widget=forms.RadioSelect,
        help_text=_("The WhatsOn team cannot widen your choice. You can narrow it or withdraw at any time."),
    )

    def __init__(
        self, *args: Any, contribution: Contribution, requests: Mapping[str, str] | None = None, **kwargs: Any
    ) -> None:
        self.contribution = contribution
        self.requests = dict(requests or {})
        self.others: dict[str, str] = {}
        call = contribution.call
        self.questions = list(call.questions.select_related("article__instrument"))
        for question in self.questions:
            question.call = call
        kwargs.setdefault("initial", self._initial())
        super().__init__(*args, **kwargs)
        for question in self.questions:
            self.fields[question.field] = BlockField(
                label=question.told_text[0],
                required=False,
                validators=[MaxLengthValidator(MOST_SIGNS)],
                widget=forms.Textarea(attrs={"rows": 8, "dir": "auto", "class": "form-control"}),
            )
        # As on the page, so that the summary of errors is in its order.
        self.order_fields([question.field for question in self.questions])
        if contribution.status == "returned":
            for name in [name for name in self.fields if name != "version" and name not in self.requests]:
                del self.fields[name]
        self._offer()
        # A draft may have blanks; what is missing is told before it is sent.
        for name in {"language", "visibility"} & set(self.fields):
            self.fields[name].required = False
            self.fields[name].one_of = True  # type: ignore[attr-defined]
        for name in {"language", "visibility", "links", "evidence"} & set(self.requests) & set(self.fields):
            self.fields[name].help_text = format_html(
                '<strong class="desk-asks">{}</strong> <bdi>{}</bdi>',
                _("Questions for you:"),
                self.requests[name],
            )

    def _initial(self) -> dict[str, Any]:
        contribution = self.contribution
        answers = {answer.question_id: answer.text for answer in contribution.answers.all()}
        return {
            "version": contribution.version,
            "links": [{"label": link.label, "url": link.url} for link in contribution.links.all()],
            "language": contribution.language_id or "",
            "countries": list(contribution.countries.values_list("pk", flat=True)),
            "visibility": contribution.visibility,
            **{question.field: answers.get(question.pk, "") for question in self.questions},
        }

    def _offer(self) -> None:
        fields: Any = self.fields
        if "visibility" in fields:
            fields["visibility"].choices = visibility_choices(Visibility)
        if "language" in fields:
            fields["language"].choices = self._languages()
        if "countries" in fields:
            places = set(self.contribution.call.countries.values_list("pk", flat=True))
            fields["countries"].choices = [
                (code, name) for code, name in Country.objects.for_choices() if not places or code in places
            ]
            if len(places) == 1:
                del fields["countries"]

    def _languages(self) -> list[tuple[str, Any]]:
        """Return the languages that the call accepts (six if it names none) and what was chosen before."""
        taken = set(self.contribution.call.accepts.values_list("pk", flat=True))
        taken = taken or set(Language.objects.filter(official=True).values_list("pk", flat=True))
        taken.add(self.contribution.language_id or "")
        return [
            (code, name)
            for code, name in choices_with_blank(Language, _("Choose a language"))
            if not code or code in taken
        ]

    def parts(self) -> list[QuestionGroup]:
        """Return the questions by article, each with its box."""
        return by_article(
            QuestionBox(
                question,
                self[question.field],
                self.requests.get(question.field, ""),
                self.others.get(question.field),
            )
            for question in self.questions
            if question.field in self.fields
        )

    def answers(self) -> dict[int, str]:
        """Question → text, of those that could be read."""
        return {
            question.pk: self.cleaned_data[question.field]
            for question in self.questions
            if question.field in self.cleaned_data
        }

    def values(self) -> dict[str, Any]:
        """Return what `save_answers` takes beside the answers."""
        names = ("links", "visibility", "language", "countries")
        fields: dict[str, Any] = {
            name: self.cleaned_data[name] for name in names if name in self.cleaned_data
        }
        if self.cleaned_data.get("evidence"):
            fields["upload"] = self.cleaned_data["evidence"]
        return fields

    def take_note_of(self, contribution: Contribution) -> None:
        """Show what another window has saved beside what was typed; sending again replaces it."""
        saved = {answer.question_id: answer.text for answer in contribution.answers.all()}
        for question in self.questions:
            if question.field in self.fields:
                saved_text = saved.get(question.pk, "")
                if saved_text != clean_block(str(self.data.get(question.field, ""))):
                    self.others[question.field] = saved_text
        renew_version(self, contribution.version)

    @property
    def has_rows(self) -> bool:
        return "links" in self.fields


def writing_form(contribution: Contribution, data: Any = None, files: Any = None) -> WriteForm:
    """Return the form in which its people write it now: of what was returned, what is asked about."""
    requests = open_requests(contribution) if contribution.status == ContributionStatus.RETURNED else None
    return WriteForm(data, files, contribution=contribution, requests=requests)


def save_form(form: WriteForm, actor: User) -> Contribution:
    """Save what could be read."""
    return actions.save_answers(
        form.contribution,
        actor=actor,
        version=form.cleaned_data["version"],
        answers=form.answers(),
        **form.values(),
    )


CONTRIBUTION = Draft(writing_form, save_form, gaps, actions)


class NarrowForm(forms.Form):
    visibility = forms.ChoiceField(
        label=_("Who may read it"),
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose who may read it.")},
    )

    def __init__(self, *args: Any, offered: Iterable[Visibility], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["visibility"].choices = visibility_choices(offered)  # type: ignore[attr-defined]


class CheckForm(forms.Form):
    """A receipt's reference, and the digest, or the text itself, that it should be of."""

    reference = LineField(
        label=_("Reference"),
        max_length=24,
        help_text=_("As printed on the receipt, such as WO-2026-7F3K-9QTX."),
        error_messages={"required": _("Please give the reference.")},
        widget=forms.TextInput(attrs={"dir": "ltr", "autocomplete": "off", "spellcheck": "false"}),
    )
    digest = LineField(
        label=pgettext_lazy("SHA-256", "Digest"),
        required=False,
        max_length=200,
        help_text=_("64 digits and letters: the SHA-256 of the text, or of one of the files."),
        widget=forms.TextInput(attrs={"dir": "ltr", "autocomplete": "off", "spellcheck": "false"}),
    )
    text = forms.CharField(
        label=_("Or the text itself"),
        required=False,
        help_text=_("The whole text as shown on the receipt. It is not stored."),
        widget=forms.Textarea(attrs={"rows": 6, "dir": "auto"}),
    )

    def clean_digest(self) -> str:
        digest = "".join(self.cleaned_data["digest"].split()).lower()
        if digest and not (len(digest) == 64 and all(sign in "0123456789abcdef" for sign in digest)):
            raise ValidationError(
                _("A digest has 64 characters: digits, and letters from a to f."), code="digest"
            )
        return digest

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if "digest" in cleaned and not cleaned["digest"] and not cleaned.get("text"):
            self.add_error("digest", _("Please give the digest or the text."))
        return cleaned
