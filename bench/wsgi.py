"""The portal with the floors of its pages under /floor/, and under /bare/ without any middleware."""

import os

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "bench.settings")

from django.core.handlers.wsgi import WSGIHandler
from django.core.wsgi import get_wsgi_application
from django.test.utils import override_settings


class BareHandler(WSGIHandler):
    """Django without middleware, over the floors alone."""

    def load_middleware(self, is_async: bool = False) -> None:
        with override_settings(MIDDLEWARE=[]):
            super().load_middleware(is_async)

    def get_response(self, request):
        request.urlconf = "bench.bare"
        return super().get_response(request)


portal = get_wsgi_application()
bare = BareHandler()


def application(environ, start_response):
    handler = bare if environ["PATH_INFO"].startswith("/bare/") else portal
    return handler(environ, start_response)
