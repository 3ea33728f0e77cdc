"""Suggestions as programs write them."""

from api.hooks import resources
from resources.adding.api_own import OwnSuggestionResource

resources.register("me/suggestions", OwnSuggestionResource)
