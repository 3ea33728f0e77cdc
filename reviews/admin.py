"""The mechanism as the desk edits it. Nothing is deleted; every change is a revision."""

from typing import Any

from django.contrib import admin
from django.contrib.admin import ModelAdmin
from django.http import HttpRequest

from reviews.contributions.models import ScreeningRule
from reviews.handouts.models import Handout
from reviews.mechanism.models import DocumentKind, DrawConstraint, Phase, ReviewGroup, Secretariat, StepKind
from reviews.tracker.models import CountryReview, Measure, ReviewDocument, ReviewingState, Snapshot
from reviews.tracker.queries_country import reviews_by_name
from taxonomy.admin import PROVENANCE, ListAdmin, NamedAdmin
from taxonomy.names.models import Named


class PlainAdmin(ListAdmin):
    """A list whose rows point at others without names of their own."""

    def formfield_for_foreignkey(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        if db_field.remote_field.model is CountryReview:
            kwargs["queryset"] = reviews_by_name()
        if not issubclass(db_field.remote_field.model, Named):
            return ModelAdmin.formfield_for_foreignkey(self, db_field, request, **kwargs)
        return super().formfield_for_foreignkey(db_field, request, **kwargs)


@admin.register(ReviewGroup)
class ReviewGroupAdmin(PlainAdmin):
    list_display = ["code", "nominal_start", "source_date", "edited_by_hand"]
    fields = ["code", "nominal_start", *PROVENANCE]


@admin.register(Phase)
class PhaseAdmin(PlainAdmin):
    list_display = ["code", "group", "cluster", "starts", "ends", "edited_by_hand"]
    list_select_related = ["group", "cluster"]
    list_filter = ["group", "cluster"]
    fields = ["code", "group", "cluster", "starts", "ends", *PROVENANCE]


@admin.register(DocumentKind)
class DocumentKindAdmin(NamedAdmin):
    pass


@admin.register(StepKind)
class StepKindAdmin(NamedAdmin):
    facts = [
        "position",
        "retired",
        "actors",
        "document",
        "publicity",
        "opens_phase",
        "due_after",
        "due_unit",
        "due_from",
    ]
    columns = ["position", "document", "publicity", "due_after", "due_unit", "due_from", "retired"]
    list_select_related = ["document", "due_from"]


@admin.register(DrawConstraint)
class DrawConstraintAdmin(NamedAdmin):
    facts = ["number", "in_use"]
    columns = ["number", "in_use"]


@admin.register(ScreeningRule)
class ScreeningRuleAdmin(NamedAdmin):
    facts = ["position", "text", "retired"]
    columns = ["position", "retired"]


@admin.register(Secretariat)
class SecretariatAdmin(NamedAdmin):
    facts = ["url", "email"]
    columns = ["url", "email"]


@admin.register(Measure)
class MeasureAdmin(NamedAdmin):
    facts = ["position"]
    columns = ["position"]


@admin.register(Snapshot)
class SnapshotAdmin(PlainAdmin):
    list_display = ["code", "measure", "as_of", "groups", "instrument", "value", "out_of"]
    list_select_related = ["measure", "instrument"]
    list_filter = ["measure", "instrument"]
    fields = ["code", "measure", "as_of", "groups", "instrument", "value", "out_of", *PROVENANCE]


@admin.register(ReviewDocument)
class ReviewDocumentAdmin(PlainAdmin):
    list_display = ["symbol", "title", "review", "cluster", "kind", "date", "publicity"]
    list_select_related = ["review__country", "cluster", "kind"]
    fields = [
        "review",
        "cluster",
        "kind",
        "symbol",
        "title",
        "date",
        "publicity",
        "url_ar",
        "url_zh",
        "url_en",
        "url_fr",
        "url_ru",
        "url_es",
        *PROVENANCE,
    ]


@admin.register(ReviewingState)
class ReviewingStateAdmin(PlainAdmin):
    list_display = ["review", "instrument", "reviewer", "source_date"]
    list_select_related = ["review__country", "instrument", "reviewer"]
    list_filter = ["instrument"]
    fields = ["review", "instrument", "reviewer", *PROVENANCE]


@admin.register(Handout)
class HandoutAdmin(PlainAdmin):
    """One text per language; what is not wanted is put away, not deleted."""

    list_display = ["title", "slug", "language", "kind", "position", "is_shown", "updated_at"]
    list_filter = ["language", "kind", "is_shown"]
    search_fields = ["title", "body"]
    fields = ["slug", "language", "kind", "position", "title", "lead", "body", "is_shown"]

    def formfield_for_dbfield(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if db_field.name == "body" and field is not None:
            field.widget.attrs["rows"] = 24
        return field
