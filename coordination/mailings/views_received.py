"""What regional focal points and the desk wrote to one's stakeholders, and answering it."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import get_language, get_language_info
from django.utils.translation import gettext as _

from accounts.people.decorators import form_view, page_view
from accounts.people.requests import SignedIn
from coordination.mailings import actions
from coordination.mailings.queries import received_copies, words_of
from core.errors import DomainError, TooMany
from core.forms import blame
from stakeholders.contact.forms import AnswerForm

PER_PAGE = 25


@page_view(fresh=True)
def home(request: SignedIn) -> HttpResponse:
    user: Any = request.user
    page = Paginator(received_copies(user), PER_PAGE).get_page(request.GET.get("page"))
    rows = [(copy, words_of(copy, user, get_language() or "en")) for copy in page.object_list]
    return render(request, "coordination/mailings/received/list.html", {"rows": rows, "page": page})


@form_view(fresh=True)
def letter(request: SignedIn, pk: int) -> HttpResponse:
    """One message as it was written to one stakeholder. The first answer begins a conversation."""
    user: Any = request.user
    copy = get_object_or_404(received_copies(user), pk=pk)
    form = AnswerForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            conversation = actions.answer(copy, actor=user, text=form.cleaned_data["text"])
        except TooMany as limit:
            form.add_error(None, str(limit))
        except DomainError as refusal:
            blame(form, refusal)
        else:
            messages.success(request, _("Sent. Answers come to this page and by e-mail."))
            return redirect(conversation)
    words = words_of(copy, user, get_language() or "en")
    context = {
        "copy": copy,
        "words": words,
        "direction": "rtl" if get_language_info(words.language)["bidi"] else "ltr",
        "may_answer": user.has_perm("coordination.answer_letter", copy),
        "form": form,
    }
    return render(request, "coordination/mailings/received/letter.html", context)
