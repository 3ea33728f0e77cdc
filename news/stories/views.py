"""Stories as everybody reads them: the list, its feed, one story."""

from functools import partial
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from accounts.people.decorators import page_view
from core.forms import save_on
from core.views import gone
from news.stories import actions, queries
from news.stories.enums import WithdrawReason
from news.stories.feeds import atom_of, linked_data
from news.stories.filters import StoryFilter
from news.stories.forms import WriteForm
from news.stories.models import Story
from news.stories.texts import pieces
from stakeholders.entries.queries import written_for_by
from taxonomy.names.sorting import content_language

PER_PAGE = 20


@page_view(public=True)
def story_list(request: HttpRequest) -> HttpResponse:
    filters = _story_filter(request)
    rows = queries.with_lines(queries.one_of_each(filters.qs)).order_by("-publish_at", "-pk")
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    user: Any = request.user
    context = {
        "filters": filters,
        "page": page,
        "facets": [filters.facet(name, _counts(filters, name)) for name in ("topic", "country", "language")],
        "query": urlencode(filters.question),
        "chips": filters.chips(),
        "not_understood": filters.not_understood,
        "may_write": written_for_by(user).exists(),
        "at_desk": user.has_perm("news.curate_stories"),
    }
    return render(request, "news/stories/list.html", context)


def _counts(filters: StoryFilter, name: str) -> dict[str, int]:
    rows = filters.without(name)
    return queries.facet_counts(rows if name == "language" else queries.one_of_each(rows), name)


@page_view(public=True)
def feed(request: HttpRequest) -> HttpResponse:
    """Return the feed of the newest stories that match the filters, in the language of this address."""
    filters = _story_filter(request)
    labels = [filters.label_of(name, code) for name, code in filters.question]
    query = f"?{urlencode(filters.question)}" if filters.question else ""
    text = atom_of(
        request.user,
        queries.for_feed(filters.qs),
        title=_("Stories: %(asked)s") % {"asked": ", ".join(labels)} if labels else _("WhatsOn: stories"),
        link=settings.SITE_URL + reverse("news:list") + query,
        own=settings.SITE_URL + request.get_full_path(),
    )
    return HttpResponse(text, content_type="application/atom+xml; charset=utf-8")


def _story_filter(request: HttpRequest) -> StoryFilter:
    stakeholders = queries.stakeholders_with_stories(request.user)
    rows = queries.current(request.user)
    return StoryFilter(request.GET, rows, stakeholders=stakeholders, request=request)


@page_view(public=True)
def by_number(request: HttpRequest, pk: int) -> HttpResponse:
    rows = Story.objects.visible_to(request.user) | Story.objects.tombstones()
    return redirect(get_object_or_404(rows, pk=pk))


@page_view(public=True)
def story_page(request: HttpRequest, pk: int, slug: str) -> HttpResponse:
    """Show a story. Readers are redirected to the version in their language, unless they ask for this one."""
    buried = Story.objects.tombstones().filter(pk=pk).first()
    if buried is not None:
        return _tombstone(request, buried)
    rows = Story.objects.visible_to(request.user).select_related("language", "stakeholder", "author")
    story = rows.filter(pk=pk).first()
    if story is None:
        raise Http404
    if slug != story.slug:
        return redirect(story, permanent=story.is_public)
    versions = queries.versions_of(request.user, story)
    language = content_language()
    if story.is_public and story.language_id != language and "language" not in request.GET:
        better = next(
            (version for version in versions if version.language_id == language and version.is_public), None
        )
        if better is not None:
            return redirect(better)
    user: Any = request.user
    context = {
        **text_context(story),
        "versions": [version for version in versions if version.pk != story.pk],
        "at_desk": user.has_perm("news.curate_stories"),
        "is_own": user.has_perm("news.submit_story", story),
        "is_author_named": story.stakeholder is not None and story.stakeholder.is_named_to(user),
    }
    if story.is_public:
        context["linked_data"] = linked_data(
            user, story, context["images"], context["topics"], context["countries"]
        )
    return render(request, "news/stories/story.html", context)


def text_context(story: Story) -> dict[str, Any]:
    """Return the template context of a story's text: images, pieces, topics and countries."""
    images = list(story.images.all())
    return {
        "story": story,
        "images": images,
        "pieces": pieces(story.text, images),
        "topics": list(story.topics.in_order()),
        "countries": list(story.countries.in_order()),
    }


def _tombstone(request: HttpRequest, story: Story) -> HttpResponse:
    """Show title, day, reason and public note of a withdrawn story; nothing else of it."""
    day = date_format(localtime(story.withdrawn_at)) if story.withdrawn_at else ""
    return gone(
        request,
        message=_("The story “%(title)s” was withdrawn on %(day)s. Reason: %(reason)s.")
        % {"title": story.title, "day": day, "reason": WithdrawReason(story.withdrawn_for).label},
        note=story.withdrawn_note,
    )


# --- What the pages of those who write and of the desk share -----------------------------------------


def story_or_404(request: HttpRequest, pk: int, permission: str, *, desk: bool) -> Story:
    """Return a story with which the person may do this, or raise Http404."""
    rows = Story.objects.visible_to(request.user).select_related("language", "stakeholder", "original")
    story = get_object_or_404(rows, pk=pk)
    user: Any = request.user
    if desk and not user.has_perm("news.curate_stories"):
        raise Http404
    if not desk and not user.memberships.filter(stakeholder=story.stakeholder_id).exists():
        raise Http404
    if not user.has_perm(permission, story):
        raise Http404
    return story


def save_form(request: HttpRequest, story: Story, form: WriteForm) -> Story | None:
    """Return the saved story, or None: then the form says why, and still has what was typed."""
    user: Any = request.user
    version = form.cleaned_data.get("version")
    save = partial(actions.save_story, story, actor=user, version=-1 if version is None else version)
    return save_on(form, lambda: save(values=form.values()), partial(Story.objects.get, pk=story.pk))


def words_about(story: Story, *, desk: bool) -> dict[str, Any]:
    """Return the template context of a page with one act on a story: title, breadcrumb and way back."""
    home = ("newsdesk:home", _("Stories at the desk")) if desk else ("news:own", _("Our stories"))
    back = reverse("newsdesk:story" if desk else "news:own_story", args=[story.pk])
    return {
        "template": "news/stories/act.html",
        "title_name": story.title,
        "steps": [home, (back, story.title)],
        "story": story,
        "about": story.title,
        "language": story.language_id,
        "back": back,
        "back_text": _("Back without doing it"),
    }
