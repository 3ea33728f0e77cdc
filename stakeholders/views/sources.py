"""How far the desk trusts those who send stories and suggest records for the library."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from accounts.people.queries import person_with_address
from accounts.people.requests import SignedIn
from core.errors import DomainError
from core.forms import blame
from stakeholders.actions.sources import end_trust, trust_source
from stakeholders.forms.sources import SourceForm
from stakeholders.models import SourceTrust, Stakeholder


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def sources(request: SignedIn) -> HttpResponse:
    """Whose suggestions and stories are published at once, and whose are kept on hold (K-03)."""
    _must_trust(request)
    form = SourceForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid() and _trusted(request, form):
        messages.success(request, _("This is how far the source is trusted from now on."))
        return redirect("vetting:sources")
    rows = SourceTrust.objects.visible_to(request.user).standing()
    context = {"form": form, "rows": rows.select_related("person", "stakeholder", "given_by")}
    return render(request, "stakeholders/vetting/sources.html", context)


def _must_trust(request: SignedIn) -> None:
    if not request.user.has_perm("stakeholders.trust_sources"):
        raise Http404


def _trusted(request: SignedIn, form: SourceForm) -> bool:
    person, stakeholder = None, None
    if address := form.cleaned_data["person"]:
        person = person_with_address(address)
        if person is None:
            form.add_error("person", _("Nobody has an account with this address."))
    if number := form.cleaned_data["stakeholder"]:
        stakeholder = Stakeholder.objects.visible_to(request.user).filter(pk=number).first()
        if stakeholder is None:
            form.add_error("stakeholder", _("There is no stakeholder of this number."))
    if form.errors:
        return False
    said = {**form.cleaned_data, "person": person, "stakeholder": stakeholder}
    try:
        trust_source(actor=request.user, **said)
    except DomainError as refusal:
        blame(form, refusal)
        return False
    return True


@login_required
@require_POST
def end_source(request: SignedIn, pk: int) -> HttpResponse:
    _must_trust(request)
    row = get_object_or_404(SourceTrust.objects.visible_to(request.user), pk=pk)
    try:
        end_trust(row, actor=request.user)
    except DomainError as refusal:
        messages.warning(request, str(refusal))
    else:
        messages.success(request, _("The source is read first from now on, as any other."))
    return redirect("vetting:sources")
