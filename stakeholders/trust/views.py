"""The desk's lists of trusted mail domains and of sources."""

from django.contrib import messages
from django.db.models import F
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from accounts.people.decorators import act_view, form_view
from accounts.people.queries import person_with_address
from accounts.people.requests import SignedIn
from core.errors import DomainError
from core.forms import refusal_on
from core.views import refusal_as_warning
from stakeholders.entries.models import Stakeholder
from stakeholders.trust.actions import end_domain, trust_domain, trust_source
from stakeholders.trust.actions import end_source as stakeholders_end_source
from stakeholders.trust.forms import SourceForm, TrustForm
from stakeholders.trust.models import SourceTrust, TrustedDomain


@form_view(permission="stakeholders.keep_domains")
def domains(request: SignedIn) -> HttpResponse:
    """The list; one form adds to it, one button beside each takes it off."""
    form = TrustForm()
    if request.method == "POST":
        if request.POST.get("end", "").isdecimal():
            return _end(request)
        form = TrustForm(request.POST)
        if form.is_valid() and _add_domain(request, form):
            return redirect("vetting:domains")
    rows = TrustedDomain.objects.select_related("added_by", "ended_by")
    context = {"form": form, "rows": rows.order_by(F("ended_at").desc(nulls_first=True), "domain")}
    return render(request, "stakeholders/trust/domains.html", context)


def _add_domain(request: HttpRequest, form: TrustForm) -> bool:
    try:
        trust_domain(actor=request.user, **form.cleaned_data)  # type: ignore[arg-type]  # login_required
    except DomainError as refusal:
        for field, text in refusal.fields.items():
            form.add_error(field, text)
        return False
    messages.success(request, _("The domain is on the list."))
    return True


def _end(request: HttpRequest) -> HttpResponse:
    trusted = get_object_or_404(TrustedDomain, pk=int(request.POST["end"][:18]))
    with refusal_as_warning(request):
        end_domain(trusted, actor=request.user)  # type: ignore[arg-type]  # login_required
        messages.success(request, _("The domain is off the list."))
    return redirect("vetting:domains")


# --- How far the desk trusts those who send stories and suggest records for the library --------------
@form_view(permission="stakeholders.trust_sources")
def sources(request: SignedIn) -> HttpResponse:
    """Whose suggestions and stories are published at once, and whose are kept on hold (K-03)."""
    form = SourceForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid() and _save_source(request, form):
        messages.success(request, _("This is how far the source is trusted from now on."))
        return redirect("vetting:sources")
    rows = SourceTrust.objects.visible_to(request.user).standing()
    context = {"form": form, "rows": rows.select_related("person", "stakeholder", "given_by")}
    return render(request, "stakeholders/trust/sources.html", context)


def _save_source(request: SignedIn, form: SourceForm) -> bool:
    person, stakeholder = None, None
    if address := form.cleaned_data["person"]:
        person = person_with_address(address)
        if person is None:
            form.add_error("person", _("There is no account with this address."))
    if number := form.cleaned_data["stakeholder"]:
        stakeholder = Stakeholder.objects.visible_to(request.user).filter(pk=number).first()
        if stakeholder is None:
            form.add_error("stakeholder", _("There is no stakeholder with this number."))
    if form.errors:
        return False
    answers = {**form.cleaned_data, "person": person, "stakeholder": stakeholder}
    with refusal_on(form):
        trust_source(actor=request.user, **answers)
        return True
    return False


@act_view(permission="stakeholders.trust_sources")
def end_source(request: SignedIn, pk: int) -> HttpResponse:
    row = get_object_or_404(SourceTrust.objects.visible_to(request.user), pk=pk)
    with refusal_as_warning(request):
        stakeholders_end_source(row, actor=request.user)
        messages.success(request, _("The source is read first from now on, as any other."))
    return redirect("vetting:sources")
