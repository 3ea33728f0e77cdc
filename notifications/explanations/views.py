"""Why did I get this, and why did I not hear of that?"""

from typing import cast

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render

from accounts.people.decorators import page_view
from accounts.people.models import User
from accounts.people.requests import SignedIn
from core.text import whole
from notifications.explanations.queries import DAYS, answer, ledger, recent_happenings
from notifications.follows.models import Follow
from notifications.inbox.models import Notice


@page_view(fresh=True)
def why(request: SignedIn, pk: int) -> HttpResponse:
    reader = cast(User, request.user)
    notice = get_object_or_404(Notice.objects.visible_to(reader).select_related("digest"), pk=pk)
    notice_ledger = ledger(notice, reader)
    if notice_ledger is None:
        raise Http404
    return render(request, "notifications/explanations/why.html", {"ledger": notice_ledger})


@page_view(fresh=True)
def why_not(request: SignedIn) -> HttpResponse:
    """`?happening=12`: what stood in the way of one; without it, what there is to ask about."""
    reader = cast(User, request.user)
    number = request.GET.get("happening", "")
    context = {"days": DAYS, "follows_anything": Follow.objects.visible_to(reader).exists()}
    if number:
        missed = answer(reader, whole(number))
        if missed is None:
            raise Http404
        return render(request, "notifications/explanations/why_not.html", {**context, "answer": missed})
    return render(
        request, "notifications/explanations/why_not.html", {**context, "happened": recent_happenings(reader)}
    )
