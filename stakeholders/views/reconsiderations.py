"""The applicant's page to ask, once, that somebody else looks at a refusal."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from core.errors import DomainError, WrongState
from stakeholders.actions.reconsiderations import ask_for_reconsideration
from stakeholders.forms.judging import AskAgainForm
from stakeholders.models import Application
from stakeholders.queries.reconsiderations import may_still_ask, reconsider_until


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def reconsideration(request: HttpRequest, pk: int) -> HttpResponse:
    """The form while it may be asked; afterwards the page of the application says how it stands."""
    mine = Application.objects.visible_to(request.user).filter(applicant=request.user.pk)
    application = get_object_or_404(mine, pk=pk)
    form = AskAgainForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            ask_for_reconsideration(
                application,
                actor=request.user,  # type: ignore[arg-type]  # login_required
                reason=form.cleaned_data["reason"],
            )
        except WrongState as late:
            messages.warning(request, str(late))
            return redirect("stakeholders:application", pk)
        except DomainError as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Your request is with the desk. We have sent you a mail about it."))
            return redirect("stakeholders:application", pk)
    if not may_still_ask(application):
        return redirect("stakeholders:application", pk)
    context = {"application": application, "form": form, "until": reconsider_until(application)}
    return render(request, "stakeholders/registration/reconsideration.html", context)
