"""The moves that the desk makes on the page of a record: the form of each, its words, and what it does."""

from collections.abc import Callable
from typing import Any, NamedTuple

from django.forms import Form
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.people.models import User
from core.time_display import by_both_clocks
from notifications.delivery.preview import Letter
from notifications.follows.queries import number_told
from notifications.happenings.enums import Weight
from resources.curation import actions
from resources.curation.forms import HoldForm, PublishForm, RefuseForm, WithdrawForm
from resources.records.enums import Audience
from resources.records.models import Resource
from resources.records.queries import terms_of
from workflow.moves.enums import Move, MoveForm


class DeskMove(NamedTuple):
    """`act` makes the move with what its form has; `done` is told after it."""

    act: Callable[..., Resource]
    submit: str | Promise
    done: str | Promise
    lead: str | Promise = ""
    form: Any = Form
    # Whether the suggester gets an e-mail.
    tells: bool = False
    # The acts on what was read refuse when it was changed meanwhile.
    asks_version: bool = False


MOVES = {
    "publish": DeskMove(
        actions.publish,
        gettext_lazy("Publish it"),
        gettext_lazy("The resource is published."),
        form=PublishForm,
        tells=True,
        asks_version=True,
    ),
    "hold": DeskMove(
        actions.hold,
        gettext_lazy("Put it on hold"),
        gettext_lazy("It is on hold."),
        gettext_lazy("With a question at a field the suggester is asked, and only those fields open again."),
        HoldForm,
        tells=True,
        asks_version=True,
    ),
    "resume": DeskMove(
        actions.resume,
        # Translators: A button: go on examining a suggestion that was put on hold. Not a summary.
        gettext_lazy("Resume"),
        gettext_lazy("It is back with the desk."),
        gettext_lazy("It is back with the desk; open questions are closed."),
    ),
    "refuse": DeskMove(
        actions.refuse,
        gettext_lazy("Decline"),
        gettext_lazy("It was declined. Its contributor is informed now."),
        gettext_lazy("The suggester reads the reason and your line, and may revise it and suggest it again."),
        RefuseForm,
        tells=True,
        asks_version=True,
    ),
    "archive": DeskMove(
        actions.archive,
        gettext_lazy("Archive it"),
        gettext_lazy("The resource is archived."),
        gettext_lazy("It leaves lists and search. Its page stays and says that it is archived."),
    ),
    "restore": DeskMove(
        actions.restore,
        gettext_lazy("Publish it again"),
        gettext_lazy("The resource is published again."),
        gettext_lazy("It is in lists and search again."),
    ),
    "withdraw": DeskMove(
        actions.withdraw,
        gettext_lazy("Withdraw it"),
        gettext_lazy("The resource is withdrawn."),
        gettext_lazy("Its page then shows only the title, the date, the reason and your note."),
        WithdrawForm,
        tells=True,
    ),
}


def bind(name: str, resource: Resource, data: Any = None) -> Any:
    """Return the form of a move; the fields of several stand on one page, each with its own id."""
    asks = {"asks": resource.is_suggestion} if name == "hold" else {}
    return MOVES[name].form(data, auto_id=f"id_{name}_%s", **asks)


def move_forms(
    user: User, resource: Resource, moves: dict[str, Move], bound: dict[str, Form], letters: dict[str, Letter]
) -> list[MoveForm]:
    """Return the forms of those moves that have one on the page, in the order of their buttons."""
    return [
        MoveForm(
            name,
            move.label,
            move.style,
            bound.get(name) or bind(name, resource),
            reverse(f"resourcedesk:{name}", args=[resource.pk]),
            MOVES[name].submit,
            who_reads(user, resource) if name == "publish" else MOVES[name].lead,
            _count_reached(resource) if name == "publish" else 0,
            resource.version,
            MOVES[name].tells and resource.is_suggestion,
            letters.get(name),
        )
        for name, move in moves.items()
        if name in MOVES
    ]


def make(name: str, resource: Resource, form: Any, *, actor: User, version: int) -> str:
    """Make the move and return what is told of it. Raises as the act does."""
    move = MOVES[name]
    given = {field: value for field, value in form.cleaned_data.items() if not field.startswith("ask_")}
    if name == "hold":
        given["questions"] = form.questions
    if move.asks_version:
        given["version"] = version
    done = move.act(resource, actor=actor, **given)
    return f"{move.done} {who_reads(actor, done)}" if name == "publish" else str(move.done)


def _count_reached(resource: Resource) -> int:
    if resource.audience == Audience.DESK or resource.is_embargoed:
        return 0
    return number_told(terms_of(resource), Weight.NEWS)


def who_reads(user: User, resource: Resource) -> str:
    """Return who can read it once it is published, and from when."""
    if resource.audience == Audience.DESK:
        return _("Only the desk can read it.")
    audience = resource.get_audience_display()
    if resource.embargo_until and resource.is_embargoed:
        at = by_both_clocks(resource.embargo_until, user.time_zone)
        return _("Who can read it from %(at)s: %(audience)s.") % {"at": at, "audience": audience}
    return _("Who can read it: %(audience)s.") % {"audience": audience}
