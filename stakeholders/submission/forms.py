"""The questions of one step; a name or identifier to look for, and the entry that was chosen."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.people.models import User
from core.drafts import Draft
from core.forms import wants_rows
from stakeholders.applications import actions as applications_actions
from stakeholders.applications.enums import fields_of
from stakeholders.applications.forms import AnswersForm
from stakeholders.applications.models import Application
from stakeholders.submission import actions
from stakeholders.submission.queries import gaps_of


def step_form(application: Application, data: Any = None, files: Any = None, *, step: str) -> AnswersForm:
    """Return the questions of one step; only what is sent on, with its files, must be complete."""
    only = fields_of(application.kind, step)
    if data is None:
        return AnswersForm(
            application=application, only=only, initial=AnswersForm.initial_of(application, only)
        )
    complete = files is not None and "later" not in data and not wants_rows(data)
    return AnswersForm(data, files, application=application, only=only, complete=complete)


def save_form(form: AnswersForm, actor: User) -> Application:
    """Save what could be read."""
    return applications_actions.save_answers(
        form.application,
        actor=actor,
        version=form.cleaned_data["version"],
        answers=form.answers(),
        paper=form.paper(),
    )


APPLICATION = Draft(step_form, save_form, gaps_of, actions)


class FindForm(forms.Form):
    q = forms.CharField(
        label=_("Name or ROR identifier"),
        help_text=_("For instance “University of Nairobi”, or https://ror.org/02y9nww90."),
        max_length=250,
        min_length=3,
        widget=forms.TextInput(attrs={"dir": "auto"}),
    )


class ChosenForm(forms.Form):
    entry = forms.IntegerField(min_value=1)
    version = forms.IntegerField(min_value=0)
