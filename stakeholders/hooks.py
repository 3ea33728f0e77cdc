"""What stakeholders lets the apps above it register, each in its `wiring.py`."""

from collections.abc import Callable, Collection, Mapping, Sequence
from typing import Any, NamedTuple

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accounts.hooks import Section
from audit.enums import Audience
from audit.hooks import sentence
from core.hooks import Hook, Registry
from stakeholders.moderation.enums import Deed, ThingOutcome, ThingWhat, Why
from taxonomy.hooks import Panel, ShownPanel, load_panels
from workflow.hooks import Task

AfterStanding = Callable[[list[Any], str], None]

after_standing: Registry[AfterStanding] = Registry("stakeholders.hooks.after_standing")

# --- Names --------------------------------------------------------------------------------------------
# after_naming.register("news.stories", fn)   fn(entries, hides): the names of the entries of these numbers
#     are others, or others read them; `hides`: some no longer do. In the transaction of the act, for what an
#     app wrote down with the names in it, as documents of the index.
AfterNaming = Callable[[Collection[int], bool], None]

after_naming: Registry[AfterNaming] = Registry("stakeholders.hooks.after_naming")


# published_by.register("news.stories", PublishedBy(…))   what an entry has published in an app and its
#     people can take down: offered to them before they hide the entry.
class PublishedBy(NamedTuple):
    """`label` names the kind, `take_down` says what the box does.

    `rows` gives what is public of an entry; each has a page, and is offered to whoever has the `permission`
    for it. `act` is (row, actor), and asks itself for the permission.
    """

    label: str | Promise
    take_down: str | Promise
    rows: Callable[[Any], Any]
    permission: str
    act: Callable[[Any, Any], Any]


published_by: Registry[PublishedBy] = Registry("stakeholders.hooks.published_by")

# --- Merging ------------------------------------------------------------------------------------------
# before_merge.register("events.partners", fn)   fn(remaining, gone): settle what would collide, before
#     every row that points at `gone` points at `remaining`; in the merge's transaction, which holds both
#     rows. Rows that name a stakeholder by kind and number are moved here too.
BeforeMerge = Callable[[Any, Any], None]

before_merge: Registry[BeforeMerge] = Registry("stakeholders.hooks.before_merge")

# --- The demonstration --------------------------------------------------------------------------------
# demo_parts.register("reviews", fn)   fn(people): what an app above adds to the demonstration, in the same
#     transaction; safe to run twice, and marked as a demonstration wherever it shows. `people` by key.
demo_parts: Registry[Callable[[dict[str, Any]], None]] = Registry("stakeholders.hooks.demo_parts")

# --- Regional focal points ----------------------------------------------------------------------------
# The grants, as a queryset of ids, whose holders are not asked about applications now, since a deputy with
# grants of their own is.
grants_of_the_absent: Hook[[], Any] = Hook("stakeholders.hooks.grants_of_the_absent")

# --- The profile --------------------------------------------------------------------------------------
# profile_panels.register("events", Panel(10, (), load, "events/calendar/_profile.html"))
#     load(user, stakeholder), as for countries; its heading is an h3. `pages` is `(PUBLICATIONS,)` for what
#     stands among the publications, else () for what stands under "Activity". `keys` are the foreign keys
#     to an entry of rows without any of which there is nothing to say to anybody. Pages of profiles
#     are cached: whatever changes what a panel shows bumps the version of the directory.
# profile_versions.register("resources", version)   for panels that change without the directory: fn() → an
#     SQL expression that is another after each change, and its values; it is read with the entry
profile_panels: Registry[Panel] = Registry("stakeholders.hooks.profile_panels")
profile_versions: Registry[Callable[[], tuple[str, Sequence[Any]]]] = Registry(
    "stakeholders.hooks.profile_versions"
)

# Of (user, stakeholder): whom a reader may write to who cannot write to the entry, as (what the link says,
# address). Where that changes, one of `profile_versions` does.
contacts_instead: Hook[[Any, Any], list[tuple[str, str]]] = Hook("stakeholders.hooks.contacts_instead")


PUBLICATIONS = "publications"


def panels_of(user: Any, stakeholder: Any, present: Collection[Any], part: str = "") -> list[ShownPanel]:
    """Return the panels of apps above for one part of a profile, without those that have nothing to say.

    `present`: the panels that may have something to say.
    """
    pages = (part,) if part else ()
    panels = (panel for panel in profile_panels.values() if panel.pages == pages)
    return load_panels(panels, user, stakeholder, present)


# Of (user, stakeholder): what it may take part in now, shown to its people once it is approved.
next_steps: Hook[[Any, Any], list[Task]] = Hook("stakeholders.hooks.next_steps")


# --- Moderation ---------------------------------------------------------------------------------------
# reportable.register("news.story", Reportable(…))   what may be reported, and by which acts it is hidden or
#     taken down; `{% report_link story %}` (load moderation) then stands on its page. See docs/moderation.md.
class Act(NamedTuple):
    """One of a kind's own acts, as moderation calls it. `do` gets (obj, actor, reason, note), and asks itself
    for the permission; `reason` is the kind's own word for the `Why`, by `reasons`.
    """

    outcome: str
    do: Callable[[Any, Any, str, str], Any]
    reasons: Mapping[str, str]


class Reportable(NamedTuple):
    """A kind of thing that may be reported. `find` is (reader, id) → the thing as the reader may see it.

    `stakeholder_of` gives its stakeholder, or None. The first of `roles` of the desk gets the reports; all of
    them and the head of desk read them. `acts`: what can be done with it, by `Deed`. `choices` and `outcomes`
    are the choices of the reporting and the answering form, `dismissed` the outcome of leaving it as it is.
    """

    label: str | Promise
    find: Callable[[Any, int], Any | None]
    stakeholder_of: Callable[[Any], Any | None]
    roles: tuple[str, ...]
    acts: Mapping[str, Act]
    choices: Any = ThingWhat.choices
    outcomes: Any = ThingOutcome.choices
    dismissed: str = ThingOutcome.FOUND_RIGHT
    # Reported by a link on its page; else by a way of its own, as messages are.
    by_link: bool = True
    # Its page for readers, where that is not `get_absolute_url`.
    page: Callable[[Any], str] | None = None
    # The way back from hiding: gets (obj, actor).
    back: Callable[[Any, Any], Any] | None = None

    def page_of(self, subject: Any) -> str:
        return self.page(subject) if self.page else str(subject.get_absolute_url())


reportable: Registry[Reportable] = Registry("stakeholders.hooks.reportable")


def by_desk_moves(act: Callable[..., Any], *deeds: Deed) -> dict[str, Any]:
    """`acts` and `back` of a kind that has `desk_moves`; `act` is (obj, move, actor=, reason=, note=)."""

    def doing(move: str) -> Callable[[Any, Any, str, str], Any]:
        return lambda obj, actor, reason, note: act(obj, move, actor=actor, reason=reason, note=note)

    acts = {
        Deed.HIDE: Act(ThingOutcome.HIDDEN, doing("suspend"), _SAME),
        Deed.REMOVE: Act(ThingOutcome.TAKEN_DOWN, doing("remove"), _SAME),
    }
    return {
        "acts": {deed: acts[deed] for deed in deeds or acts},
        "back": lambda obj, actor: act(obj, "restore", actor=actor),
    }


_SAME = {why: why for why in Why.values}

# --- The dossier --------------------------------------------------------------------------------------
# dossier_sections.register("contributions", Section(…))   what there is of a stakeholder in an app, as far as
#     its own people may read it: `rows(stakeholder)`, `files(stakeholder)`; as the sections of "my data".
dossier_sections: Registry[Section] = Registry("stakeholders.hooks.dossier_sections")

_WHY = {"reason": dict(Why.choices)}


def sentences_of(prefix: str) -> None:
    """What `desk_moves` write about a kind of thing, as "events.event"; its people read it."""
    for name, text in (
        ("suspend", _("%(actor)s hid it: %(reason)s")),
        ("restore", _("%(actor)s showed it again")),
        ("remove", _("%(actor)s took it down: %(reason)s")),
    ):
        sentence(f"{prefix}.{name}", text, audience=Audience.SUBJECT, labels=_WHY)
