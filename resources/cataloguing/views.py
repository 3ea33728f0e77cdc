"""The desk decides which suggested articles records of the library are filed under, article by article."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import ngettext

from accounts.people.decorators import form_view, page_view
from accounts.people.requests import SignedIn
from core.text import whole
from resources.cataloguing import queries
from resources.cataloguing.actions import confirm_suggestions, remove_suggestions
from taxonomy.law.models import Article


@page_view(permission="resources.curate_resources")
def suggested_articles(request: SignedIn) -> HttpResponse:
    articles: list[Any] = list(queries.articles_with_suggestions(request.user))
    context = {"articles": articles, "waiting": sum(article.waiting for article in articles)}
    return render(request, "resources/cataloguing/articles.html", context)


@form_view(permission="resources.curate_resources")
def suggested_for_article(request: SignedIn, instrument: str, number: int) -> HttpResponse:
    """List the records for which an article is suggested; confirm or remove those chosen."""
    articles = Article.objects.visible_to(request.user).select_related("instrument")
    article = get_object_or_404(articles, instrument=instrument, number=number)
    if request.method == "POST":
        chosen = [whole(number) for number in request.POST.getlist("chosen")]
        if "remove" in request.POST:
            done = remove_suggestions(chosen, actor=request.user)
            text = ngettext("%(count)s suggestion was removed.", "%(count)s suggestions were removed.", done)
        else:
            done = confirm_suggestions(chosen, actor=request.user)
            text = ngettext(
                "%(count)s resource was added to the article.",
                "%(count)s resources were added to the article.",
                done,
            )
        messages.success(request, text % {"count": done})
        left = queries.waiting_suggestions(request.user).filter(article=article).exists()
        if left:
            return redirect("resourcedesk:suggested_for_article", instrument, number)
        return redirect("resourcedesk:suggested_articles")
    waiting = queries.waiting_suggestions(request.user).filter(article=article)
    rows = waiting.select_related("resource").order_by("resource__title", "pk")
    context = {"article": article, "rows": rows}
    return render(request, "resources/cataloguing/article.html", context)
