"""The picture of a profile, for those who manage it."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from accounts.people.decorators import act_view, form_view
from accounts.people.requests import SignedIn
from core.forms import refusal_on
from core.views import refusal_as_warning
from stakeholders.entries.views import edited_entry
from stakeholders.logos import actions
from stakeholders.logos.forms import LogoForm
from stakeholders.logos.queries import own_logo


@form_view(fresh=True)
def logo(request: SignedIn, pk: int) -> HttpResponse:
    stakeholder = edited_entry(request, pk)
    stored_logo = own_logo(stakeholder, request.user)
    form = LogoForm(stakeholder=stakeholder, logo=stored_logo)
    if request.method == "POST":
        form = LogoForm(request.POST, request.FILES, stakeholder=stakeholder, logo=stored_logo)
        if form.is_valid():
            with refusal_on(form):
                actions.set_logo(
                    stakeholder,
                    actor=request.user,
                    upload=form.cleaned_data["logo"] or None,
                    alt=form.cleaned_data["alt"],
                )
                messages.success(request, _("The profile shows the picture now."))
                return redirect("stakeholders:manage", pk)
    context = {"stakeholder": stakeholder, "logo": stored_logo, "form": form}
    return render(request, "stakeholders/logos/logo.html", context)


@act_view()
def logo_remove(request: SignedIn, pk: int) -> HttpResponse:
    stakeholder = edited_entry(request, pk)
    with refusal_as_warning(request):
        actions.remove_logo(stakeholder, actor=request.user)
        messages.success(request, _("The picture is removed. The profile shows initials."))
    return redirect("stakeholders:manage", pk)
