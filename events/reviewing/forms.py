"""What the desk fills in while it reviews one proposal, and how it filters what waits."""

from datetime import timedelta
from typing import Any

import django_filters
from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils.functional import Promise
from django.utils.timezone import now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from core.local_times import WallClockField, at_zone, wall_clock
from core.text import clean_line
from events.proposals.enums import PROPOSAL_MOVES, DeclineReason, Held
from events.proposals.forms import NoteForm
from events.proposals.models import Proposal
from events.proposals.queries import ASKABLE, label_of
from events.proposals.queries_reviewers import reviewers
from events.reviewing.queries import checklist
from stakeholders.entries.forms import BlockField, LineField
from taxonomy.places.models import Region
from taxonomy.terms.models import Topic
from workflow.items.filters import HolderFilter
from workflow.items.forms import RequestsForm
from workflow.items.models import WorkItem

ANY = pgettext_lazy("any of a list", "Any")


class WaitingFilter(django_filters.FilterSet):
    """What waits, by theme, region of the lead, and who holds it."""

    theme = django_filters.ChoiceFilter(label=_("Theme"), method="of_theme", empty_label=ANY)
    region = django_filters.ChoiceFilter(label=_("Region of the lead"), method="of_region", empty_label=ANY)
    holder = HolderFilter()

    class Meta:
        model = WorkItem
        fields: list[str] = []

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        proposals = Proposal.objects.filter(pk__in=self.queryset.values("subject_id")).order_by()
        themes = Topic.objects.filter(pk__in=proposals.values("theme_id")).in_order()
        regions = Region.objects.filter(pk__in=proposals.values("lead__country__region_id")).in_order()
        self.filters["theme"].extra["choices"] = [(theme.pk, theme.name) for theme in themes]
        self.filters["region"].extra["choices"] = [(region.pk, region.name) for region in regions]

    def _of(self, items: QuerySet[WorkItem], **fields: Any) -> QuerySet[WorkItem]:
        return items.filter(subject_id__in=Proposal.objects.filter(**fields).values("pk"))

    def of_theme(self, items: QuerySet[WorkItem], _name: str, code: str) -> QuerySet[WorkItem]:
        return self._of(items, theme=code)

    def of_region(self, items: QuerySet[WorkItem], _name: str, code: str) -> QuerySet[WorkItem]:
        return self._of(items, lead__country__region=code)


class PanelForm(forms.Form):
    """A form of the desk about one proposal: `title` opens it, `button` sends it.

    `lead` says above the fields what follows; `style` is that of the button. Without a title it has the words
    and the style of the move that it is named after.
    """

    title: str | Promise = ""
    button: str | Promise = ""
    lead: str | Promise = ""
    style = "primary"

    def __init__(self, *args: Any, proposal: Proposal, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.proposal, self.user = proposal, user
        move = PROPOSAL_MOVES.get(self.prefix or "")
        if move and not self.title:
            self.title = self.button = move.label
            self.style = "danger" if move.style == "danger" else self.style


class AssignForm(PanelForm):
    reviewer = forms.ChoiceField(
        label=_("Who reviews it"), error_messages={"required": _("Choose a person.")}
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        people: Any = self.fields["reviewer"]
        people.choices = [
            ("", _("Choose a person")),
            *((str(person.pk), person.name) for person in reviewers()),
        ]


class ChecklistForm(PanelForm):
    """An answer and a comment for every question in use."""

    use_required_attribute = False

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.rows = [row for row in checklist(self.user, self.proposal) if not row.question.retired]
        for row in self.rows:
            code, answer = row.question.pk, row.answer
            self.fields[code] = forms.ChoiceField(
                label=row.question.name,
                help_text=row.question.text,
                required=False,
                choices=[("", pgettext_lazy("question of eligibility", "Not looked at")), *Held.choices],
                initial=answer.held if answer else "",
                widget=forms.RadioSelect,
            )
            self.fields[f"{code}-comment"] = LineField(
                label=_("Comment for the desk"),
                required=False,
                max_length=1000,
                initial=answer.comment if answer else "",
                widget=forms.TextInput(attrs={"dir": "auto", "autocomplete": "off"}),
            )
            for name in (code, f"{code}-comment"):
                self.fields[name].one_of = True  # type: ignore[attr-defined]

    def pairs(self) -> list[tuple[forms.BoundField, forms.BoundField, Any]]:
        return [(self[row.question.pk], self[f"{row.question.pk}-comment"], row.answer) for row in self.rows]

    def answers(self) -> dict[str, tuple[str, str]]:
        cleaned = self.cleaned_data
        return {
            row.question.pk: (cleaned[row.question.pk], clean_line(cleaned[f"{row.question.pk}-comment"]))
            for row in self.rows
        }


class CommentForm(PanelForm):
    text = BlockField(
        label=_("Comment for the desk"),
        max_length=4000,
        help_text=_("Those who proposed never read it."),
        widget=forms.Textarea(attrs={"rows": 3, "dir": "auto"}),
        error_messages={"required": _("Write something first.")},
    )


class AskForm(PanelForm, RequestsForm):
    template_name = "events/reviewing/ask_form.html"
    use_required_attribute = False
    title = _("Return for changes")
    button = _("Ask the organizer")
    text_missing = _("Describe what you need.")
    none_chosen = _("Choose at least one field, and describe what the organizer should change.")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.zone = self.proposal.rules.zone
        for name in ASKABLE:
            label = label_of(name)
            text = BlockField(
                label=_("What the organizer should do about “%(field)s”") % {"field": label},
                required=False,
                max_length=2000,
                widget=forms.Textarea(attrs={"rows": 2, "dir": "auto"}),
            )
            self.add_request(name, label, text)
        due = now() + timedelta(days=settings.EVENTS_COMPLETE_DAYS)
        self.fields["until"] = WallClockField(
            ends=True,
            label=_("To be completed by"),
            initial=wall_clock(due.replace(minute=0, second=0, microsecond=0), self.zone),
            help_text=_("By the clock of the round, whatever its closing."),
            error_messages={"required": _("Enter the due date.")},
        )
        self.fields["note"] = BlockField(
            label=_("Note to the organizer"),
            required=False,
            max_length=2000,
            widget=forms.Textarea(attrs={"rows": 3, "dir": "auto"}),
        )

    def clean_until(self) -> Any:
        until = at_zone(self.cleaned_data["until"], self.zone)
        if until <= now():
            raise ValidationError(_("Choose a time in the future."), code="past")
        return until


class NotedForm(PanelForm):
    """A decision with a note for the organizer, which may be blank."""

    note = BlockField(
        label=_("Note to the organizer"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3, "dir": "auto"}),
    )


class AcceptForm(NotedForm):
    title = _("Propose acceptance")
    button = _("Save draft acceptance")
    lead = _(
        "The decision is confidential until all drafted decisions are released; the number is given then."
    )
    style = "success"


class DeclineForm(PanelForm):
    use_required_attribute = False
    title = _("Propose to decline")
    button = _("Save draft")
    lead = _("The decision is confidential until all drafted decisions are released.")
    style = "danger"
    reason = forms.ChoiceField(
        label=_("Reason"),
        choices=DeclineReason,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose the reason.")},
    )
    note = BlockField(
        label=_("Note to the organizer"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3, "dir": "auto"}),
        error_messages={"required": _("Explain the decision to the organizer.")},
    )


class MergeForm(PanelForm):
    use_required_attribute = False
    title = _("Suggest a merger")
    button = _("Suggest it to both leads")
    lead = _(
        "Both leads get an e-mail with your message, read both proposals, and have to agree. "
        "Both histories are kept."
    )
    style = "outline-primary"
    into = forms.ChoiceField(
        label=_("Proposal that stays"), error_messages={"required": _("Choose the other proposal.")}
    )
    note = BlockField(
        label=_("Why, for both leads"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3, "dir": "auto"}),
        error_messages={"required": _("Tell both leads why.")},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        others = (
            Proposal.objects.visible_to(self.user)
            .filter(event=self.proposal.event_id, status__in=PROPOSAL_MOVES["merge"].sources)
            .exclude(pk=self.proposal.pk)
            .select_related("lead")
            .order_by("title", "pk")
        )
        into: Any = self.fields["into"]
        into.choices = [
            ("", _("Choose a proposal")),
            *((str(other.pk), f"{other} · {other.lead.name}") for other in others),
        ]


class CancelForm(PanelForm, NoteForm):
    """The reason for which a meeting is cancelled."""
