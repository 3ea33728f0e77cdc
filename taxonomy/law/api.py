"""Articles of the Convention and its Protocols, for programs."""

from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from api.fields import NameField, PageUrlField, ResourceSerializer
from api.resources import Resource
from taxonomy.law.models import Article, ArticleText
from taxonomy.places.models import CountryPageChange


class ArticleSerializer(ResourceSerializer):
    """An article, by the code that filters take."""

    code = serializers.CharField(source="pk")
    url = PageUrlField()
    instrument = serializers.CharField(source="instrument_id")
    number = serializers.IntegerField()
    title = NameField()
    cluster = serializers.CharField(
        source="cluster_id", allow_null=True, help_text="Of the review; null where no source was found."
    )


class ArticleTextSerializer(serializers.Serializer[Any]):
    """Its wording in one of the authentic languages, as its source prints it."""

    language = serializers.CharField()
    text = serializers.CharField()
    source = serializers.CharField()
    source_date = serializers.DateField(allow_null=True)


class ArticleDetailSerializer(ArticleSerializer):
    """An article with its text, in every language that there is."""

    texts = serializers.SerializerMethodField()

    @extend_schema_field(ArticleTextSerializer(many=True))
    def get_texts(self, article: Article) -> Any:
        rows = ArticleText.objects.filter(article=article).order_by("language")
        return ArticleTextSerializer(rows, many=True, context=self.context).data


class ArticleResource(Resource):
    """The articles of the instruments under review, in their order."""

    queryset = Article.objects.all()
    serializer_class = ArticleSerializer
    detail_serializer_class = ArticleDetailSerializer
    scopes = ()

    def version(self) -> str:
        return CountryPageChange.objects.version()

    def get_queryset(self) -> Any:
        return super().get_queryset().filter(instrument__reviewed=True).in_order()
