"""What the library holds for a network that looks for documents."""

from typing import Any

from coordination.networks.models import Network
from coordination.networks.models_parts import NetworkDocument
from coordination.networks.queries import library_lines
from resources.library.queries import readable_resources, with_words
from resources.records.queries_lines import ResourceLine


def library_finds(user: Any, words: str, network: Network) -> list[ResourceLine]:
    """Return at most ten resources for these words, without those that the network has already."""
    if not words:
        return []
    known_resources = NetworkDocument.objects.filter(network=network).values("resource")
    rows = with_words(readable_resources(user).exclude(pk__in=known_resources), user, words)
    return library_lines(user, list(rows.order_by("title", "pk").values_list("pk", flat=True)[:10]))
