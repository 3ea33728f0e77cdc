"""Terms as pages of other apps read them."""

from typing import Any

from django.db.models import Prefetch

from taxonomy.terms.models import Topic


def topics_in_order(path: str = "topics") -> Any:
    """Return the prefetch of topics at the end of `path`, in the order of the reader's language."""
    return Prefetch(path, Topic.objects.in_order())
