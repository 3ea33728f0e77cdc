"""The questions of the registration: one form per step, made of the questions that this kind is asked."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.urls import reverse_lazy
from django.utils.functional import lazy
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from core.forms import PickMany, PickOne, renew_version
from core.text import has_letters
from core.uploads import UploadField
from stakeholders.applications.enums import FACTS, FIELDS, label_of
from stakeholders.applications.models import Application
from stakeholders.applications.queries import GAP_TEXTS, value_of
from stakeholders.entries import identifiers
from stakeholders.entries.enums import CODED, Descriptor, Kind, Listing
from stakeholders.entries.forms import (
    BlockField,
    LineField,
    WebAddressField,
    articles_by_instrument,
    choices_with_blank,
)
from stakeholders.entries.forms_rows import (
    ContactRow,
    MissionRow,
    NameRow,
    OfficeRow,
    OfficerRow,
    PublicationRow,
    RowsField,
)
from taxonomy.places.models import Country
from taxonomy.terms.models import EngagementArea, Language, Topic

KIND_CHOICES = [
    (Kind.NGO, _("A non-governmental organization, association, network or foundation")),
    (Kind.ACADEMIA, _("A university, school, academic or research institution")),
    (Kind.PRIVATE, _("A company, or an association of companies")),
    (Kind.EXPERT, _("Myself, as an individual expert")),
]
LISTING_CHOICES = [
    (Listing.PUBLIC, _("Everybody: the profile has a public page and can be found by search engines")),
    (Listing.MEMBERS_STATES, _("Members of this portal and States: signed in, no public page")),
    (Listing.MEMBERS, _("Members of this portal only: also hidden from States")),
    (Listing.COUNTRY, _("Not named: it only counts in the total of the country")),
    (Listing.UNLISTED, _("Not listed: it is not shown or counted anywhere, and you can still take part")),
]
HELP_EXPERT = {
    "name": _("Your full name as you write it, in any language and script."),
    "mission": _(
        "Two to five sentences: your field, your experience, who you work with. At most 2,000 characters."
    ),
    "website": _("A page about your work, if there is one."),
}


def _criteria() -> SafeString:
    return format_html(
        '{} <a href="{}">{}</a>',
        _(
            "For example a certificate of registration, statutes, or an extract from a "
            "register; PDF, PNG or JPEG, at most 10 MB. Only you and the vetting officers "
            "of the WhatsOn team can open it."
        ),
        reverse_lazy("portal:page", args=["vetting-criteria"]),
        _("How applications are decided"),
    )


class IdentifierField(LineField):
    """A number that a public registry gives, kept as `read` writes it."""

    def __init__(self, read: Callable[[str], str], **kwargs: Any) -> None:
        self.read = read
        widget = forms.TextInput(attrs={"dir": "ltr", "autocomplete": "off"})
        super().__init__(required=False, widget=widget, **kwargs)

    def clean(self, value: Any) -> str:
        return self.read(super().clean(value))


class KindForm(forms.Form):
    kind = forms.ChoiceField(
        label=_("Who are you registering?"), choices=KIND_CHOICES, widget=forms.RadioSelect
    )


def _fact_field(name: str) -> forms.Field:
    """Return the field of a question of `FACTS`: a menu, or a line checked as the column is."""
    help_text = str(FIELDS[name].help_text)
    if name in CODED:
        choices = [("", _("Not stated")), *CODED[name].choices]
        return forms.ChoiceField(required=False, choices=choices, help_text=help_text)
    column: Any = Application._meta.get_field(name)
    return LineField(
        required=False,
        max_length=column.max_length,
        validators=column.validators,
        help_text=help_text,
        widget=forms.TextInput(attrs={"dir": "auto", "autocomplete": "off"}),
    )


class AnswersForm(forms.Form):
    """Some of the questions, for one application. `answers()` and `paper()` are what an action takes.

    With `complete` the required ones must be answered; without, a draft may have blanks ("finish later").
    `requests` holds what the desk asks about single answers; it is shown at them. Questions of `FACTS` need
    no field here; the order is that of `FIELDS`.
    """

    version = forms.IntegerField(widget=forms.HiddenInput)
    name = LineField(
        max_length=250,
        help_text=_("As it is officially written, in its own language and script."),
        widget=forms.TextInput(attrs={"dir": "auto", "autocomplete": "off"}),
    )
    name_latin = LineField(
        max_length=250,
        required=False,
        help_text=_(
            "If the name is in another script: its spelling in Latin script, so that more people can find it."
        ),
        widget=forms.TextInput(attrs={"dir": "auto", "autocomplete": "off"}),
    )
    acronym = LineField(max_length=40, required=False, widget=forms.TextInput(attrs={"dir": "auto"}))
    country = forms.ChoiceField(
        help_text=_("Where the headquarters are. The names are those that the United Nations uses."),
        widget=PickOne,
    )
    city = LineField(max_length=120, required=False, widget=forms.TextInput(attrs={"dir": "auto"}))
    website = WebAddressField(
        max_length=300,
        required=False,
        error_messages={"invalid": _("Please give a full address, such as https://example.org.")},
        widget=forms.TextInput(attrs={"dir": "ltr", "inputmode": "url", "autocomplete": "url"}),
    )
    other_names = RowsField(
        NameRow,
        folded=_("Add another name"),
        help_text=_(
            "Your name in other languages or scripts, so that people find you by the name they know."
        ),
    )
    former_names = RowsField(
        NameRow,
        folded=_("Add a former name"),
        help_text=_("Your previous names. They appear on your profile, and are screened."),
    )
    mission = BlockField(
        max_length=2000,
        help_text=_(
            "Two to five sentences: what you work for, with whom and where. At most 2,000 characters."
        ),
        widget=forms.Textarea(attrs={"rows": 6, "dir": "auto"}),
    )
    mission_language = forms.ChoiceField(help_text=_("You may write in any language."), widget=PickOne)
    missions = RowsField(
        MissionRow,
        help_text=_("Each reader sees the text in the language of the page, and the others one click away."),
    )
    topics = forms.MultipleChoiceField(help_text=_("Choose all that you work on."), widget=PickMany)
    engagement_areas = forms.MultipleChoiceField(required=False, widget=PickMany)
    works_in = forms.MultipleChoiceField(
        required=False, help_text=_("Other countries and areas in which you work."), widget=PickMany
    )
    languages = forms.MultipleChoiceField(
        required=False, help_text=_("In which people can write to you and work with you."), widget=PickMany
    )
    articles = forms.MultipleChoiceField(
        required=False,
        help_text=_("Select specific articles if relevant. You can leave this blank."),
        widget=PickMany,
    )
    offices = RowsField(
        OfficeRow,
        folded=_("Add an office"),
        help_text=_(
            "Places where you have an office, other than your headquarters. A street "
            "address is a contact: give it there, and choose who may read it."
        ),
    )
    contacts = RowsField(
        ContactRow,
        help_text=_(
            "How you can be reached. Choose for each contact who may read it; by default "
            "only the WhatsOn team can."
        ),
    )
    descriptors = forms.MultipleChoiceField(
        required=False,
        choices=Descriptor,
        help_text=_("Only what you wish to disclose; your profile shows it."),
        widget=forms.CheckboxSelectMultiple,
    )
    wikidata = IdentifierField(
        identifiers.wikidata,
        max_length=120,
        help_text=_("The number of your item, such as Q1065, or its address."),
    )
    lei = IdentifierField(
        identifiers.lei, max_length=40, help_text=_("20 letters and digits (ISO 17442), if you have one.")
    )
    orcid = IdentifierField(
        identifiers.orcid, max_length=60, help_text=_("The 16 digits of your ORCID iD, or its address.")
    )
    references = BlockField(
        max_length=2000,
        required=False,
        help_text=_(
            "Publications, partners or projects that show what you do. Your profile shows "
            "them: do not name people without their consent. At most 2,000 characters."
        ),
        widget=forms.Textarea(attrs={"rows": 4, "dir": "auto"}),
    )
    publications = RowsField(
        PublicationRow,
        help_text=_(
            "Your reports, articles and studies that are published elsewhere. What the library "
            "of this portal has "
            "from you is shown automatically."
        ),
    )
    officers = RowsField(
        OfficerRow,
        help_text=_(
            "Who leads the organization: chair, director, board. Only the vetting "
            "officers of the WhatsOn team see these names, and only to compare them with "
            "the list of the Security Council. They never appear on your profile."
        ),
    )
    listing = forms.ChoiceField(
        choices=LISTING_CHOICES,
        widget=forms.RadioSelect,
        help_text=_("You can take part in everything with either choice, and change it later."),
    )
    papers = UploadField(required=False, help_text=lazy(_criteria, SafeString)())
    no_paper_reason = BlockField(
        max_length=1000,
        required=False,
        help_text=_(
            "Only if you cannot add a document: explain why, for example that the law of "
            "your country knows no registration for your kind of organization."
        ),
        widget=forms.Textarea(attrs={"rows": 4, "dir": "auto"}),
    )

    def __init__(
        self,
        *args: Any,
        application: Application,
        only: Iterable[str],
        complete: bool = True,
        requests: Mapping[str, str] | None = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.application = application
        self.requests = dict(requests or {})
        shown = set(only)
        self.fields.update({name: _fact_field(name) for name in FACTS if name in shown})
        self.order_fields(("version", *FIELDS))
        for name in [name for name in self.fields if name not in shown | {"version"}]:
            del self.fields[name]
        self._name_the_questions()
        for name in {"papers", "no_paper_reason"} & set(self.fields):
            self.fields[name].one_of = True  # type: ignore[attr-defined]  # neither is optional by itself
        for name in set(self.requests) & set(self.fields):
            self.fields[name].one_of = True  # type: ignore[attr-defined]  # the desk waits for an answer to it
        self._set_choices()
        if not complete:
            for field in self.fields.values():
                if field.required:
                    field.one_of = True  # type: ignore[attr-defined]  # may wait, and is not optional
                field.required = False
        self.complete = complete

    def _name_the_questions(self) -> None:
        for name, field in self.fields.items():
            if name == "version":
                continue
            field.label = str(label_of(name, self.application.kind))
            field.error_messages["required"] = str(GAP_TEXTS.get(name, field.error_messages["required"]))
            if self.application.is_expert and name in HELP_EXPERT:
                field.help_text = HELP_EXPERT[name]
            if self.requests.get(name):
                field.help_text = format_html(
                    '<strong class="desk-asks">{}</strong> <bdi>{}</bdi>',
                    _("Questions for you:"),
                    self.requests[name],
                )

    def _set_choices(self) -> None:
        if "articles" in self.fields:
            self.fields["articles"].choices = articles_by_instrument()  # type: ignore[attr-defined]
        choices = {
            "country": choices_with_blank(Country, _("Choose a country or area")),
            "mission_language": choices_with_blank(Language, _("Choose a language")),
            "topics": Topic.objects.for_choices(),
            "engagement_areas": EngagementArea.objects.for_choices(),
            "works_in": Country.objects.for_choices(),
            "languages": Language.objects.for_choices(),
        }
        for name, offered in choices.items():
            if name in self.fields:
                self.fields[name].choices = offered  # type: ignore[attr-defined]  # both are choice fields

    def clean_name(self) -> str:
        return self._with_letters("name")

    def clean_name_latin(self) -> str:
        return self._with_letters("name_latin")

    def clean_missions(self) -> list[dict[str, Any]]:
        """One text for each language; the first one has its own page."""
        rows: list[dict[str, Any]] = self.cleaned_data["missions"]
        codes = [row["language"] for row in rows]
        if len(set(codes)) < len(codes) or self.application.mission_language_id in codes:
            raise ValidationError(_("There is a text in this language already. Keep one."), code="twice")
        return rows

    def _with_letters(self, field: str) -> str:
        text = self.cleaned_data[field]
        if text and not has_letters(text):
            raise ValidationError(_("A name needs letters or digits."), code="no_letters")
        return text

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if self.complete and "papers" in self.fields and "papers" not in self.errors:
            has_papers = cleaned.get("papers") or self.application.papers.exists()
            if not has_papers and not cleaned.get("no_paper_reason"):
                self.add_error("papers", ValidationError(str(GAP_TEXTS["papers"]), code="required"))
        return cleaned

    def answers(self) -> dict[str, Any]:
        return {name: value for name, value in self.cleaned_data.items() if name not in {"version", "papers"}}

    def paper(self) -> Any:
        return self.cleaned_data.get("papers")

    def take_note_of(self, application: Application) -> None:
        """Another window was first: what was typed stays, and the next saving goes over what that saved."""
        renew_version(self, application.version)

    @staticmethod
    def initial_of(application: Application, only: Iterable[str]) -> dict[str, Any]:
        """What was answered so far; the language of the text starts as that of the page."""
        initial: dict[str, Any] = {"version": application.version}
        for name in only:
            if name == "mission_language":
                initial[name] = application.mission_language_id or get_language()
            elif name != "papers":
                initial[name] = value_of(application, name)
        return initial

    @property
    def has_rows(self) -> bool:
        """Whether there are questions with several answers, and so buttons that add and remove them."""
        return any(isinstance(field, RowsField) for field in self.fields.values())
