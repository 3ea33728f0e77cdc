"""The desk's list of trusted mail domains, with what was on it before."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import F
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from core.errors import DomainError
from stakeholders.actions.trust import end_trust, trust_domain
from stakeholders.forms.trust import TrustForm
from stakeholders.models import TrustedDomain


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def domains(request: HttpRequest) -> HttpResponse:
    """The list; one form adds to it, one button beside each takes it off."""
    if not request.user.has_perm("stakeholders.keep_domains"):
        raise Http404
    form = TrustForm()
    if request.method == "POST":
        if request.POST.get("end", "").isdecimal():
            return _end(request)
        form = TrustForm(request.POST)
        if form.is_valid() and _added(request, form):
            return redirect("vetting:domains")
    rows = TrustedDomain.objects.select_related("added_by", "ended_by")
    context = {"form": form, "rows": rows.order_by(F("ended_at").desc(nulls_first=True), "domain")}
    return render(request, "stakeholders/vetting/domains.html", context)


def _added(request: HttpRequest, form: TrustForm) -> bool:
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
    try:
        end_trust(trusted, actor=request.user)  # type: ignore[arg-type]  # login_required
    except DomainError as refusal:
        messages.warning(request, str(refusal))
    else:
        messages.success(request, _("The domain is off the list."))
    return redirect("vetting:domains")
