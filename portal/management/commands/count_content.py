from collections.abc import Iterable
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.core.management.base import BaseCommand
from django.db.models import Count, QuerySet

from coordination.networks.models import Network
from events.events.models import Event
from events.events.models_sources import Attendance, EventDocument
from news.elsewhere.models import NewsLink
from portal.facts.models import ProgrammeFact
from resources.library.queries import readable_resources
from resources.records.models import Edition
from reviews.tracker.models import CountryReview
from stakeholders.directory.queries import shown_to
from taxonomy.law.models import ArticleText

READER = AnonymousUser()


class Command(BaseCommand):
    help = "Count what everybody may see: by kind, by language and by region."

    def handle(self, *args: Any, **options: Any) -> None:
        stakeholders, resources = shown_to(READER), readable_resources(READER)
        events = Event.objects.visible_to(READER).shown()
        editions = Edition.objects.filter(resource__in=resources.order_by().values("pk"))
        by_kind: dict[str, QuerySet[Any]] = {
            "organizations": stakeholders,
            "resources": resources,
            "events": events,
        }
        others: dict[str, QuerySet[Any]] = {
            "documents of events": EventDocument.objects.filter(event__in=events.order_by().values("pk")),
            "numbers of events": Attendance.objects.filter(event__in=events.order_by().values("pk")),
            "links to news": NewsLink.objects.visible_to(READER),
            "facts about the programme": ProgrammeFact.objects.visible_to(READER),
            "texts of articles": ArticleText.objects.all(),
            "networks": Network.objects.visible_to(READER),
            "country reviews": CountryReview.objects.visible_to(READER),
        }
        for name, rows in by_kind.items():
            self._say(name, rows, "kind")
        for name, rows in others.items():
            self._say(name, rows)
        self._say("editions by language", editions, "language")
        self._say("news by language", others["links to news"], "language")
        for name, rows in (("organizations", stakeholders), ("events", events)):
            self._say(f"{name} by region", rows.exclude(country=None), "country__region__name_en")

    def _say(self, name: str, rows: QuerySet[Any], by: str = "") -> None:
        counts: Iterable[Any] = ()
        if by:
            counts = rows.order_by(by).values_list(by).annotate(Count("pk", distinct=True))
        parts = ", ".join(f"{code or 'none'} {number}" for code, number in counts)
        self.stdout.write(f"{name}: {rows.order_by().count()}{f' ({parts})' if parts else ''}")
