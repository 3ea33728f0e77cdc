# ruff: noqa: PLC0415  Django is only there once it has settings
"""`python send_by_post_office.py JSON`: queues mails and sends them; says the seconds of sending alone."""

import json
import os
import sys
import tempfile
import time
from pathlib import Path

import django
from django.conf import settings
from psycopg.conninfo import conninfo_to_dict

database = conninfo_to_dict(os.environ["PEER_DATABASE"])
job = json.loads(sys.argv[1])


def main() -> None:
    settings.configure(
        SECRET_KEY="bench-only",  # noqa: S106
        USE_TZ=True,
        INSTALLED_APPS=["django.contrib.contenttypes", "post_office"],
        TEMPLATES=[{"BACKEND": "django.template.backends.django.DjangoTemplates", "APP_DIRS": True}],
        DEFAULT_AUTO_FIELD="django.db.models.BigAutoField",
        DEFAULT_FROM_EMAIL="no-reply@whatson.example",
        DATABASES={
            "default": {
                "ENGINE": "django.db.backends.postgresql",
                "NAME": database["dbname"],
                "USER": database["user"],
                "PASSWORD": database.get("password", ""),
                "HOST": database["host"],
                "PORT": database.get("port", ""),
            }
        },
        EMAIL_BACKEND="post_office.EmailBackend",
        EMAIL_HOST="127.0.0.1",
        EMAIL_PORT=int(os.environ["BENCH_SMTP"]),
        POST_OFFICE={
            "BACKENDS": {"default": "django.core.mail.backends.smtp.EmailBackend"},
            "BATCH_SIZE": 500,
        },
    )
    django.setup()
    from django.core.management import call_command
    from post_office import mail

    call_command("migrate", verbosity=0)
    words = {"subject": job["mail"]["subject"], "message": job["mail"]["text"]}
    mail.send_many(
        [
            {
                "sender": "no-reply@whatson.example",
                "recipients": [f"member{number}@whatson.example"],
                "html_message": job["mail"]["html"],
                **words,
            }
            for number in range(job["number"])
        ]
    )
    with tempfile.TemporaryDirectory() as place:
        began = time.monotonic()
        mail.send_queued_mail_until_done(str(Path(place, "lock")), processes=job["processes"])
        sys.stdout.write(f"{time.monotonic() - began}\n")


if __name__ == "__main__":
    main()
