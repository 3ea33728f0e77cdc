"""Choices of several lists, each in the order of the reader's language, for one statement together."""

import pytest
from django.core.cache import cache
from django.utils.translation import override

from taxonomy.names.models import choices_of
from taxonomy.places.models import Country, Region
from taxonomy.terms.models import Language, Topic


@pytest.mark.parametrize("language", ["ar", "zh", "en", "fr", "ru", "es"])
def test_they_are_named_and_sorted_as_each_list_alone_would_be(reference, language):
    with override(language):
        expected = [
            [(row.pk, row.name) for row in model.objects.offered().in_order()] for model in (Country, Topic)
        ]
        assert choices_of(Country, Topic) == expected


def test_together_they_cost_one_statement_and_none_when_kept(reference, django_assert_num_queries):
    cache.clear()
    with django_assert_num_queries(1):
        choices_of(Country, Region, Topic, Language)
    with django_assert_num_queries(0):
        choices_of(Country, Region, Topic, Language)


def test_only_what_is_missing_is_asked_for(reference, django_assert_num_queries):
    cache.clear()
    choices_of(Country)
    with django_assert_num_queries(1) as queries:
        choices_of(Country, Region)
    assert "taxonomy_country" not in queries[0]["sql"]
