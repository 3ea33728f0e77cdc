"""The library for programs: the list of the page, and each resource with its editions, files and pages."""

from functools import partial
from typing import Any

from django.http import Http404
from django.utils.translation import gettext as _
from drf_spectacular.utils import OpenApiParameter, extend_schema, extend_schema_field
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.tokens.enums import TokenScope
from api.fields import LANG, PageUrlField, ResourceSerializer
from api.pages import RowReader
from api.resources import Resource as ApiResource
from core.text import clean_line, plain_block
from resources.library import queries_pages
from resources.library.filters import LibraryFilter
from resources.library.queries import LibraryQuery, narrow_resources, readable_resources, rows_of
from resources.library.queries_counts import Counts
from resources.records.enums import Audience, Precision, ResourceKind, StakeholderRole
from resources.records.models import LibraryChange, Resource
from resources.records.queries_lines import INDEXED, chosen_edition, for_lines
from search.api import PassageSerializer
from search.hits import marked_texts
from search.parse import LONGEST
from taxonomy.law.models import Article, Instrument
from taxonomy.names.api import TermsField, WithNames
from taxonomy.places.models import Country, Region
from taxonomy.terms.models import Language, Topic

WORDS = "q"


class EditionLineSerializer(serializers.Serializer[Any]):
    """A language in which it can be read."""

    language = serializers.CharField()
    title = serializers.CharField()
    original = serializers.BooleanField()


class RecordSerializer(ResourceSerializer):
    """A line of the library, in the language of the answer where there is such an edition."""

    id = serializers.IntegerField(source="pk")
    url = PageUrlField()
    kind = serializers.ChoiceField(choices=ResourceKind)
    title = serializers.SerializerMethodField()
    abstract = serializers.SerializerMethodField(help_text="Plain text; its beginning, where it is long.")
    language = serializers.SerializerMethodField(help_text="Of this title.")
    editions = EditionLineSerializer(many=True, source="its_texts")
    publisher = serializers.CharField(allow_blank=True)
    published_on = serializers.DateField(allow_null=True)
    precision = serializers.ChoiceField(choices=Precision, help_text="How exactly the date is known.")
    audience = serializers.ChoiceField(
        choices=Audience, help_text="Who may read it; what is not `public` is not to be passed on."
    )
    added_at = serializers.DateTimeField(source="published_at", allow_null=True)

    def get_title(self, row: Any) -> str:
        return str(chosen_edition(row.its_texts)["title"])

    def get_abstract(self, row: Any) -> str:
        return plain_block(chosen_edition(row.its_texts)["abstract"])

    def get_language(self, row: Any) -> str:
        return str(chosen_edition(row.its_texts)["language"])


class FileSerializer(serializers.Serializer[Any]):
    """A file to open."""

    name = serializers.CharField()
    media_type = serializers.CharField()
    size = serializers.IntegerField(help_text="Bytes.")
    sha256 = serializers.CharField()
    url = PageUrlField()


class EditionSerializer(serializers.Serializer[Any]):
    """It in one language."""

    language = serializers.CharField(source="language_id")
    original = serializers.BooleanField(source="is_original")
    title = serializers.CharField()
    abstract = serializers.CharField(allow_blank=True, help_text="Markdown.")
    short_form = serializers.CharField(allow_blank=True, help_text="Of a practice: Markdown.")
    full_form = serializers.CharField(allow_blank=True, help_text="Of a practice: Markdown.")
    link = serializers.CharField(allow_blank=True)
    translated_by = serializers.CharField(allow_blank=True, help_text="Of an unofficial translation.")
    files = FileSerializer(many=True, source="opened")


class ContributorSerializer(serializers.Serializer[Any]):
    """A stakeholder of the directory that wrote or published it."""

    id = serializers.IntegerField(source="pk")
    name = serializers.CharField()
    role = serializers.ChoiceField(choices=StakeholderRole)


class RecordDetailSerializer(RecordSerializer):
    """A resource with all that its page tells."""

    editions = EditionSerializer(many=True, source="its_editions")
    authors = serializers.ListField(child=serializers.CharField(), source="its_authors")
    stakeholders = ContributorSerializer(many=True, source="its_stakeholders")
    symbol = serializers.CharField(allow_blank=True)
    doi = serializers.CharField(allow_blank=True)
    isbn = serializers.CharField(allow_blank=True)
    licence = serializers.SerializerMethodField(help_text="In words.")
    licence_url = serializers.SerializerMethodField()
    topics = TermsField(Topic, source="its_topics")
    instruments = TermsField(Instrument, source="its_instruments")
    articles = TermsField(Article, source="its_articles")
    countries = TermsField(Country, source="its_countries")
    regions = TermsField(Region, source="its_regions")
    languages = TermsField(Language, source="its_languages")
    source = serializers.CharField(allow_blank=True)
    source_url = serializers.CharField(allow_blank=True)
    source_date = serializers.DateField(allow_null=True)

    @extend_schema_field(serializers.CharField(allow_blank=True))
    def get_licence(self, row: Resource) -> str:
        return row.licence_note or (row.get_licence_display() if row.licence else "")

    @extend_schema_field(serializers.CharField(allow_blank=True))
    def get_licence_url(self, row: Resource) -> str:
        return queries_pages.LICENCES.get(row.licence, "")


class PassagesSerializer(serializers.Serializer[Any]):
    """Where the words stand in its files, the best places first."""

    results = PassageSerializer(many=True)


class RecordResource(WithNames, ApiResource):
    """The library, as far as the reader may read it."""

    queryset = Resource.objects.all()
    serializer_class = RecordSerializer
    detail_serializer_class = RecordDetailSerializer
    filterset_class = LibraryFilter
    unfiltered = LibraryQuery()
    lookup_value_regex = "[0-9]{1,18}"
    scopes = (TokenScope.RESOURCES,)

    def version(self) -> str:
        return LibraryChange.objects.version()

    @property
    def lists(self) -> Any:  # type: ignore[override]
        return (Topic, Instrument, Article, Country, Region, Language) if self.detail else ()

    def listed(self) -> Any:
        return readable_resources(self.request.user)

    def lines(self, rows: Any) -> Any:
        return for_lines(rows)

    def find_rows(self, rows: Any, filters: LibraryFilter) -> RowReader:
        """Return what the page finds for the words as they stand; no other spelling is tried."""
        user, question = self.request.user, filters.question
        version = LibraryChange.objects.version(with_index=bool(question.q))
        return RowReader(
            partial(Counts(user, version).total, question),
            partial(rows_of, user, question),
            partial(_onward, user, question),
        )

    def get_object(self) -> Any:
        row: Any = queries_pages.page_row(self.request.user, int(self.kwargs["pk"]))
        if row is None or not row.its_editions:  # hidden, merged, or a draft without a title
            raise Http404
        row.its_texts = [
            {
                "language": edition.language_id,
                "title": edition.title,
                "abstract": edition.abstract,
                "original": edition.is_original,
            }
            for edition in row.its_editions
        ]
        row.its_languages = [edition.language_id for edition in row.its_editions]
        return row

    @extend_schema(
        parameters=[OpenApiParameter(WORDS, str, required=True, description="The words, as in the search.")],
        responses=PassagesSerializer,
    )
    @action(detail=True, filter_backends=(), pagination_class=None)
    def passages(self, request: Request, pk: str) -> Response:
        """Return what its page shows under "Found inside"."""
        if queries_pages.page_version(request.user, int(pk)) is None:
            raise Http404
        words = clean_line(request.query_params.get(WORDS, ""))[:LONGEST]
        if not words:
            raise ValidationError({WORDS: [_("Give the words to look for.")]})
        _own, passages = marked_texts(INDEXED, [int(pk)], words).get(int(pk), ("", ()))
        return Response(PassagesSerializer({"results": passages}).data)

    def parameters(self) -> list[str]:
        return [WORDS, LANG] if self.action == "passages" else super().parameters()

    def moved_to(self) -> int | None:
        further = queries_pages.moved_to(self.request.user, int(self.kwargs["pk"]))
        return further.pk if further else None

    def withdrawn(self) -> str:
        gone = queries_pages.tombstone(self.request.user, int(self.kwargs["pk"]))
        return _("This resource was withdrawn.") if gone else ""


def _onward(user: Any, question: LibraryQuery, after: int | None, number: int) -> list[Any]:
    rows = narrow_resources(readable_resources(user), user, question)
    return list(for_lines(rows if after is None else rows.filter(pk__gt=after)).order_by("pk")[:number])
