"""Who the regional focal points are, as everybody may know it, and writing to them through the portal."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from accounts.people.decorators import form_view, page_view
from accounts.people.requests import SignedIn
from coordination.focal_points import actions
from coordination.focal_points.forms import EnquiryForm, LineForm
from coordination.focal_points.models import Enquiry
from coordination.focal_points.queries import focal_points, named_terms
from core.errors import DomainError
from core.forms import blame
from core.views import act_page
from stakeholders.appointments.models import Appointment
from taxonomy.places.map_marks import HEIGHT, WIDTH

PER_PAGE = 25


@page_view(public=True)
def focal_point_list(request: HttpRequest) -> HttpResponse:
    people, parts = focal_points()
    context = {
        "people": people,
        "parts": parts,
        "covered": sum(len(part.covered) for part in parts),
        "gaps": sum(len(part.gaps) for part in parts),
        "width": WIDTH,
        "height": HEIGHT,
    }
    return render(request, "coordination/focal_points/list.html", context)


@form_view(fresh=True)
def write(request: SignedIn, pk: int) -> HttpResponse:
    """Write to somebody who agreed to be named."""
    user: Any = request.user
    agreement = named_terms().get(pk)
    if agreement is None or agreement.user_id == user.pk:
        raise Http404
    form = EnquiryForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            enquiry = actions.write(Appointment.objects.get(pk=pk), actor=user, **form.cleaned_data)
        except DomainError as refusal:
            blame(form, refusal)
        else:
            messages.success(request, _("Your message is on its way. The answer comes to this page."))
            return redirect(enquiry)
    name = agreement.user.name
    return act_page(
        request,
        form,
        heading=_("Write a message"),
        title=_("Write to %(name)s") % {"name": name},
        about=name,
        text=_(
            "The portal passes your message on. They see your name; neither side sees the other's address. "
            "You receive the answer here and by e-mail."
        ),
        steps=[("regional:focal_points", _("Regional focal points"))],
        button=_("Send the message"),
        back="regional:focal_points",
        back_text=_("Back without writing"),
    )


@page_view(fresh=True)
def enquiry_list(request: SignedIn) -> HttpResponse:
    """List what the person asked, and what they are asked."""
    rows = Enquiry.objects.visible_to(request.user).select_related("sender", "appointment__user").distinct()
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    return render(request, "coordination/focal_points/enquiries.html", {"page": page})


@form_view(fresh=True)
def enquiry(request: SignedIn, pk: int) -> HttpResponse:
    """Show one enquiry; a POST adds a message."""
    user: Any = request.user
    rows = Enquiry.objects.visible_to(user).select_related("sender", "appointment__user").distinct()
    enquiry = get_object_or_404(rows, pk=pk)
    mine = enquiry.sender_id == user.pk
    # Whoever answers holds a role that may sleep in this session.
    if not mine and not user.has_perm("coordination.answer_enquiry", enquiry):
        raise Http404
    form = LineForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.go_on(enquiry, actor=user, **form.cleaned_data)
        except DomainError as refusal:
            blame(form, refusal)
        else:
            messages.success(request, _("Sent."))
            return redirect(enquiry)
    context = {
        "enquiry": enquiry,
        "mine": mine,
        "lines": enquiry.lines.select_related("author"),
        "form": None if mine and enquiry.appointment.is_over else form,
    }
    return render(request, "coordination/focal_points/enquiry.html", context)
