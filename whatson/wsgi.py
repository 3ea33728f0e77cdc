import os

from django.conf import settings
from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "whatson.settings.prod")

application = get_wsgi_application()

if settings.CHECK_DATABASE_AT_START:
    from core.starting import refuse_unfit_database  # Django must be set up first

    refuse_unfit_database()
