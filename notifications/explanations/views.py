"""Why did I get this, and why did I not hear of that?"""

from typing import cast

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from accounts.people.models import User
from core.text import whole
from notifications.explanations.queries import DAYS, answer, ledger, recent_happenings
from notifications.follows.models import Follow
from notifications.inbox.models import Notice


@require_safe
@never_cache
@login_required
def why(request: HttpRequest, pk: int) -> HttpResponse:
    reader = cast(User, request.user)
    notice = get_object_or_404(Notice.objects.visible_to(reader).select_related("digest"), pk=pk)
    told = ledger(notice, reader)
    if told is None:
        raise Http404
    return render(request, "notifications/explanations/why.html", {"told": told})


@require_safe
@never_cache
@login_required
def why_not(request: HttpRequest) -> HttpResponse:
    """`?happening=12`: what stood in the way of one; without it, what there is to ask about."""
    reader = cast(User, request.user)
    asked = request.GET.get("happening", "")
    context = {"days": DAYS, "follows_anything": Follow.objects.visible_to(reader).exists()}
    if asked:
        found = answer(reader, whole(asked))
        if found is None:
            raise Http404
        return render(request, "notifications/explanations/why_not.html", {**context, "answer": found})
    return render(
        request, "notifications/explanations/why_not.html", {**context, "happened": recent_happenings(reader)}
    )
