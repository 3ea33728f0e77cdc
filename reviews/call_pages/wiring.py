"""Calls in the API."""

from api.hooks import resources
from reviews.call_pages.api import CallResource

resources.register("calls", CallResource)
