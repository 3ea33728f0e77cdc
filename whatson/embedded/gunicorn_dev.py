"""gunicorn for `make run`: one process, and a changed file of code, templates or words starts it anew."""

from whatson.embedded.processes import ROOT
from whatson.serving import worker_exit

__all__ = ["worker_exit"]

control_socket_disable = True
workers = 1
threads = 4
worker_class = "whatson.overload.ThreadWorker"
reload = True
reload_engine = "poll"
reload_extra_files = [
    str(path) for pattern in ("templates/**/*.*", "locale/**/*.mo") for path in ROOT.glob(pattern)
]
graceful_timeout = 3
timeout = 120
