"""What the pages of those who write and of the desk share."""

from typing import Any

from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from core.errors import DomainError, TooMany, WrongState
from core.forms import blame
from news.actions import writing
from news.forms.stories import WriteForm
from news.models import Story


def the_story(request: HttpRequest, pk: int, verb: str, *, desk: bool) -> Story:
    """A story with which the person may do this; for anybody else it is not there."""
    rows = Story.objects.visible_to(request.user).select_related("language", "stakeholder", "original")
    story = get_object_or_404(rows, pk=pk)
    user: Any = request.user
    if desk and not user.has_perm("news.curate_stories"):
        raise Http404
    if not desk and not user.memberships.filter(stakeholder=story.stakeholder_id).exists():
        raise Http404
    if not user.has_perm(f"news.{verb}_story", story):
        raise Http404
    return story


def saved(request: HttpRequest, story: Story, form: WriteForm) -> Story | None:
    """The story as it was kept; None where it was not: then the form says why and keeps what was typed."""
    user: Any = request.user
    version = form.cleaned_data.get("version")
    try:
        return writing.save_story(
            story, actor=user, version=-1 if version is None else version, values=form.values()
        )
    except TooMany:
        raise
    except WrongState as late:
        form.add_error(None, str(late))
        form.go_on_from(Story.objects.values_list("version", flat=True).get(pk=story.pk))
    except DomainError as refusal:
        blame(form, refusal)
    return None


def act_page(request: HttpRequest, story: Story, form: Form, *, back: str, **more: Any) -> HttpResponse:
    """The one page on which something is done with a story."""
    context = {"story": story, "form": form, "back": back, **more}
    return render(request, "news/stories/act.html", context)
