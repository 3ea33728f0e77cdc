"""The lists as the desk edits them. Codes never change, nothing is deleted, every change is a revision."""

from typing import Any, cast

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db import models
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from accounts.people.models import User
from core.errors import DomainError
from taxonomy.curation.actions import merge_terms, save_row
from taxonomy.curation.forms import MergeForm
from taxonomy.curation.queries import revisions_of
from taxonomy.law.models import Article, ArticleText, Cluster, Instrument, Participation
from taxonomy.names.enums import UN_LANGUAGES
from taxonomy.places.models import AreaMapping, Country, Region
from taxonomy.synonyms.models import Synonym
from taxonomy.terms.models import EngagementArea, Language, Topic

NAMES = [f"name_{code}" for code in UN_LANGUAGES]
PROVENANCE = ["source", "source_date", "note"]


class ListAdmin(admin.ModelAdmin):
    """Saves through the action. Django's own log is not written: revisions and the audit say more."""

    object_history_template = "admin/taxonomy/history.html"
    list_per_page = 100

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> list[str]:
        fixed = [self.opts.pk.name] if obj else []
        return [*fixed, *super().get_readonly_fields(request, obj)]

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def formfield_for_dbfield(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if db_field.name in NAMES and field is not None:
            language = db_field.name.removeprefix("name_")
            direction = "rtl" if language == "ar" else "ltr"
            field.widget.attrs |= {"lang": language, "dir": direction}
        elif isinstance(db_field, models.TextField) and field is not None:
            field.widget.attrs |= {"rows": 3, "dir": "auto"}
        return field

    def formfield_for_foreignkey(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        """Offer choices as everywhere: living terms, in the order of the language in use."""
        other: Any = db_field.remote_field.model._default_manager
        kwargs.setdefault("queryset", other.all().offered().in_order())
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def save_model(self, request: HttpRequest, obj: models.Model, form: Any, change: bool) -> None:
        save_row(obj, actor=cast("User", request.user))

    def log_addition(self, request: HttpRequest, obj: Any, message: Any) -> None:  # type: ignore[override]
        pass

    def log_change(self, request: HttpRequest, obj: Any, message: Any) -> None:  # type: ignore[override]
        pass

    def history_view(
        self, request: HttpRequest, object_id: str, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        row = self.get_object(request, object_id)
        if row is None:
            raise Http404
        if not self.has_view_or_change_permission(request, row):
            raise PermissionDenied
        context = {
            **self.admin_site.each_context(request),
            "title": _t("Revisions of %(row)s") % {"row": row},
            "revisions": revisions_of(row, request.user),
            "object": row,
            "opts": self.opts,
        }
        return TemplateResponse(request, self.object_history_template, context)


class NamedAdmin(ListAdmin):
    facts: list[str] = []
    columns: list[str] = []
    list_filter = ["translation_status", "edited_by_hand"]

    def get_list_display(self, request: HttpRequest) -> list[Any]:
        return [self.opts.pk.name, "name", *self.columns, "translation_status", "edited_by_hand"]

    def get_search_fields(self, request: HttpRequest) -> list[str]:
        return [self.opts.pk.name, *NAMES]

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        rows: Any = super().get_queryset(request)
        return rows.in_order()

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> list[Any]:
        return [
            (None, {"fields": [self.opts.pk.name, *self.facts]}),
            (_("Names"), {"fields": [*NAMES, "translation_status"]}),
            (_("Where it comes from"), {"fields": PROVENANCE}),
        ]

    @admin.display(description=_("name"))
    def name(self, obj: Any) -> str:
        return str(obj)


@admin.register(Region)
class RegionAdmin(NamedAdmin):
    facts = ["level", "parent"]
    columns = ["level", "parent"]
    list_filter = ["level"]
    list_select_related = ["parent"]


@admin.register(Country)
class CountryAdmin(NamedAdmin):
    facts = ["iso2", "m49", "region", "subregion", "intermediate_region", "un_group", "status", "lat", "lon"]
    columns = ["iso2", "m49", "region", "un_group", "status"]
    list_filter = ["region", "un_group", "status", "edited_by_hand"]
    list_select_related = ["region"]


@admin.register(AreaMapping)
class AreaMappingAdmin(ListAdmin):
    list_display = ["code", "country", "note"]
    list_select_related = ["country"]
    search_fields = ["code", "note"]
    fields = ["code", "country", "note"]


@admin.register(Instrument)
class InstrumentAdmin(NamedAdmin):
    facts = ["position", "full_title", "parent", "reviewed", "adopted_on", "in_force_on", "resolution"]
    columns = ["parent", "reviewed", "in_force_on"]
    list_select_related = ["parent"]


@admin.register(Cluster)
class ClusterAdmin(NamedAdmin):
    facts = ["position", "verified"]
    columns = ["verified"]


@admin.register(Article)
class ArticleAdmin(NamedAdmin):
    facts = ["instrument", "number", "cluster", "cluster_source"]
    columns = ["instrument", "number", "cluster"]
    list_filter = ["instrument", "cluster"]
    list_select_related = ["instrument", "cluster"]


@admin.register(ArticleText)
class ArticleTextAdmin(ListAdmin):
    list_display = ["code", "article", "language", "source_date", "edited_by_hand"]
    list_filter = ["article__instrument", "language"]
    list_select_related = ["article"]
    search_fields = ["code", "text"]
    fields = ["code", "article", "language", "text", *PROVENANCE]
    ordering = ["article__instrument__position", "article__number", "language"]

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> list[str]:
        """Make article and language read-only, as the code follows from them."""
        return ["code", "article", "language"] if obj else ["code"]


@admin.register(Participation)
class ParticipationAdmin(ListAdmin):
    list_display = ["code", "party", "instrument", "is_party", "action", "date", "source_date"]
    list_filter = ["instrument", "is_party", "action"]
    list_select_related = ["country", "instrument"]
    search_fields = ["code", "organization", *(f"country__{name}" for name in NAMES)]
    fields = [
        "code",
        "country",
        "organization",
        "instrument",
        "is_party",
        "action",
        "date",
        "signed_on",
        *PROVENANCE,
    ]
    ordering = ["code"]

    @admin.display(description=_("party"))
    def party(self, obj: Participation) -> str:
        return str(obj.country or obj.organization)


class TermAdmin(NamedAdmin):
    actions = ["merge"]
    readonly_fields = ["merged_into"]
    list_select_related = ["merged_into"]

    def get_list_display(self, request: HttpRequest) -> list[Any]:
        return [*super().get_list_display(request), "merged_into"]

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> list[Any]:
        first, *rest = super().get_fieldsets(request, obj)
        if obj and obj.merged_into_id:
            first = (None, {"fields": [*first[1]["fields"], "merged_into"]})
        return [first, *rest]

    def has_merge_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm("taxonomy.merge_term")

    @admin.action(description=_("Merge into another term…"), permissions=["merge"])
    def merge(self, request: HttpRequest, queryset: QuerySet) -> HttpResponse | None:
        """Ask for the term first, then merge each of the chosen ones into it."""
        terms = list(queryset)
        form = MergeForm(request.POST if "into" in request.POST else None, terms=terms)
        if not form.is_valid():
            context = {
                **self.admin_site.each_context(request),
                "title": _t("Merge terms"),
                "terms": terms,
                "form": form,
                "opts": self.opts,
            }
            return TemplateResponse(request, "admin/taxonomy/merge.html", context)
        into = form.cleaned_data["into"]
        for term in terms:
            self._merge_one(request, term, into)
        return None

    def _merge_one(self, request: HttpRequest, term: Any, into: Any) -> None:
        try:
            moved = merge_terms(term, into, actor=cast("User", request.user))
        except DomainError as refusal:
            self.message_user(request, f"{term}: {refusal}", messages.ERROR)
        else:
            text = _t("%(term)s was merged into %(into)s. Links moved: %(moved)s.")
            done = text % {"term": term, "into": into, "moved": sum(moved.values())}
            self.message_user(request, done, messages.SUCCESS)


@admin.register(Topic)
class TopicAdmin(TermAdmin):
    facts = ["kind", "working_group", "parent"]
    columns = ["kind", "working_group", "parent"]
    list_filter = ["kind", "working_group", "translation_status", "edited_by_hand"]
    list_select_related = ["parent", "merged_into"]


@admin.register(EngagementArea)
class EngagementAreaAdmin(TermAdmin):
    pass


@admin.register(Language)
class LanguageAdmin(TermAdmin):
    facts = ["native_name", "official"]
    columns = ["native_name", "official"]
    list_filter = ["official"]


@admin.register(Synonym)
class SynonymAdmin(ListAdmin):
    list_display = ["text", "language", "means", "in_use", "edited_by_hand"]
    list_filter = ["in_use", "language", "edited_by_hand"]
    search_fields = ["text", "means"]
    fields = ["code", "means", "language", "text", "in_use", *PROVENANCE]
    ordering = ["means", "language", "text"]

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> list[str]:
        """Make read-only what the code follows from. A mistake is taken out of use and added anew."""
        return ["code", "means", "language", "text"] if obj else ["code"]
