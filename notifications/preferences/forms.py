"""What people choose about the mail they get."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.dates import WEEKDAYS
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.people.models import User
from notifications.hooks import Channel, Kind
from notifications.outbox.models import Habits
from notifications.preferences.queries import Choice, Preset, choices_in, choices_of, offered_to, preset_of

# An overview comes at the hour of its own or not at all.
WHETHER = [(Channel.AT_ONCE, pgettext_lazy("mail", "At its hour")), (Channel.OFF, Channel.OFF.label)]


class PreferencesForm(forms.Form):
    """One choice for all kinds, and for every kind how it comes by mail, and whether it is in the inbox.

    `groups()` are the kinds with their two fields, `choices()` is what an action takes. `by_link` leaves out
    what would tell a stranger with a forwarded mail what the person does here, and the choice for all kinds.
    """

    def __init__(self, *args: Any, user: User, by_link: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.kinds = offered_to(None if by_link else user)
        now = choices_of(user)
        self.preset = preset_of(now)
        if not by_link:
            self.fields["preset"] = forms.ChoiceField(
                label=_("What do you want to get by e-mail?"),
                choices=[(preset.value, _explained(preset)) for preset in Preset],
                widget=forms.RadioSelect,
                initial=self.preset.value,
            )
        for kind in self.kinds:
            mail = now[kind.name].mail
            if kind.gathers:
                mail = Channel.OFF if mail == Channel.OFF else Channel.AT_ONCE
            self.fields[f"mail:{kind.name}"] = forms.ChoiceField(
                label=str(kind.label), choices=WHETHER if kind.gathers else Channel, initial=mail
            )
            if not kind.gathers:
                self.fields[f"inbox:{kind.name}"] = forms.BooleanField(
                    label=_("In the inbox"), required=False, initial=now[kind.name].in_app
                )

    def groups(self) -> list[tuple[str, list[tuple[Kind, Any, Any]]]]:
        """Return (group, [(kind, field by mail, field in the inbox)]) in the active language."""
        kinds_by_group: dict[str, list[tuple[Kind, Any, Any]]] = {}
        for kind in self.kinds:
            inbox = None if kind.gathers else self[f"inbox:{kind.name}"]
            row = (kind, self[f"mail:{kind.name}"], inbox)
            kinds_by_group.setdefault(str(kind.group), []).append(row)
        return list(kinds_by_group.items())

    @property
    def wrong_details(self) -> set[str]:
        return set(self.errors) - {"preset"}

    @property
    def shows_details(self) -> bool:
        return self["preset"].value() == Preset.OWN or bool(self.errors)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if self._takes_preset(cleaned):
            for name in self.wrong_details:
                del self.errors[name]
        elif cleaned.get("preset") == Preset.OWN != self.preset and self.changed_data == ["preset"]:
            self.add_error(
                "preset", _("Choose below how at least one type reaches you, or choose another answer here.")
            )
        return cleaned

    def choices(self) -> Mapping[str, Choice]:
        cleaned = self.cleaned_data
        if self._takes_preset(cleaned):
            return choices_in(Preset(cleaned["preset"]))
        return {
            kind.name: Choice(cleaned[f"mail:{kind.name}"], cleaned.get(f"inbox:{kind.name}", True))
            for kind in self.kinds
        }

    def _takes_preset(self, cleaned: Mapping[str, Any]) -> bool:
        """Return whether the choice for all kinds counts. If it held before, the details count."""
        return cleaned.get("preset", Preset.OWN) not in (Preset.OWN, self.preset)


def _explained(preset: Preset) -> SafeString:
    return format_html('<span>{}<br><span class="quiet">{}</span></span>', preset.label, preset.explanation)


class HabitsForm(forms.ModelForm):
    """When digests leave, and when the person wants no mail."""

    digest_hour = forms.TypedChoiceField(
        label=_("Hour of the overview"),
        coerce=int,
        choices=[(hour, f"{hour:02}:00") for hour in range(24)],
        help_text=_("By the clock of your time zone, which you choose in your settings."),
    )
    weekly_day = forms.TypedChoiceField(
        label=_("Day of the weekly overview"), coerce=int, choices=list(WEEKDAYS.items())
    )

    class Meta:
        model = Habits
        fields = ("digest_hour", "weekly_day", "quiet_from", "quiet_to")
        labels = {"quiet_from": _("No e-mail from"), "quiet_to": _("No e-mail until")}
        help_texts = {
            "quiet_from": _("Security and decisions come at any time. Leave both empty for no quiet hours.")
        }
        widgets = {
            "quiet_from": forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
            "quiet_to": forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
        }

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        start, end = cleaned.get("quiet_from"), cleaned.get("quiet_to")
        if (start is None) != (end is None) and not {"quiet_from", "quiet_to"} & set(self.errors):
            missing = "quiet_from" if start is None else "quiet_to"
            self.add_error(missing, _("Please give both times, or leave both empty."))
        elif start is not None and start == end:
            self.add_error("quiet_to", _("Quiet hours must not begin and end at the same time."))
        return cleaned
