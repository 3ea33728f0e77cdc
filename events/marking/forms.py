"""The rules of the marking, and the marks of one reviewer."""

import re
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.local_times import WallClockField, at_zone, wall_clock
from core.text import clean_line
from events.marking.actions import CriterionLine
from events.marking.models import HIGHEST, LONGEST_NAME, LOWEST, MOST_WEIGHT, MarkSheet
from events.proposals.models import ProposalRound
from stakeholders.entries.forms import BlockField

MOST_CRITERIA = 10
LINE = re.compile(r"(?P<name>.+?)\s*[:：]\s*(?P<weight>\d+)")


class CriteriaField(BlockField):
    """Criteria as text, one a line, with its weight after a colon; gives a list of CriterionLine."""

    def clean(self, value: Any) -> Any:
        lines = [line for line in map(clean_line, super().clean(value).splitlines()) if line]
        if len(lines) > MOST_CRITERIA:
            raise ValidationError(_("Enter at most %(number)s criteria.") % {"number": MOST_CRITERIA})
        criteria = [self._line(line) for line in lines]
        names = [line.name.casefold() for line in criteria]
        if twice := next((line.name for line in criteria if names.count(line.name.casefold()) > 1), ""):
            raise ValidationError(_("“%(name)s” is listed twice.") % {"name": twice})
        return criteria

    def _line(self, line: str) -> CriterionLine:
        parts = LINE.fullmatch(line)
        if parts is None or not 1 <= int(parts["weight"][:3]) <= MOST_WEIGHT:
            raise ValidationError(
                _("“%(line)s” needs a weight from 1 to %(most)s after a colon, such as “Relevance: 3”.")
                % {"line": line, "most": MOST_WEIGHT}
            )
        if len(parts["name"]) > LONGEST_NAME:
            raise ValidationError(_("“%(line)s” is too long.") % {"line": line})
        return CriterionLine(parts["name"], int(parts["weight"]))


class MarkingForm(forms.Form):
    """Day and time are those of the clock of the round."""

    use_required_attribute = False

    criteria = CriteriaField(
        label=gettext_lazy("Criteria"),
        required=False,
        max_length=2000,
        help_text=gettext_lazy(
            "One on each line, with its weight from 1 to 10 after a colon, such as “Relevance: 3”."
        ),
        widget=forms.Textarea(attrs={"rows": 5, "dir": "auto"}),
    )
    marks_from = WallClockField(label=gettext_lazy("Marks are given from"), required=False)
    marks_until = WallClockField(
        ends=True,
        label=gettext_lazy("Marks are given until"),
        required=False,
        help_text=gettext_lazy("By the clock of the round. Without both days no marks are given."),
    )
    is_anonymous = forms.BooleanField(
        label=gettext_lazy("Hide the organizers from reviewers until then"),
        required=False,
        help_text=gettext_lazy(
            "Reviewers see only the answers, and proposers are asked not to name themselves. The head of "
            "the desk sees the organizers and gives no marks. The checklist follows when the marks are in."
        ),
    )

    def __init__(self, *args: Any, rules: ProposalRound, **kwargs: Any) -> None:
        self.zone = rules.zone
        kwargs["initial"] = {
            "criteria": "\n".join(f"{row.name}: {row.weight}" for row in rules.criteria.all()),
            "marks_from": wall_clock(rules.marks_from, rules.zone),
            "marks_until": wall_clock(rules.marks_until, rules.zone),
            "is_anonymous": rules.is_anonymous,
        }
        super().__init__(*args, **kwargs)

    def clean_marks_from(self) -> Any:
        return self._instant("marks_from")

    def clean_marks_until(self) -> Any:
        return self._instant("marks_until")

    def _instant(self, name: str) -> Any:
        value = self.cleaned_data[name]
        return at_zone(value, self.zone) if value else None


class MarksForm(forms.Form):
    """A mark from 1 to 5 for each criterion; fields are named by the criterion's id."""

    use_required_attribute = False

    def __init__(self, *args: Any, rules: ProposalRound, own: MarkSheet | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        given = {mark.criterion_id: mark.points for mark in own.marks.all()} if own else {}
        scale = [(points, str(points)) for points in range(LOWEST, HIGHEST + 1)]
        for row in rules.criteria.all():
            self.fields[str(row.pk)] = forms.TypedChoiceField(
                label=row.name,
                choices=scale,
                coerce=int,
                initial=given.get(row.pk),
                widget=forms.RadioSelect,
                help_text=_("Weight %(weight)s") % {"weight": row.weight},
                error_messages={"required": _("Choose a mark from 1 to 5.")},
            )

    def points(self) -> dict[int, int]:
        return {int(name): points for name, points in self.cleaned_data.items()}
