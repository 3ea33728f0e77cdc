"""What stakeholders lets the apps above it register, each in its `registered.py`.

    after_standing.register("events", fn)    fn(stakeholders, move): seats, for instance, follow the standing

`fn` runs in the transaction of the move, once for all stakeholders that it moved ("lapse" moves many), and
therefore in a fixed number of statements. `docs/statuses.md` says what each state is to do.
"""

from collections.abc import Callable
from typing import Any

from core.registry import Registry

AfterStanding = Callable[[list[Any], str], None]

after_standing: Registry[AfterStanding] = Registry("stakeholders.registry.after_standing")
