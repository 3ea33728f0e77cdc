"""The certificate of attendance: a page and a paper of one's own, and the public check of its code."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from accounts.people.decorators import form_view, page_view
from accounts.people.requests import SignedIn
from core import pdf
from core.limits import spend, visitor_of
from events.registrations.certificate_pdf import certificate_pdf
from events.registrations.forms import CertificateForm
from events.registrations.models import Registration
from events.registrations.views import the_registration

MOST, SECONDS = 60, 3600  # checks from one address of the network


@page_view(fresh=True)
def certificate(request: SignedIn, pk: int) -> HttpResponse:
    registration = _certified_registration(request, pk)
    context = {"registration": registration, "event": registration.event}
    return render(request, "events/registrations/certificate.html", context)


@page_view(fresh=True)
def certificate_paper(request: SignedIn, pk: int) -> HttpResponse:
    """Return the certificate as PDF."""
    registration = _certified_registration(request, pk)
    response = HttpResponse(certificate_pdf(registration), content_type=pdf.TYPE)
    response["Content-Disposition"] = f'attachment; filename="certificate-{registration.pk}.pdf"'
    return response


def _certified_registration(request: SignedIn, pk: int) -> Registration:
    """Return a registration with a certificate: the person's own, or any for whoever runs events.

    An administrator of a delegation gets 404.
    """
    registration = the_registration(request, pk)
    is_theirs = registration.user_id == request.user.pk or request.user.has_perm(
        "events.run_registrations", registration.event
    )
    if not is_theirs or registration.user is None or not registration.has_certificate:
        raise Http404
    return registration


@form_view(public=True, fresh=True)
def certificates(request: HttpRequest) -> HttpResponse:
    """Show what a code certifies. One that never was and one that was withdrawn answer alike."""
    form = CertificateForm(request.POST or None, initial={"code": request.GET.get("code", "")[:24]})
    context: dict[str, Any] = {"form": form, "is_checked": False}
    if request.method == "POST" and form.is_valid():
        spend("events.certificates", visitor_of(request), most=MOST, seconds=SECONDS)
        certified = Registration.objects.certified().select_related(
            "user", "rules__event__country", "certificate"
        )
        registration = certified.filter(certificate__code=form.cleaned_data["code"]).first()
        context |= {"is_checked": True, "registration": registration}
    return render(request, "events/registrations/certificates.html", context)
