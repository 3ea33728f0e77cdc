import pytest
from django.template import engines
from django.utils.translation import override

from taxonomy.law.models import Article
from taxonomy.terms.models import Topic


@pytest.mark.parametrize(
    ("language", "shown"),
    (("en", "Scope of application"), ("ar", '<span lang="en" dir="ltr">Scope of application</span>')),
)
def test_a_name_that_falls_back_on_english_is_tagged_so(language, shown, reference):
    page = engines["django"].from_string("{% load taxonomy %}{{ row|named }}")
    with override(language):
        assert page.render({"row": Article.objects.get(pk="UNTOC-3")}) == shown


def test_a_name_is_escaped_in_every_case():
    page = engines["django"].from_string("{% load taxonomy %}{{ row|named }}")
    row = Topic(code="made-up", name_en="<b>")
    for language in ("en", "ar"):
        with override(language):
            assert "<b>" not in page.render({"row": row})
