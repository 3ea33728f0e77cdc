"""gunicorn in production: behind a proxy, some processes with some threads each, all from the environment."""

import os

import structlog

from whatson.serving import post_worker_init, when_ready, worker_exit

__all__ = ["post_worker_init", "when_ready", "worker_exit"]

bind = f"0.0.0.0:{os.environ.get('PORT', '8000')}"
workers = int(os.environ.get("WEB_WORKERS", "2"))
threads = int(os.environ.get("WEB_THREADS", "4"))
worker_class = "whatson.overload.ThreadWorker"
preload_app = True  # what nobody changes the processes have in common: 90 MB each instead of 170
keepalive = 15  # longer than the proxy keeps an idle connection to us
timeout = 60
graceful_timeout = 25
max_requests = 10_000
max_requests_jitter = 1_000
worker_tmp_dir = "/dev/shm"  # noqa: S108  a beat on a disk may stall
control_socket_disable = True
forwarded_allow_ips = os.environ.get("FORWARDED_ALLOW_IPS", "127.0.0.1")
# What it says of itself, in lines like those of the portal (whatson/settings/logging.py).
logconfig_dict = {
    # By the root alone: by handlers of its own as well, gunicorn would say each line twice.
    "root": {"level": "INFO", "handlers": ["error_console"]},
    "loggers": {"gunicorn.error": {"level": "INFO", "handlers": [], "propagate": True}},
    "formatters": {
        "generic": {
            "()": structlog.stdlib.ProcessorFormatter,
            "foreign_pre_chain": [
                structlog.stdlib.add_logger_name,
                structlog.stdlib.add_log_level,
                structlog.processors.TimeStamper(fmt="iso", utc=True),
            ],
            "processors": [
                structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                structlog.processors.format_exc_info,
                structlog.processors.JSONRenderer(ensure_ascii=False),
            ],
        }
    },
}
