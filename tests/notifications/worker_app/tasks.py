import os
import signal
from pathlib import Path

from celery import shared_task


@shared_task(name="tests.lose_worker", default_retry_delay=0, max_retries=2)
def lose_worker(log):
    """Write a line, then end this process as the kernel ends one for want of memory."""
    with Path(log).open("a", encoding="utf-8") as file:
        file.write("begun\n")
    os.kill(os.getpid(), signal.SIGKILL)


@shared_task(name="tests.write_line")
def write_line(log, line):
    with Path(log).open("a", encoding="utf-8") as file:
        file.write(f"{line}\n")
