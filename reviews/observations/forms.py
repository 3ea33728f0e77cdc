"""The desk's forms of observations: one, its parts, the contributions that it comes from."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Q
from django.utils.timezone import localdate
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from core.forms import PickMany, PickOne
from reviews.contributions.models import Contribution
from reviews.mechanism.forms import LineField, TextField
from reviews.observations.enums import ObservationKind
from reviews.observations.models import LONGEST, Observation
from reviews.observations.queries import article_called, linkable
from stakeholders.entries.forms_rows import RowForm, RowsField
from taxonomy.law.models import Article
from taxonomy.places.models import Country
from taxonomy.terms.models import Language, Topic


def articles_offered() -> list[tuple[str, Any]]:
    """By instrument, as they are numbered there, each with its number."""
    groups: dict[str, list[tuple[str, str]]] = {}
    for article in Article.objects.all().offered().in_order().select_related("instrument"):
        groups.setdefault(article.instrument.name, []).append(
            (article.pk, article_called(article, short=True))
        )
    return [("", _("Choose an article")), *groups.items()]


class ArticleField(forms.ChoiceField):
    """The row of an article."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("error_messages", {"required": _("Please choose the article.")})
        super().__init__(label=_("Article"), choices=articles_offered, widget=PickOne, **kwargs)

    def clean(self, value: Any) -> Any:
        code = super().clean(value)
        return Article.objects.select_related("instrument").get(pk=code) if code else None


class ObservationForm(forms.Form):
    """One gap, good practice, suggestion or need, with the public document that tells of it."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    country = forms.ModelChoiceField(
        Country.objects.none(),
        label=_("State"),
        empty_label=_("Choose a State"),
        error_messages={"required": _("Choose a State from the list.")},
        widget=PickOne,
    )
    kind = forms.ChoiceField(
        label=_("Kind of observation"),
        choices=ObservationKind,
        widget=forms.RadioSelect,
        help_text=_("If the document mixes several, record it as printed and split it afterwards."),
        error_messages={"required": _("Choose what kind of observation it is.")},
    )
    article = ArticleField()
    text = TextField(
        label=_("Observation"),
        rows=6,
        max_length=LONGEST,
        help_text=_("In the words of the document. Nothing is added, and States are not compared."),
        error_messages={"required": _("Describe what the document observes.")},
    )
    language = forms.ModelChoiceField(
        Language.objects.none(),
        label=_("Language of the text"),
        empty_label=_("Choose a language"),
        error_messages={"required": _("Please choose the language.")},
        widget=PickOne,
    )
    topics = forms.ModelMultipleChoiceField(
        Topic.objects.none(), label=_("Topics"), required=False, widget=PickMany()
    )
    source = LineField(
        label=_("Source of the observation"),
        max_length=300,
        help_text=_("The document that contains it, with its symbol where it has one."),
        error_messages={"required": _("Nothing is recorded without a source.")},
    )
    source_url = forms.URLField(
        label=_("Link to the source"),
        required=False,
        assume_scheme="https",
        max_length=500,
        widget=forms.URLInput(attrs={"dir": "ltr"}),
    )
    source_date = forms.DateField(
        label=_("Date of the source"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"required": _("Give the day of the document.")},
    )

    def __init__(self, *args: Any, observation: Observation | None = None, **kwargs: Any) -> None:
        if observation is not None:
            kwargs.setdefault("initial", initial_of(observation))
        super().__init__(*args, **kwargs)
        for name, model in (("country", Country), ("language", Language), ("topics", Topic)):
            rows: Any = model._default_manager.all()
            self.fields[name].queryset = rows.offered().in_order()  # type: ignore[attr-defined]
        country: Any = self.fields["country"]
        its_own = Q(pk=observation.country_id) if observation else Q()
        country.queryset = country.queryset.filter(Q(pk__in=Country.objects.states().values("pk")) | its_own)

    def clean_source_date(self) -> Any:
        day = self.cleaned_data["source_date"]
        if day > localdate():
            raise ValidationError(_("The date of a source cannot be in the future."))
        return day

    def values(self) -> dict[str, Any]:
        """Return the columns and topics that the act takes."""
        return {name: value for name, value in self.cleaned_data.items() if name != "version"}


def initial_of(observation: Observation) -> dict[str, Any]:
    plain = ("version", "kind", "text", "source", "source_url", "source_date")
    return {
        **{name: getattr(observation, name) for name in plain},
        "country": observation.country_id,
        "article": observation.article_id,
        "language": observation.language_id,
        "topics": [topic.pk for topic in observation.topics.all()],
    }


class PartRow(RowForm):
    row_title = _("Part %(number)d")
    typed = ("text",)
    kind = forms.ChoiceField(label=_("Kind of observation"), choices=ObservationKind)
    article = ArticleField()
    text = TextField(
        label=_("Observation"),
        rows=4,
        max_length=LONGEST,
        error_messages={"required": _("Describe what the document observes.")},
    )


class SplitForm(forms.Form):
    """A mixed observation as several, each with its kind, article and text."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    parts = RowsField(PartRow, label=_("Parts"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # A row is optional, the rows together are not.
        self.fields["parts"].one_of = True  # type: ignore[attr-defined]

    def clean_parts(self) -> list[dict[str, Any]]:
        parts: list[dict[str, Any]] = self.cleaned_data["parts"]
        if len(parts) < 2:
            raise ValidationError(_("Write at least two parts."))
        return parts


class LinkForm(forms.Form):
    """Which contributions had said it. On offer: what was sent about the country, and what is linked now."""

    contributions = forms.MultipleChoiceField(
        label=_("Contributions"),
        required=False,
        widget=PickMany(),
        help_text=_(
            "Everybody sees the published ones among them, without the name where the "
            "author wishes so. The desk sees all."
        ),
    )

    def __init__(self, *args: Any, user: Any, observation: Observation, **kwargs: Any) -> None:
        linked = [str(contribution.pk) for contribution in observation.contributions.all()]
        kwargs.setdefault("initial", {"contributions": linked})
        super().__init__(*args, **kwargs)
        self.rows = {str(contribution.pk): contribution for contribution in linkable(user, observation)}
        field: Any = self.fields["contributions"]
        field.choices = [(pk, _name_for_desk(contribution)) for pk, contribution in self.rows.items()]

    @property
    def is_empty(self) -> bool:
        return not self.rows

    def chosen_contributions(self) -> Iterable[Contribution]:
        return [self.rows[pk] for pk in self.cleaned_data["contributions"]]


def _name_for_desk(contribution: Any) -> str:
    """Return the contribution's label for the desk, which knows every name."""
    facts = {
        "stakeholder": contribution.stakeholder.name,
        "call": contribution.call.title,
        "status": contribution.get_status_display(),
    }
    return _now("%(stakeholder)s, “%(call)s”: %(status)s") % facts
