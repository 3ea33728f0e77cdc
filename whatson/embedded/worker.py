"""The worker of `make run`: Celery's own, which also tells the time. Production runs the clock apart."""

from collections.abc import Sequence
from typing import Any

from celery import bootsteps

from whatson.beat import Scheduler
from whatson.celery import app

MOST_AT_ONCE = 1000  # tasks that one look at the clock starts


class Clock(bootsteps.StartStopStep):
    """Starts what is due, by the loop of the worker: a process of its own could end alone, unseen."""

    requires = ("celery.worker.components:Timer",)
    repeated: Sequence[Any] = ()

    def start(self, worker: Any) -> None:
        self.scheduler = Scheduler(worker.app, schedule_filename=worker.schedule_filename)
        self.repeated = [
            worker.timer.call_repeatedly(1.0, self.look),
            worker.timer.call_repeatedly(self.scheduler.sync_every, self.scheduler.sync),
        ]

    def look(self) -> None:
        for _task in range(MOST_AT_ONCE):
            if self.scheduler.tick() > 0:
                break

    def stop(self, worker: Any) -> None:
        for calls in self.repeated:
            calls.cancel()
        if self.repeated:
            self.scheduler.close()


app.steps["worker"].add(Clock)
