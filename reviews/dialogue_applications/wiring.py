"""Applications to dialogues as programs write them."""

from api.hooks import resources
from reviews.dialogue_applications.api_own import OwnDialogueApplicationResource

resources.register("me/dialogue-applications", OwnDialogueApplicationResource)
