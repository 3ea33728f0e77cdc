from typing import Any

from django.core.management.base import BaseCommand, CommandError

from reviews.actions.handouts import load_handouts
from reviews.models import CountryReview
from reviews.seed import load_mechanism
from search.actions import index_many
from taxonomy.seed import BadRow


class Command(BaseCommand):
    help = "Load groups, phases, steps and what is known of each country's review; safe to repeat."

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            report = load_mechanism()
            report["handouts"] = load_handouts()
        except BadRow as problem:
            raise CommandError(str(problem)) from problem
        index_many("reviews.countryreview", list(CountryReview.objects.values_list("pk", flat=True)))
        for file, counts in report.items():
            self.stdout.write(f"{file}: {counts}")
