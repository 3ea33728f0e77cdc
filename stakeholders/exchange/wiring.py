"""Offers and needs in the registries of the apps below."""

from django.utils.translation import gettext_lazy as _

from api.hooks import resources
from audit.enums import Audience
from audit.hooks import sentence
from core.help_places import help_at
from notifications.hooks import Channel, kind
from stakeholders.exchange import queries
from stakeholders.exchange.api import OfferResource
from stakeholders.exchange.api_own import OwnOfferResource
from stakeholders.exchange.enums import Direction
from stakeholders.exchange.models import Offer
from stakeholders.followers.wiring import FOLLOWED

for _name, _text in (
    ("stakeholders.offer_added", _("%(actor)s added to the offers and needs: %(direction)s")),
    ("stakeholders.offer_changed", _("%(actor)s changed in the offers and needs: %(direction)s")),
    ("stakeholders.offer_closed", _("%(actor)s closed in the offers and needs: %(direction)s")),
):
    sentence(_name, _text, audience=Audience.SUBJECT, labels={"direction": dict(Direction.choices)})


for _name, _label in (
    ("stakeholders.offer_added", _("A new offer or need")),
    ("stakeholders.offer_ends", _("An offer or a need is about to end")),
):
    kind(
        _name,
        label=_label,
        group=FOLLOWED,
        mail=Channel.DAILY,
        among=Offer.objects.visible_to,
        readers=queries.offer_readers,
        visible_pairs=queries.offers_seen_by,
    )

help_at("profile#offers", "stakeholders.exchange")

resources.register("offers", OfferResource)

resources.register("me/offers", OwnOfferResource)
