"""The form of an applicant: one form, several dialogues; a statement; what should be looked at again."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.people.models import User
from core.drafts import Draft
from core.forms import PickMany, renew_version
from core.word_counts import count_words
from events.events.enums import Mode
from reviews.dialogue_applications import actions
from reviews.dialogue_applications.queries import OF_THE_PERSON, gaps, open_to, topics_of
from reviews.dialogues.enums import Gender
from reviews.dialogues.models import Dialogue, DialogueApplication, DialogueLine
from reviews.mechanism.forms import TextField
from taxonomy.names.enums import UN_LANGUAGES
from taxonomy.terms.models import Language

MOST_SIGNS = 20_000
# How one takes part, in order.
PART = (
    "mode",
    "travel_support",
    "travel_reason",
    "access_needs",
    "wants_to_speak",
    "speaking_about",
    "gender",
    "shares_with_bureau",
)


def _languages() -> list[tuple[str, Any]]:
    return [pair for pair in Language.objects.for_choices() if pair[0] in UN_LANGUAGES]


class ApplicationForm(forms.Form):
    """Everything may be left for later: what is missing is told where it is sent."""

    use_required_attribute = False
    version = forms.IntegerField(widget=forms.HiddenInput)
    dialogues = forms.TypedMultipleChoiceField(
        label=_("Dialogues"),
        coerce=int,
        required=False,
        widget=PickMany,
        help_text=_("One form applies to all that you tick. Each is decided on its own."),
    )
    language = forms.ChoiceField(label=_("Language you write in"), choices=_languages, required=False)
    mode = forms.ChoiceField(
        label=_("How you would take part"),
        required=False,
        widget=forms.RadioSelect,
        choices=[(Mode.IN_PERSON, Mode.IN_PERSON.label), (Mode.ONLINE, Mode.ONLINE.label)],
    )
    travel_support = forms.BooleanField(
        label=_("I ask for travel support"),
        required=False,
        help_text=_("Funding is limited. Priority is given to grassroots and survivor-led organizations."),
    )
    travel_reason = TextField(
        label=_("Why travel support is needed"),
        required=False,
        rows=3,
        help_text=_(
            "Only the WhatsOn team reads it; it is deleted some weeks after the last of the dialogues."
        ),
    )
    access_needs = TextField(
        label=_("What you need to take part"),
        required=False,
        rows=3,
        help_text=_(
            "Access to the building, sign language, a place for an assistant… Only the "
            "WhatsOn team reads it; it is never given to the Extended Bureau, and is "
            "deleted some weeks after the last of the dialogues."
        ),
    )
    wants_to_speak = forms.BooleanField(label=_("I would like to speak"), required=False)
    speaking_about = TextField(label=_("What you would like to speak about"), required=False, rows=3)
    gender = forms.ChoiceField(
        label=_("Gender"),
        required=False,
        choices=[("", pgettext_lazy("gender", "I prefer not to say")), *Gender.choices],
        help_text=_(
            "Only counted, so that the WhatsOn team sees whether the list is balanced. Deleted afterwards."
        ),
    )
    shares_with_bureau = forms.BooleanField(
        label=_("The application may be given to the Extended Bureau"),
        required=False,
        help_text=_(
            "Required, since the Extended Bureau decides. It receives the stakeholder's name, kind, country, "
            "expertise and how you take part; never what you need, your gender, or why you ask for "
            "travel support."
        ),
    )

    def __init__(
        self,
        data: Any = None,
        *,
        application: DialogueApplication,
        offered: Sequence[Dialogue],
        for_colleague: bool = False,
    ) -> None:
        """`for_colleague`: whoever prepares it is not asked what the applicant alone says."""
        super().__init__(data, initial=_initial(application))
        self.application = application
        self.offered = offered
        self.fields["dialogues"].choices = [(dialogue.pk, _choice(dialogue)) for dialogue in offered]  # type: ignore[attr-defined]
        texts = {expertise.topic_id: expertise.text for expertise in application.expertise.all()}
        self.topics = {}
        for topic, dialogues in topics_of(offered).items():
            most = min(dialogue.most_words for dialogue in dialogues)
            titles = " · ".join(dialogue.event.told_title[0] for dialogue in dialogues)
            self.topics[topic.pk] = f"topic_{topic.pk}"
            self.fields[f"topic_{topic.pk}"] = TextField(
                label=topic.name,
                required=False,
                initial=texts.get(topic.pk, ""),
                max_length=MOST_SIGNS,
                help_text=_("For: %(dialogues)s. At most %(most)s words.")
                % {"dialogues": titles, "most": most},
            )

        if for_colleague:
            for name in OF_THE_PERSON:
                del self.fields[name]
        # A draft may lack them; what is sent may not.
        for name in ("dialogues", "language", "mode", "shares_with_bureau", *self.topics.values()):
            if name in self.fields:
                self.fields[name].one_of = True  # type: ignore[attr-defined]
        self.order_fields(["version", "dialogues", *self.topics.values()])

    @property
    def topic_fields(self) -> list[Any]:
        return [self[name] for name in self.topics.values()]

    @property
    def part_fields(self) -> list[Any]:
        return [self[name] for name in PART if name in self.fields]

    def expertise(self) -> dict[str, str]:
        cleaned = self.cleaned_data
        return {pk: cleaned[name] for pk, name in self.topics.items() if name in cleaned}

    def values(self) -> dict[str, Any]:
        """Return the values as the act takes them."""
        cleaned = self.cleaned_data
        return {
            **{name: cleaned[name] for name in PART if name in cleaned},
            **({"language_id": cleaned["language"] or None} if "language" in cleaned else {}),
        }

    def take_note_of(self, application: DialogueApplication) -> None:
        """Another window was first: what was typed stays, and the next saving goes over what that saved."""
        renew_version(self, application.version)


def _initial(application: DialogueApplication) -> dict[str, Any]:
    return {
        **{name: getattr(application, name) for name in ("version", *PART)},
        "language": application.language_id,
        "dialogues": [line.dialogue_id for line in application.lines.all()],
    }


def writing_form(
    application: DialogueApplication, data: Any = None, files: Any = None, *, for_colleague: bool = False
) -> ApplicationForm:
    """Return the form in which it is written; a dialogue that has closed meanwhile is not chosen in it."""
    if not application.is_draft:
        sent_to = [line.dialogue for line in application.lines.all()]
        return ApplicationForm(data, application=application, offered=sent_to)
    offered = open_to(application.applicant, application.stakeholder)
    form = ApplicationForm(data, application=application, offered=offered, for_colleague=for_colleague)
    offered_ids = {dialogue.pk for dialogue in offered}
    form.initial["dialogues"] = [pk for pk in form.initial["dialogues"] if pk in offered_ids]
    return form


def save_form(form: ApplicationForm, actor: User) -> DialogueApplication:
    """Save what could be read; dialogues that could not stay as they were chosen."""
    application, cleaned = form.application, form.cleaned_data
    chosen = cleaned.get("dialogues", [line.dialogue_id for line in application.lines.all()])
    return actions.save(
        application,
        actor=actor,
        version=cleaned["version"],
        dialogues=chosen,
        expertise=form.expertise(),
        **form.values(),
    )


APPLICATION = Draft(writing_form, save_form, gaps, actions)


def _choice(dialogue: Dialogue) -> Any:
    title, language = dialogue.event.told_title
    return format_html(
        '<strong><bdi lang="{}">{}</bdi></strong> <span class="quiet">{}</span>',
        language,
        title,
        dialogue.event.get_mode_display(),
    )


class StatementForm(forms.Form):
    use_required_attribute = False
    text = TextField(label=_("Your statement"), rows=10, max_length=MOST_SIGNS)
    language = forms.ChoiceField(label=_("Language of the statement"), choices=_languages)
    agrees = forms.BooleanField(label=_("My statement respects these terms"), required=False)

    def __init__(self, data: Any = None, *, line: DialogueLine, **kwargs: Any) -> None:
        statement = getattr(line, "statement", None)
        initial = {
            "text": statement.text if statement else "",
            "language": statement.language_id if statement else line.application.language_id,
        }
        super().__init__(data, initial=initial, **kwargs)
        self.most = line.dialogue.statement_words
        self.fields["text"].help_text = _("At most %(most)s words; the WhatsOn team checks it.") % {
            "most": self.most
        }

    def clean_text(self) -> str:
        text: str = self.cleaned_data["text"]
        if (words := count_words(text)) > self.most:
            raise forms.ValidationError(
                _("This has %(words)s words; at most %(most)s are accepted."),
                params={"words": words, "most": self.most},
            )
        return text


class ColleagueForm(forms.Form):
    use_required_attribute = False
    person: Any = forms.ModelChoiceField(
        queryset=User.objects.none(),
        label=_("Who would take part"),
        widget=forms.RadioSelect,
        empty_label=None,
        help_text=_(
            "They get an e-mail once you have written it, and nothing is submitted before they confirm."
        ),
    )

    def __init__(self, data: Any = None, *, people: Any) -> None:
        super().__init__(data)
        self.fields["person"].queryset = people  # type: ignore[attr-defined]


class AgainForm(forms.Form):
    use_required_attribute = False
    text = TextField(
        label=_("What should be looked at again"),
        rows=5,
        help_text=_("A person who took no part in the decision reads it."),
    )
