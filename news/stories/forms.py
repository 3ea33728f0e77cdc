"""Forms for stories, their changes and their versions in other languages."""

from typing import Any
from urllib.parse import urlsplit

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from core.forms import PickMany, PickOne, renew_version
from core.markdown_editor import MarkdownTextarea
from news.stories.actions import MOST_TEXT
from news.stories.enums import WithdrawReason
from news.stories.models import Story
from stakeholders.entries.forms import BlockField, LineField, web_address
from taxonomy.places.models import Country
from taxonomy.terms.models import Language, Topic

MOST_VIDEOS = 5
LONGEST_ADDRESS = 500


class AddressesField(forms.CharField):
    """Addresses of the web, one on each line; its value is a list."""

    widget = forms.Textarea

    def prepare_value(self, value: Any) -> Any:
        return "\n".join(value) if isinstance(value, list) else value

    def to_python(self, value: Any) -> Any:
        lines = [line.strip() for line in (super().to_python(value) or "").splitlines()]
        return list(dict.fromkeys(line for line in lines if line))

    def validate(self, value: Any) -> None:
        super().validate(value)
        if len(value) > MOST_VIDEOS:
            raise ValidationError(_("A story has %(most)s videos at most."), params={"most": MOST_VIDEOS})
        for address in value:
            try:
                web_address(address)
                fits = urlsplit(address).scheme == "https" and len(address) <= LONGEST_ADDRESS
            except (ValidationError, ValueError):
                fits = False
            if not fits:
                raise ValidationError(
                    _("Give the address of a page that begins with https://, on a line of its own.")
                )

    def run_validators(self, value: Any) -> None:
        """Those of lines have run."""


class WriteForm(forms.Form):
    """A story. A draft needs a title and a language; the rest is asked for when it is sent.

    `questions`: {field: question}; where there are any, only these are there to be changed.
    """

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    title = LineField(
        label=_("Title"),
        max_length=160,
        error_messages={"required": _("Give the story a title.")},
        widget=forms.TextInput(attrs={"dir": "auto"}),
    )
    language = forms.ChoiceField(
        label=_("Language of this text"), choices=Language.objects.for_choices, widget=PickOne
    )
    summary = BlockField(
        label=_("Summary"),
        max_length=400,
        required=False,
        help_text=_(
            "One or two sentences, shown in lists, in feeds and where the story is "
            "shared. Optional in a draft."
        ),
        widget=forms.Textarea(attrs={"rows": 3, "dir": "auto", "class": "short-text"}),
    )
    text = BlockField(
        label=_("Text"),
        max_length=MOST_TEXT,
        required=False,
        help_text=_(
            "To show an image, save the story, add the image under “Images of the story”, and write "
            "[image 1] on a line of its own."
        ),
        widget=MarkdownTextarea(rows=18),
    )
    videos = AddressesField(
        label=_("Videos"),
        required=False,
        help_text=_(
            "Addresses of pages where they are shown, one on each line. Readers get a link; nothing is "
            "loaded from elsewhere."
        ),
        widget=forms.Textarea(attrs={"rows": 2, "dir": "ltr", "class": "short-text"}),
    )
    topics = forms.MultipleChoiceField(
        label=_("Topics"), required=False, choices=Topic.objects.for_choices, widget=PickMany()
    )
    countries = forms.MultipleChoiceField(
        label=_("Countries and areas"),
        required=False,
        choices=Country.objects.for_choices,
        widget=PickMany(),
        help_text=_("Those that the story is about. A story about States compares none of them."),
    )
    NAMES = ("title", "language", "summary", "text", "videos", "topics", "countries")

    def __init__(
        self, *args: Any, story: Story | None = None, questions: dict[str, str] | None = None, **kwargs: Any
    ) -> None:
        if story is not None:
            kwargs["initial"] = {**initial_of(story), **kwargs.get("initial", {})}
        super().__init__(*args, **kwargs)
        self.questions = {name: text for name, text in (questions or {}).items() if name in self.fields}
        only_images = bool(questions) and not self.questions
        for name in self.NAMES:
            if name in self.fields and ((self.questions and name not in self.questions) or only_images):
                del self.fields[name]

    def values(self) -> dict[str, Any]:
        """Return what could be read, by column."""
        clean = self.cleaned_data
        columns = {name: clean[name] for name in self.NAMES if name in clean and name in self.fields}
        if "language" in columns:
            columns["language_id"] = columns.pop("language")
        return columns

    def take_note_of(self, stored: Story) -> None:
        """Set the version that another window saved, so that the next save replaces it."""
        renew_version(self, stored.version)


class ChangeForm(WriteForm):
    """A change of a published story; its language stays."""

    language = None  # type: ignore[assignment]


class LanguageForm(forms.Form):
    """The language of a further version."""

    language = forms.ChoiceField(label=_("Language"), choices=(), widget=PickOne)

    def __init__(self, *args: Any, without: set[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        pairs = [pair for pair in Language.objects.for_choices() if pair[0] not in without]
        self.fields["language"].choices = [("", _("Choose")), *pairs]  # type: ignore[attr-defined]


def initial_of(story: Story) -> dict[str, Any]:
    initial = {name: getattr(story, name) for name in ("title", "summary", "text", "videos", "version")}
    return initial | {
        "language": story.language_id,
        "topics": list(story.topics.values_list("pk", flat=True)),
        "countries": list(story.countries.values_list("pk", flat=True)),
    }


# --- The desk -----------------------------------------------------------------------------------------------
class WithdrawForm(forms.Form):
    reason = forms.ChoiceField(
        label=_("Reason"),
        choices=WithdrawReason,
        widget=forms.RadioSelect,
        error_messages={"required": _("Please give a reason.")},
    )
    note = BlockField(
        label=_("Public note"),
        required=False,
        max_length=2000,
        help_text=_("Everybody reads it at the story's address, with the title, the day and the reason."),
        widget=forms.Textarea(attrs={"rows": 4, "dir": "auto"}),
    )
