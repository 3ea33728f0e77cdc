"""The worker of `make run`: Celery's own, which also tells the time. Production runs the clock apart."""

from typing import Any

from celery import bootsteps

from whatson.beat import Scheduler
from whatson.celery import app

MOST_AT_ONCE = 1000  # tasks that one look at the clock starts


class Clock(bootsteps.StartStopStep):
    """Starts what is due, by the loop of the worker: a process of its own could end alone, unseen."""

    requires = ("celery.worker.components:Timer",)
    looks: Any = None

    def start(self, worker: Any) -> None:
        self.scheduler = Scheduler(worker.app, schedule_filename=worker.schedule_filename)
        self.looks = worker.timer.call_repeatedly(1.0, self.look)

    def look(self) -> None:
        for _task in range(MOST_AT_ONCE):
            if self.scheduler.tick() > 0:
                break
        if self.scheduler.should_sync():
            self.scheduler._do_sync()

    def stop(self, worker: Any) -> None:
        if self.looks is not None:
            self.looks.cancel()
            self.scheduler.close()


app.steps["worker"].add(Clock)
