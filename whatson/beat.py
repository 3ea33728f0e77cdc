"""The clock of the schedule: Celery's own, for a machine whose time is set back."""

from datetime import timedelta
from pathlib import Path
from typing import Any

import structlog
from celery.beat import PersistentScheduler

log = structlog.get_logger(__name__)
TOLERANCE = timedelta(seconds=1)  # a clock that is put right little by little is no fault


class Scheduler(PersistentScheduler):
    """Celery's remembers when each entry last ran, also where the clock was ahead then: such an entry would
    rest until that time comes, however often beat is started again.

    Whenever it hands a task to the queue it touches a file beside its own, which says that it is alive.
    """

    def setup_schedule(self) -> None:
        super().setup_schedule()
        self.forget_future()

    def tick(self, *args: Any, **kwargs: Any) -> float:
        if self.forget_future():
            self.populate_heap()  # it holds when each is due next, by the clock of before
        return float(super().tick(*args, **kwargs))

    def forget_future(self) -> bool:
        """Let what ran in the future have run now; whether there was any."""
        moment = self.app.now()
        ahead = [entry for entry in self.schedule.values() if entry.last_run_at > moment + TOLERANCE]
        for entry in ahead:
            entry.last_run_at = moment
        if ahead:
            log.warning("clock_was_set_back", entries=len(ahead))
        return bool(ahead)

    def apply_entry(self, entry: Any, producer: Any = None) -> None:
        super().apply_entry(entry, producer=producer)
        Path(f"{self.schedule_filename}.alive").touch()
