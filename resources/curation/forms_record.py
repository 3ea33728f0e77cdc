"""A record, as the desk or a suggester describes it."""

from collections.abc import Collection, Mapping
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.timezone import now
from django.utils.translation import gettext_lazy as _

from accounts.people.forms import zone_field
from core.forms import PickMany, PickOne, offer_found, renew_version
from core.local_times import WallClockField, at_zone, wall_clock
from core.text import clean_line
from resources.curation.queries import Difference, readable_differences
from resources.records.enums import Audience, Licence, ResourceKind
from resources.records.identifiers import doi, isbn, partial_date, partial_date_text, symbol
from resources.records.models import LONG, Resource
from resources.records.queries import EDITION, LISTS, OF_EDITION, differences, facts_of
from stakeholders.entries.forms import (
    BlockField,
    LineField,
    WebAddressField,
    articles_by_instrument,
    choices_with_blank,
)
from stakeholders.entries.forms_rows import RowForm, RowsField
from taxonomy.law.models import Cluster, Instrument
from taxonomy.places.models import Country, Region
from taxonomy.terms.models import Language, Topic
from workflow.windows.models import VIENNA

MOST_AUTHORS = 50


def _line(label: Any, most: int, **kwargs: Any) -> LineField:
    kwargs.setdefault("required", False)
    widget = forms.TextInput(attrs={"dir": "auto", "autocomplete": "off"})
    return LineField(label=label, max_length=most, widget=widget, **kwargs)


def _block(label: Any, most: int, rows: int, **kwargs: Any) -> BlockField:
    widget = forms.Textarea(attrs={"rows": rows, "dir": "auto"})
    return BlockField(label=label, required=False, max_length=most, widget=widget, **kwargs)


def _link(label: Any, **kwargs: Any) -> WebAddressField:
    return WebAddressField(
        label=label,
        required=False,
        error_messages={"invalid": _("Please give a full address, such as https://example.org.")},
        widget=forms.URLInput(attrs={"dir": "ltr", "autocomplete": "off"}),
        **kwargs,
    )


class EditionRow(RowForm):
    row_title = _("Edition %(number)d")
    typed = ("text_title", "abstract", "link", "short_form", "full_form")
    language = forms.ChoiceField(
        label=_("Language"),
        error_messages={"required": _("Choose the language of this edition.")},
        widget=PickOne,
    )
    text_title = _line(
        _("Title"), 300, required=True, error_messages={"required": _("Give the title in this language.")}
    )
    abstract = _block(_("Abstract"), 10_000, 4)
    link = _link(_("Address of this edition"))
    translated_by = _line(_("Unofficial translation by"), 200)
    short_form = _block(_("The practice in short"), 2000, 3)
    full_form = _block(_("The practice in full"), LONG, 3)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["language"].choices = choices_with_blank(Language, _("Choose a language"))  # type: ignore[attr-defined]


# (heading, fields); those of FOLDED are closed while nothing is said in them.
SECTIONS: tuple[tuple[Any, tuple[str, ...]], ...] = (
    (_("What it is"), ("kind", "language", "title", "abstract", "link")),
    (_("Good practices and translations"), ("short_form", "full_form", "translated_by")),
    (
        _("Where it comes from"),
        ("authors", "publisher", "published_on", "symbol", "doi", "isbn", "licence", "licence_note"),
    ),
    (_("What it is about"), ("topics", "countries", "regions")),
    (_("Instruments and articles"), ("instruments", "articles", "clusters")),
    (_("In other languages"), ("editions",)),
    (_("Who reads it, and from when"), ("audience", "embargo", "embargo_zone")),
    (_("Where the description was taken from"), ("source", "source_url", "source_date")),
    (_("Anything else"), ("note",)),
)
FOLDED = {"short_form", "symbol", "articles", "source"}
OF_THE_DESK = ("embargo", "embargo_zone", "source", "source_url", "source_date")
NEEDED = ("kind", "language", "title", "abstract", "topics", "audience")
ORIGINAL = ("title", "abstract", "short_form", "full_form", "link", "translated_by")


class RecordForm(forms.Form):
    """All fields, or `only` some; for a suggester without the desk's own.

    Of what is on hold only those with `questions`. A draft is kept with blanks, and what is missing is told
    when it is sent.
    """

    use_required_attribute = False

    version = forms.IntegerField(widget=forms.HiddenInput)
    kind = forms.ChoiceField(
        label=_("Kind of resource"), required=False, choices=ResourceKind, widget=forms.RadioSelect
    )
    language = forms.ChoiceField(label=_("Language of the original"), required=False, widget=PickOne)
    title = _line(_("Title"), 300, help_text=_("As printed on the title page, in that language."))
    abstract = _block(_("Abstract"), 10_000, 6, help_text=_("What it is, for whom, and what it is good for."))
    short_form = _block(
        _("The practice in short"),
        2000,
        4,
        help_text=_("For good practices: what was done, by whom, and with what result."),
    )
    full_form = _block(
        _("The practice in full"),
        LONG,
        8,
        help_text=_("For good practices: needs, steps, costs, results, what others should mind."),
    )
    link = _link(_("Address"), help_text=_("Where it can be read or downloaded."))
    translated_by = _line(
        _("Unofficial translation by"),
        200,
        help_text=_("Empty for what the publisher itself issued in this language."),
    )
    authors = _block(_("Authors"), 10_000, 3, help_text=_("One per line, as printed on the title page."))
    publisher = _line(_("Publisher"), 250)
    published_on = _line(
        _("Date of publication"), 10, help_text=_("As much as is known: 2024, 2024-05 or 2024-05-17.")
    )
    symbol = _line(_("Document symbol"), 80, help_text=_("Of United Nations documents: CTOC/COP/2020/10."))
    doi = _line(_("DOI"), 220, help_text=_("As in 10.18356/9789210056250."))
    isbn = _line(_("ISBN"), 30)
    licence = forms.ChoiceField(
        label=_("Licence"), required=False, choices=[("", _("Not known")), *Licence.choices]
    )
    licence_note = _line(_("Licence in words"), 300, help_text=_("What the list above does not include."))
    topics = forms.MultipleChoiceField(
        label=_("Topics and crime types"),
        required=False,
        choices=Topic.objects.for_choices,
        widget=PickMany(),
    )
    instruments = forms.MultipleChoiceField(
        label=_("Instruments"), required=False, widget=forms.CheckboxSelectMultiple
    )
    articles = forms.MultipleChoiceField(
        label=_("Articles"), required=False, choices=articles_by_instrument, widget=PickMany()
    )
    clusters = forms.MultipleChoiceField(
        label=_("Clusters of articles"), required=False, widget=forms.CheckboxSelectMultiple
    )
    countries = forms.MultipleChoiceField(
        label=_("Countries it is about"),
        required=False,
        choices=Country.objects.for_choices,
        widget=PickMany(),
    )
    regions = forms.MultipleChoiceField(
        label=_("Regions it is about"), required=False, choices=Region.objects.for_choices, widget=PickMany()
    )
    editions = RowsField(
        EditionRow,
        folded=_("Add an edition"),
        label=_("Editions in other languages"),
        help_text=_(
            "The same resource in another language. Readers are shown the edition in theirs "
            "where there is one."
        ),
    )
    audience = forms.ChoiceField(
        label=_("Who may read it"),
        required=False,
        choices=Audience,
        widget=forms.RadioSelect,
        help_text=_("Choose the widest audience that the content allows."),
        error_messages={"required": _("Please choose who may read it.")},
    )
    embargo = WallClockField(
        label=_("Embargo until"),
        required=False,
        help_text=_("Until then only the desk and its contributor see it."),
        error_messages={"invalid": _("Give a day and a time, such as 2027-05-03 09:30.")},
    )
    embargo_zone = zone_field(required=False)
    source = _line(_("Source of the description"), 300)
    source_url = _link(_("Address of the source"))
    source_date = forms.DateField(
        label=_("Date of the source"),
        required=False,
        input_formats=["%Y-%m-%d"],
        error_messages={"invalid": _("Give a day, such as 2027-05-03.")},
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    note = _block(_("Message to the WhatsOn team"), 2000, 3, help_text=_("Only the WhatsOn team reads it."))

    def __init__(
        self,
        *args: Any,
        resource: Resource | None = None,
        desk: bool = False,
        only: Collection[str] = (),
        questions: Mapping[str, str] | None = None,
        **kwargs: Any,
    ) -> None:
        self.resource, self.questions = resource, questions
        self.other: list[Difference] = []
        self.before = facts_of(resource) if resource else {}
        initial = kwargs.pop("initial", None) or {}
        kwargs["initial"] = {"version": 0, "embargo_zone": VIENNA, **initial, **self._initial(resource)}
        super().__init__(*args, **kwargs)
        names: Any = self.fields
        names["language"].choices = Language.objects.for_choices()
        names["instruments"].choices = [
            (instrument.pk, instrument.name) for instrument in Instrument.objects.in_order()
        ]
        names["clusters"].choices = [(cluster.pk, str(cluster)) for cluster in Cluster.objects.in_order()]
        names["embargo_zone"].help_text = _(
            "The embargo ends in this time zone. Readers in another time zone also see their own."
        )
        names["embargo_zone"].label = _("Time zone of the embargo")
        if desk:
            del self.fields["note"]
        else:
            for name in OF_THE_DESK:
                del self.fields[name]
            names["audience"].choices = [pair for pair in Audience.choices if pair[0] != Audience.DESK]
        for name in NEEDED:
            # A draft does without; what is sent does not.
            names[name].one_of = True
        if only or questions is not None:
            field_names = only or (*(questions or ()), "note")
            for name in [*self.fields]:
                if name not in field_names and name != "version":
                    del self.fields[name]
            for name, question in (questions or {}).items():
                if name in self.fields:
                    help_text = _("Question: %(question)s")
                    names[name].help_text = help_text % {"question": question}

    def _initial(self, resource: Resource | None) -> dict[str, Any]:
        if resource is None:
            return {}
        initial: dict[str, Any] = {
            name: value for name, value in self.before.items() if not name.startswith(EDITION)
        }
        initial["authors"] = "\n".join(initial["authors"])
        own = self.before.get(f"{EDITION}{resource.language_id}", {})
        initial |= {name: own.get(name, "") for name in ORIGINAL}
        initial["editions"] = [
            {
                "language": code,
                "text_title": parts.get("title", ""),
                **{name: parts.get(name, "") for name in OF_EDITION if name != "title"},
            }
            for code, parts in self._others(str(resource.language_id))
        ]
        initial["embargo"] = wall_clock(resource.embargo_until, resource.embargo_zone)
        initial |= {"note": resource.note, "version": resource.version, "source_date": resource.source_date}
        return initial

    def _others(self, own: str) -> list[tuple[str, dict[str, str]]]:
        editions = {
            name.removeprefix(EDITION): parts
            for name, parts in self.before.items()
            if name.startswith(EDITION)
        }
        return [(code, parts) for code, parts in editions.items() if code != own]

    # --- What is said -------------------------------------------------------------------------------------
    def clean_authors(self) -> str:
        names = [clean_line(line) for line in self.cleaned_data["authors"].splitlines()]
        names = [name for name in names if name]
        if len(names) > MOST_AUTHORS:
            raise ValidationError(_("Name the first fifty."))
        if any(len(name) > 200 for name in names):
            raise ValidationError(_("Put each author on a line of its own."))
        return "\n".join(names)

    def clean_published_on(self) -> str:
        day, precision = partial_date(self.cleaned_data["published_on"])
        if day is not None and day.year > now().year + 2:
            raise ValidationError(_("This is more than two years ahead."))
        return partial_date_text(day, precision)

    def clean_symbol(self) -> str:
        return symbol(self.cleaned_data["symbol"])

    def clean_doi(self) -> str:
        return doi(self.cleaned_data["doi"])

    def clean_isbn(self) -> str:
        return isbn(self.cleaned_data["isbn"])

    def clean(self) -> dict[str, Any]:
        clean = super().clean() or self.cleaned_data
        rows = clean.get("editions") or []
        codes = [row["language"] for row in rows]
        own = clean.get("language") or (self.resource.language_id if self.resource else "")
        if len(codes) != len(set(codes)) or own in codes:
            self.add_error("editions", _("Each language appears once; the original's is further up."))
        if clean.get("embargo"):
            self._embargo(clean)
        return clean

    def _embargo(self, clean: dict[str, Any]) -> None:
        try:
            clean["embargo"] = at_zone(clean["embargo"], clean.get("embargo_zone") or VIENNA)
        except ValidationError as left_out:
            self.add_error("embargo", left_out)

    def facts(self) -> dict[str, Any]:
        """Return the values, keyed as in `queries.facts_of`. A field with an error keeps its old value."""
        clean = self.cleaned_data
        same = (
            "kind",
            "publisher",
            "symbol",
            "doi",
            "isbn",
            "licence",
            "licence_note",
            "published_on",
            "source",
            "source_url",
            "embargo_zone",
        )
        facts: dict[str, Any] = {name: clean[name] for name in same if name in clean}
        facts |= {name: sorted(clean[name]) for name in LISTS if name in clean}
        if clean.get("audience"):
            facts["audience"] = clean["audience"]
        if clean.get("language"):
            facts["language"] = clean["language"]
        if "authors" in clean:
            facts["authors"] = clean["authors"].splitlines()
        for name, column in (("embargo", "embargo_until"), ("source_date", "source_date")):
            if name in clean:
                facts[column] = clean[name].isoformat() if clean[name] else ""
        return {**facts, **self._editions(clean)}

    def _editions(self, clean: Mapping[str, Any]) -> dict[str, Any]:
        was = self.resource.language_id if self.resource else ""
        own = clean.get("language") or was or "en"
        stored_texts = self.before.get(f"{EDITION}{own}") or self.before.get(f"{EDITION}{was}") or {}
        parts = {name: clean.get(name, stored_texts.get(name, "")) for name in ORIGINAL}
        editions: dict[str, Any] = {f"{EDITION}{own}": {name: text for name, text in parts.items() if text}}
        if self.resource and self.resource.is_draft and f"{EDITION}{was}" in self.before:
            editions[f"{EDITION}{own}"] |= {"title": parts["title"]}  # stays without, as its file does
        if own != was and was and f"{EDITION}{was}" in self.before:
            editions[f"{EDITION}{was}"] = {}
        if "editions" in clean:
            for code, _parts in self._others(own):
                editions.setdefault(f"{EDITION}{code}", {})
            for row in clean["editions"]:
                texts = {**row, "title": row["text_title"]}
                editions[f"{EDITION}{row['language']}"] = {
                    name: texts[name] for name in OF_EDITION if texts.get(name)
                }
        return editions

    # --- How it is shown ----------------------------------------------------------------------------------
    @property
    def has_rows(self) -> bool:
        return "editions" in self.fields

    def sections(self) -> list[tuple[Any, list[Any], bool]]:
        """Return (heading, its fields, whether they are folded) for each section that has fields."""
        sections = []
        for title, names in SECTIONS:
            fields = [self[name] for name in names if name in self.fields]
            is_filled = self.questions is not None or any(field.value() or field.errors for field in fields)
            if fields:
                sections.append((title, fields, bool(FOLDED & {*names}) and not is_filled))
        return sections

    def take_note_of(self, stored: Resource) -> None:
        """Note what another window saved first. The typed values stay, and the next saving replaces its."""
        self.other = readable_differences(differences(self.facts(), facts_of(stored)))
        renew_version(self, stored.version)


class WordsForm(forms.Form):
    """Words by which a record is looked for; an address, not an act."""

    q = _line(_("Title, symbol or number"), 200)


class ChoiceOfRecord(forms.Form):
    """One of the records that were found, and how it stands to this one."""

    record = forms.ChoiceField(
        label=_("Which one?"),
        widget=forms.RadioSelect,
        error_messages={
            "required": _("Choose a resource from the list."),
            "invalid_choice": _("Choose a resource from the list."),
        },
    )

    def __init__(self, *args: Any, records: Collection[Resource], kinds: Any = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer_found(
            self.fields["record"],
            ((str(resource.pk), f"{resource.title} ({resource.pk})") for resource in records),
        )
        if kinds:
            self.fields["kind"] = forms.ChoiceField(label=_("Its relation to that resource"), choices=kinds)
