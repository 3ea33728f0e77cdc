"""What stakeholders lets the apps above it register, each in its `registered.py`.

    after_standing.register("events", fn)    fn(stakeholders, move): seats, for instance, follow the standing

`fn` runs in the transaction of the move, once for all stakeholders that it moved ("lapse" moves many), and
therefore in a fixed number of statements. `docs/statuses.md` says what each state is to do.
"""

from collections.abc import Callable
from typing import Any

from core.registry import Registry
from taxonomy.registry import Panel, Shown

AfterStanding = Callable[[list[Any], str], None]

after_standing: Registry[AfterStanding] = Registry("stakeholders.registry.after_standing")

# --- Merging ------------------------------------------------------------------------------------------
# before_merge.register("stakeholders.members", fn)   fn(kept, gone): settle what would collide, before every
#     row that points at `gone` points at `kept`; in the merge's transaction, which holds both rows. Rows that
#     name a stakeholder by kind and number are moved here too.
# merge_counts.register("workflow", fn)   fn(gone) → [(label, number)]: rows that no relation tells of
BeforeMerge = Callable[[Any, Any], None]
MergeCounts = Callable[[Any], list[tuple[Any, int]]]

before_merge: Registry[BeforeMerge] = Registry("stakeholders.registry.before_merge")
merge_counts: Registry[MergeCounts] = Registry("stakeholders.registry.merge_counts")

# --- The demonstration --------------------------------------------------------------------------------
# demo_parts.register("reviews", fn)   fn(people): what an app above adds to the demonstration, in the same
#     transaction; safe to run twice, and marked as a demonstration wherever it shows. `people` by key.
demo_parts: Registry[Callable[[dict[str, Any]], None]] = Registry("stakeholders.registry.demo_parts")

# --- Regional focal points ----------------------------------------------------------------------------
# resting.register("coordination", fn)   fn() → the grants, as a queryset of ids, whose holders are not asked
#     about applications now, since a deputy with grants of their own is.
resting: Registry[Callable[[], Any]] = Registry("stakeholders.registry.resting")

# --- The profile --------------------------------------------------------------------------------------
# profile_panels.register("events", Panel(10, (), load, "events/_profile.html"))   load(user, stakeholder),
#     as for countries. Profiles are kept: whatever changes what it shows bumps the version of the directory.
profile_panels: Registry[Panel] = Registry("stakeholders.registry.profile_panels")


def panels_of(user: Any, stakeholder: Any) -> list[Shown]:
    """The parts of a profile that apps above bring, those with nothing to say left out."""
    found = sorted(profile_panels.values(), key=lambda panel: panel.position)
    loaded = [(panel.template, panel.load(user, stakeholder)) for panel in found]
    return [Shown(template, said) for template, said in loaded if said is not None]
