"""What can be followed in the directory, and what its followers are told."""

from collections.abc import Callable, Collection
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from notifications.hooks import Channel, kind, suggestions, target
from stakeholders.entries.models import Stakeholder
from stakeholders.followers import queries
from taxonomy.names.models import Named
from taxonomy.places.models import Country, Region
from taxonomy.terms.models import Topic

FOLLOWED = _("What you follow")


def _labels(model: type[Named]) -> Callable[[Any, Collection[str]], dict[str, str]]:
    def labels(_user: Any, codes: Collection[str]) -> dict[str, str]:
        names = dict(model._default_manager.for_choices())  # type: ignore[attr-defined]
        return {code: names[code] for code in codes if code in names}

    return labels


def _directory_path(facet: str) -> Callable[[str], str]:
    return lambda code: f"{reverse('stakeholders:list')}?{facet}={code}"


for _name, _label, _model, _brings in (
    ("country", _("Country or area"), Country, _("What happens with stakeholders of this country or area.")),
    ("region", _("Region"), Region, _("What happens with stakeholders anywhere in this region.")),
    ("topic", _("Topic"), Topic, _("What happens with stakeholders who work on this topic.")),
):
    target(_name, label=_label, labels=_labels(_model), path=_directory_path(_name), brings=_brings)
target(
    "stakeholder",
    label=_("Stakeholder"),
    labels=queries.entry_names,
    path=lambda code: reverse("stakeholders:by_number", args=[code]),
    brings=_("News of this profile: changes, offers and needs, its return, a merger."),
)
suggestions.fill(queries.own_terms)

for _name, _label in (
    ("stakeholders.joined", _("A stakeholder is new in the directory")),
    ("stakeholders.profile_changed", _("A profile has changed")),
    ("stakeholders.returned", _("A profile is in the directory again")),
    ("stakeholders.merged", _("Two profiles have become one")),
):
    kind(
        _name,
        label=_label,
        group=FOLLOWED,
        mail=Channel.DAILY,
        among=Stakeholder.objects.visible_to,
        readers=queries.entry_readers,
        visible_pairs=queries.entries_seen,
    )
