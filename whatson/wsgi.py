import os

from django.conf import settings
from django.core.wsgi import get_wsgi_application

from core import startup_checks
from whatson.stack import with_room

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "whatson.settings.prod")

application = with_room(get_wsgi_application())
startup_checks.limit_statements(settings.STATEMENT_SECONDS)

if settings.CHECK_DATABASE_AT_START:
    startup_checks.refuse_unfit_database()
