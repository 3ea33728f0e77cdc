"""Writing a proposal: what the meeting is about, who speaks, what it needs; asking others to organize."""

from collections.abc import Mapping
from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import MaxLengthValidator
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext, pgettext_lazy

from accounts.people.models import User
from core.drafts import Draft
from core.forms import AddressField, PickMany, PickOne, renew_version
from core.word_counts import count_words
from events.events.enums import Mode
from events.proposals import actions
from events.proposals.enums import ProposalStatus, SpeakerGender, SpeakerRole
from events.proposals.models import Proposal, ProposalRound
from events.proposals.queries import (
    MOST_THEMES,
    gaps,
    label_of,
    may_edit_late,
    may_give_link,
    too_many_speakers,
)
from stakeholders.entries.forms import BlockField, LineField, WebAddressField, choices_with_blank
from stakeholders.entries.forms_rows import RowForm, RowsField
from taxonomy.places.models import Country
from taxonomy.terms.models import Language, Topic
from workflow.items.queries import open_requests

MOST_SIGNS = 20_000
YES_OR_NO = (("yes", _("Yes")), ("no", _("No")))
_SAYS = {"yes": True, "no": False, "": None}


def text_line(label: Any, most: int, **kwargs: Any) -> LineField:
    kwargs.setdefault("required", False)
    widget = forms.TextInput(attrs={"dir": "auto", "autocomplete": "off"})
    return LineField(label=label, max_length=most, widget=widget, **kwargs)


def erasure_note(name: str, rules: ProposalRound) -> str:
    """Return the sentence for a field that says when its sensitive answer is erased."""
    n = rules.retention_days
    if name == "speakers":
        return ngettext(
            "The gender of speakers is erased %(n)s day after the event.",
            "The gender of speakers is erased %(n)s days after the event.",
            n,
        ) % {"n": n}
    return ngettext("Erased %(n)s day after the event.", "Erased %(n)s days after the event.", n) % {"n": n}


class SpeakerRow(RowForm):
    row_title = _("Speaker %(number)d")
    typed = ("name", "affiliation", "address")
    name = text_line(
        _("Name"), 150, required=True, error_messages={"required": _("Please give the speaker’s name.")}
    )
    role = forms.ChoiceField(label=_("Role"), choices=SpeakerRole, initial=SpeakerRole.PRESENTER)
    affiliation = text_line(_("Affiliation"), 200)
    address = AddressField(
        label=_("E-mail address"),
        required=False,
        max_length=254,
        help_text=_("Used to ask the speaker, and to inform of moves and cancellations. Never shown."),
        error_messages={"invalid": _("Please give a full address, such as name@example.org.")},
        widget=forms.EmailInput(attrs={"dir": "ltr", "autocomplete": "off"}),
    )
    mode = forms.ChoiceField(
        label=_("Format"),
        required=False,
        choices=(
            ("", pgettext_lazy("how a speaker takes part", "Not known yet")),
            (Mode.IN_PERSON.value, Mode.IN_PERSON.label),
            (Mode.ONLINE.value, Mode.ONLINE.label),
        ),
    )
    is_registered = forms.ChoiceField(
        label=_("Registered for the event"),
        required=False,
        choices=(("", pgettext_lazy("whether somebody is registered", "Not known yet")), *YES_OR_NO),
    )
    gender = forms.ChoiceField(
        label=_("Gender"),
        required=False,
        choices=(("", pgettext_lazy("gender", "Not stated")), *SpeakerGender.choices),
        help_text=_("Only if the speaker agrees. Never shown with the name, and erased after the event."),
    )


class WriteForm(forms.Form):
    """All fields of a proposal, or of one to be completed those that the desk asks about (`requests`)."""

    use_required_attribute = False

    version = forms.IntegerField(widget=forms.HiddenInput)
    title = text_line(_("Title"), 200, help_text=_("As it should appear in the programme."))
    summary = BlockField(
        label=_("Summary"),
        required=False,
        validators=[MaxLengthValidator(MOST_SIGNS)],
        widget=forms.Textarea(attrs={"rows": 8, "dir": "auto"}),
    )
    language = forms.ChoiceField(label=_("Language of this text"), required=False, widget=PickOne)
    theme = forms.ChoiceField(label=_("Main theme"), required=False, widget=PickOne)
    more_themes = forms.MultipleChoiceField(
        label=_("Further themes"), required=False, widget=PickMany, help_text=_("Three at most.")
    )
    agenda_item = text_line(
        _("Agenda item or working group"), 200, help_text=_("If the meeting belongs to one.")
    )
    mode = forms.ChoiceField(label=_("Format"), required=False, choices=Mode, widget=forms.RadioSelect)
    link = WebAddressField(
        label=_("Link for taking part online"),
        required=False,
        help_text=_("It can follow later. Only those who are confirmed are given it."),
        error_messages={"invalid": _("Please give a full address, such as https://example.org.")},
        widget=forms.URLInput(attrs={"dir": "ltr", "autocomplete": "off"}),
    )
    spoken = forms.MultipleChoiceField(label=_("Languages of the meeting"), required=False, widget=PickMany)
    interpretation = forms.MultipleChoiceField(
        label=_("Interpretation asked for into"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("What can be provided is announced with the programme."),
    )
    supporting = forms.MultipleChoiceField(
        label=_("Supporting States"),
        required=False,
        choices=Country.objects.states_for_choices,
        widget=PickMany,
        help_text=_("Only those that have agreed to be named."),
    )
    mission_informed = forms.ChoiceField(
        label=_("Is the permanent mission of your country informed?"),
        required=False,
        choices=YES_OR_NO,
        widget=forms.RadioSelect,
    )
    equipment = text_line(
        _("Equipment"), 500, help_text=_("Such as a projector, or a camera for online guests.")
    )
    access_needs = text_line(
        _("Access needs"), 500, help_text=_("What you, speakers or guests need to take part. No names.")
    )
    expected = forms.IntegerField(label=_("People expected"), required=False, min_value=1, max_value=20_000)
    wishes = text_line(_("Wishes for the time"), 300)
    speakers = RowsField(
        SpeakerRow,
        label=_("Speakers"),
        help_text=_("Once they are saved, you can ask each by e-mail whether they will speak."),
    )
    logos_agreed = forms.BooleanField(
        label=_(
            "We use logos and emblems, also those of the United Nations, only where their owners have agreed."
        ),
        required=False,
    )

    SECTIONS: ClassVar[tuple[tuple[Any, tuple[str, ...]], ...]] = (
        (_("What it is about"), ("title", "summary", "language", "theme", "more_themes", "agenda_item")),
        (_("How it is held"), ("mode", "link", "spoken", "interpretation")),
        (_("Who speaks"), ("speakers",)),
        (_("Who supports it"), ("supporting", "mission_informed")),
        (_("What it needs"), ("expected", "equipment", "access_needs", "wishes")),
        (_("Declaration"), ("logos_agreed",)),
    )
    # The steps in which it is written, and the sections of each.
    STEPS: ClassVar[dict[str, tuple[Any, slice]]] = {
        "what": (_("What it is about"), slice(0, 1)),
        "how": (_("How it is held"), slice(1, 2)),
        "who": (_("Who speaks and supports it"), slice(2, 4)),
        "needs": (_("What it needs"), slice(4, 6)),
    }
    # What must be there before it is sent, though a draft may have blanks.
    NEEDED = ("title", "summary", "language", "theme", "mode", "spoken", "mission_informed", "logos_agreed")

    def __init__(
        self,
        *args: Any,
        proposal: Proposal,
        requests: Mapping[str, str] | None = None,
        step: str = "",
        **kwargs: Any,
    ) -> None:
        self.proposal = proposal
        self.requests = dict(requests or {})
        self.other: list[tuple[str, str]] = []
        kwargs.setdefault("initial", self._initial())
        super().__init__(*args, **kwargs)
        if self.requests or proposal.status == "incomplete":
            for name in [name for name in self.fields if name != "version" and name not in self.requests]:
                del self.fields[name]
        if step:
            for name in set(self.fields) - {"version", *self.fields_of(step)}:
                del self.fields[name]
        self._offer()
        for name in {*self.NEEDED, "speakers"} & set(self.fields):
            self.fields[name].one_of = True  # type: ignore[attr-defined]
        for name in {field for field, text in self.requests.items() if text} & set(self.fields):
            self.fields[name].help_text = format_html(
                '<strong class="desk-asks">{}</strong> <bdi>{}</bdi>',
                _("Questions for you:"),
                self.requests[name],
            )

    @classmethod
    def fields_of(cls, step: str) -> list[str]:
        _label, sections = cls.STEPS[step]
        return [name for _title, names in cls.SECTIONS[sections] for name in names]

    @classmethod
    def step_of(cls, field: str) -> str:
        return next(step for step in cls.STEPS if field in cls.fields_of(step))

    def _initial(self) -> dict[str, Any]:
        proposal = self.proposal
        says = {True: "yes", False: "no", None: ""}
        plain = ("version", "title", "summary", "agenda_item", "mode", "link", "equipment", "access_needs")
        many = ("more_themes", "spoken", "interpretation", "supporting")
        return {
            **{name: getattr(proposal, name) for name in (*plain, "expected", "wishes", "logos_agreed")},
            **{name: [each.pk for each in getattr(proposal, name).all()] for name in many},
            "language": proposal.language_id or "",
            "theme": proposal.theme_id or "",
            "mission_informed": says[proposal.mission_informed],
            "speakers": [
                {
                    **{
                        name: getattr(each, name)
                        for name in ("name", "role", "affiliation", "address", "mode", "gender")
                    },
                    "is_registered": says[each.is_registered],
                }
                for each in proposal.speakers.all()
            ],
        }

    def _offer(self) -> None:
        fields: Any = self.fields
        rules = self.proposal.rules
        for name in {"access_needs", "speakers"} & set(fields) - set(self.requests):
            fields[name].help_text = format_html("{} {}", fields[name].help_text, erasure_note(name, rules))
        topics = Topic.objects.for_choices()
        among = set(rules.themes.values_list("pk", flat=True))
        chosen = {self.proposal.theme_id, *(topic.pk for topic in self.proposal.more_themes.all())}
        themes = [(code, name) for code, name in topics if not among or code in among | chosen]
        every = Language.objects.for_choices()
        official = set(Language.objects.filter(official=True).values_list("pk", flat=True))
        six = [(code, name) for code, name in every if code in official]
        offered = {
            "theme": [("", _("Choose a theme")), *themes],
            "more_themes": themes,
            "language": choices_with_blank(Language, _("Choose a language")),
            "spoken": every,
            "interpretation": six,
        }
        for name, choices in offered.items():
            if name in fields:
                fields[name].choices = choices
        if "summary" in fields:
            fields["summary"].widget.attrs |= {
                "data-words": "summary-words",
                "data-words-most": rules.most_words,
            }

    def clean_more_themes(self) -> list[str]:
        chosen: list[str] = self.cleaned_data["more_themes"]
        if len(chosen) > MOST_THEMES:
            raise ValidationError(_("Choose three at most."), code="too_many")
        return chosen

    def clean_speakers(self) -> list[dict[str, Any]]:
        rows: list[dict[str, Any]] = self.cleaned_data["speakers"]
        rules = self.proposal.rules
        if len(rows) > rules.most_speakers:
            raise ValidationError(too_many_speakers(rules), code="too_many")
        return rows

    def sections(self) -> list[tuple[Any, list[forms.BoundField]]]:
        sections = [
            (title, [self[name] for name in names if name in self.fields]) for title, names in self.SECTIONS
        ]
        return [(title, fields) for title, fields in sections if fields]

    @property
    def words(self) -> int:
        return count_words(str(self["summary"].value() or "")) if "summary" in self.fields else 0

    def values(self) -> dict[str, Any]:
        """Return the valid values, as `save` takes them."""
        columns = {
            name: value for name, value in self.cleaned_data.items() if name not in ("version", "speakers")
        }
        if "mission_informed" in columns:
            columns["mission_informed"] = _SAYS[columns["mission_informed"]]
        for name in ("language", "theme"):
            if name in columns:
                columns[f"{name}_id"] = columns.pop(name) or None
        return columns

    def speaker_rows(self) -> list[dict[str, Any]] | None:
        rows = self.cleaned_data.get("speakers")
        if rows is None:
            return None
        return [{**row, "is_registered": _SAYS[row["is_registered"]]} for row in rows]

    def take_note_of(self, stored: Proposal) -> None:
        """Show what another window has saved beside what was typed; sending again replaces it."""
        for name in ("title", "summary", "agenda_item", "equipment", "access_needs", "wishes"):
            if name in self.fields:
                stored_text = str(getattr(stored, name))
                if stored_text != str(self.data.get(name, "")).strip():
                    self.other.append((label_of(name), stored_text))
        renew_version(self, stored.version)

    @property
    def has_rows(self) -> bool:
        return "speakers" in self.fields


def writing_form(proposal: Proposal, data: Any = None, files: Any = None, *, step: str = "") -> WriteForm:
    """Return the form in which its people write it now: all, a step, what is asked about, or the link."""
    requests = open_requests(proposal) if proposal.status == ProposalStatus.INCOMPLETE else None
    if not proposal.is_written and not may_edit_late(proposal) and may_give_link(proposal):
        requests = {"link": ""}
    return WriteForm(data, files, proposal=proposal, requests=requests, step=step)


def save_form(form: WriteForm, actor: User) -> Proposal:
    """Save what could be read."""
    return actions.save(
        form.proposal,
        actor=actor,
        version=form.cleaned_data["version"],
        values=form.values(),
        speakers=form.speaker_rows(),
    )


PROPOSAL = Draft(writing_form, save_form, gaps, actions)


class NoteForm(forms.Form):
    note = BlockField(
        label=_("Why"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3, "dir": "auto"}),
        error_messages={"required": _("Please give a reason.")},
    )
