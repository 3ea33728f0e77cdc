"""What is published of country reviews and of who is a party, among the sources."""

from typing import Any

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.people.enums import Role
from core.help_places import help_at
from reviews.imports.actions import take_fetched
from reviews.imports.depositary import address_of
from reviews.imports.models import ReviewImport
from reviews.mechanism.enums import ImportKind, ImportStatus
from reviews.tracker.models import CountryReview, FocalPoint, ReviewDocument, ReviewingState
from taxonomy.hooks import Fetching, Place, Rows, Source, sources
from taxonomy.law.models import Participation

EDITED = Q(edited_by_hand=True)
_LISTS = Place(_("Open the published lists"), "reviews_desk:imports", "reviews.keep_reviews")


def _waiting(user: Any) -> Any:
    return ReviewImport.objects.visible_to(user).filter(status=ImportStatus.CHECKED)


def _of_country(row: Any) -> str:
    return reverse("reviews_desk:country", args=[row.country_id])


def _of_review(row: Any) -> str:
    if row.review_id is None:
        return reverse("reviews_desk:home")
    return reverse("reviews_desk:country", args=[row.review.country_id])


# Instrument → code of its source, and title.
PARTIES = {
    "UNTOC": ("participations", _("Parties to the Convention")),
    "TIP": ("participations-tip", _("Parties to the Trafficking in Persons Protocol")),
    "SOM": ("participations-som", _("Parties to the Smuggling of Migrants Protocol")),
    "FA": ("participations-fa", _("Parties to the Firearms Protocol")),
}


def _register_parties(place: int, instrument: str) -> None:
    code, title = PARTIES[instrument]
    sources.register(
        code,
        Source(
            position=100 + place,
            title=title,
            text=_("Who is a party to which instrument, by the depositary's list."),
            terms=_("Public records of the depositary, the Secretary-General of the United Nations."),
            address="https://treaties.un.org/",
            rows=lambda _user: [
                Rows(
                    Participation.objects.filter(instrument=instrument).select_related(
                        "country", "instrument"
                    ),
                    edited=EDITED,
                    page=lambda row: reverse("admin:taxonomy_participation_change", args=[row.pk]),
                    text=lambda row: f"{row.country or row.organization}: {row.instrument}",
                )
            ],
            places=(_LISTS,),
            waiting=lambda user: _waiting(user).filter(
                kind=ImportKind.PARTICIPATIONS, text__contains=f",{instrument},"
            ),
            fetching=Fetching(
                permission="reviews.import_list",
                expects=_(
                    "The XML file of the depositary, "
                    "or a CSV file with the columns iso3, instrument, is_party, action, date."
                ),
                take=take_fetched,
                page=lambda pk: reverse("reviews_desk:import", args=[pk]),
                undo=_("A list that was applied can be undone on its page."),
                address=address_of(instrument),
            ),
            keeper=Role.REVIEWS,
            months=6,
        ),
    )


for _place, _instrument in enumerate(PARTIES):
    _register_parties(_place, _instrument)
sources.register(
    "reviews",
    Source(
        position=105,
        title=_("Country reviews"),
        text=_("Groups, reviewing States, focal points and documents of the reviews, as published."),
        terms=_("Facts with their source."),
        rows=lambda _user: [
            Rows(
                CountryReview.objects.exclude(source="").select_related("country"),
                edited=EDITED,
                confirms=True,
                page=_of_country,
            ),
            *(
                Rows(
                    model._default_manager.exclude(source="").select_related("review__country"),
                    edited=EDITED,
                    confirms=True,
                    page=_of_review,
                )
                for model in (FocalPoint, ReviewingState, ReviewDocument)
            ),
        ],
        places=(_LISTS,),
        waiting=lambda user: _waiting(user).exclude(kind=ImportKind.PARTICIPATIONS),
        keeper=Role.REVIEWS,
        months=12,
    ),
)

help_at("imports#reviews", "reviews.imports")
