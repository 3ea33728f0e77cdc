"""What every page's frame needs. No queries here, but one in five seconds: it runs on each page."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import get_language_info

from core.maintenance import maintenance

# (code, own name) in the order of the United Nations' own language bar.
LANGUAGE_BAR = tuple((code, get_language_info(code)["name_local"]) for code, _name in settings.LANGUAGES)


def portal(request: HttpRequest) -> dict[str, Any]:
    return {
        "LANGUAGE_BAR": LANGUAGE_BAR,
        "SITE_URL": settings.SITE_URL,
        "DESK_EMAIL": settings.DESK_EMAIL,
        "DEV_PAGES": settings.DEV_PAGES,
        "DEMONSTRATION": settings.DEMONSTRATION,
        "MAINTENANCE": maintenance(),
    }
