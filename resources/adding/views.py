"""Adding a resource in three steps: for the desk, and for a stakeholder's people who suggest one.

The draft is there once the first step is sent, so that nothing is lost; each step may be opened again. The
pages of `workflow.writing` know one form a row and no desk, so the steps keep their own.
"""

from collections.abc import Sequence
from functools import partial
from typing import Any, cast

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.people.decorators import act_view, form_view
from accounts.people.models import User
from accounts.people.requests import SignedIn
from core import autosaves, scanning
from core.forms import refusal_on, renew_version, save_on, wants_rows
from core.partial_pages import is_part
from core.resumed_posts import forget_unsaved, to_sign_in, typed_before
from resources.adding import actions
from resources.adding.enums import STEPS
from resources.adding.forms import CheckForm, DescribeForm, FileOrLinkForm
from resources.adding.queries import file_of, read_from_file
from resources.curation import actions as curation_actions
from resources.curation.queries import guidance, same_symbol
from resources.curation.views import record_for_desk
from resources.curation.views_moves import who_reads
from resources.files.queries import with_files
from resources.records.actions import gaps
from resources.records.models import Resource
from resources.records.queries import facts_of
from resources.suggestions import actions as suggestions_actions
from resources.suggestions.views import own_suggestion, what_follows
from stakeholders.entries.models import Stakeholder
from stakeholders.entries.queries import written_for_by
from stakeholders.trust.enums import Trust
from stakeholders.trust.queries import levels_of

# A field that lacks something → its step; what is not here is described in the second.
STEP_OF = {"link": "file", "audience": "check"}


# --- The first step, which begins the draft -----------------------------------------------------------------
@form_view(permission="resources.curate_resources", fresh=True)
def new(request: SignedIn) -> HttpResponse:
    return _begin(request, None)


@form_view(fresh=True)
def suggest(request: SignedIn) -> HttpResponse:
    return _begin(request, list(written_for_by(request.user)))


def _begin(request: SignedIn, stakeholders: Sequence[Stakeholder] | None) -> HttpResponse:
    form = FileOrLinkForm(request.POST or None, request.FILES or None, stakeholders=stakeholders)
    if request.method == "POST" and form.is_valid():
        clean = form.cleaned_data
        chosen = clean.get("stakeholder")
        with refusal_on(form):
            resource = actions.begin(
                actor=request.user,
                stakeholder=next(
                    (stakeholder for stakeholder in stakeholders or () if str(stakeholder.pk) == chosen), None
                ),
                link=clean["link"],
                upload=clean["upload"],
            )
            messages.success(request, _draft_saved_message(resource))
            return redirect(_address(resource, "describe"))
        form.ask_again()
    more = {"stakeholders": stakeholders, "desk": stakeholders is None}
    return _page(request, None, "file", form, **more)


def _draft_saved_message(resource: Resource) -> str:
    if resource.is_suggestion:
        return _("Your draft is saved. You can go on whenever you like.")
    return _("The draft is saved. Only the desk sees it.")


def _address(resource: Resource, step: str, name: str = "add") -> str:
    return reverse(
        f"{'resources' if resource.is_suggestion else 'resourcedesk'}:{name}", args=[resource.pk, step]
    )


def _own_page(resource: Resource) -> str:
    name = "resources:suggestion" if resource.is_suggestion else "resourcedesk:record"
    return reverse(name, args=[resource.pk])


def _page(request: HttpRequest, resource: Resource | None, step: str, form: Any, **more: Any) -> HttpResponse:
    codes = [*STEPS]
    at = codes.index(step)
    context = {
        "resource": resource,
        "desk": resource is not None and not resource.is_suggestion,
        "form": form,
        "step_label": STEPS[step],
        "number": at + 1,
        "total": len(codes),
        "steps": [(_address(resource, code) if resource else "", label, "") for code, label in STEPS.items()],
        **more,
    }
    if resource:
        context["first"] = _address(resource, codes[0])
        context["before"] = _address(resource, codes[max(at - 1, 0)])
        context["autosave_url"] = _address(resource, step, "add_autosave")
    return render(request, f"resources/adding/{step}.html", context)


# --- The steps of a draft -----------------------------------------------------------------------------------
@form_view(public=True, fresh=True)
def step(request: HttpRequest, pk: int, step: str, *, desk: bool = False) -> HttpResponse:
    if step not in STEPS:
        raise Http404
    if not request.user.is_authenticated:
        return to_sign_in(request, _unsaved_name(pk, step))
    resource = _draft(request, pk, desk=desk)
    if not resource.is_draft:
        if request.method == "POST":
            messages.warning(request, _("It has been submitted already. What you typed was not saved."))
        return redirect(_own_page(resource))
    return _VIEWS[step](request, resource)


def _unsaved_name(pk: int, step: str) -> str:
    return f"resource:{pk}:{step}"


def _draft(request: HttpRequest, pk: int, *, desk: bool) -> Resource:
    """Return the draft of this person, or of the desk. Raises Http404 for any other."""
    if not desk:
        return own_suggestion(request, pk, writes=True)
    resource = record_for_desk(request, pk, "resources.edit_resource")
    if resource.is_suggestion:
        raise Http404
    return resource


def _file(request: HttpRequest, resource: Resource) -> HttpResponse:
    link = resource.editions.filter(is_original=True).values_list("link", flat=True).first() or ""
    initial = {"link": link, "version": resource.version}
    form = FileOrLinkForm(request.POST or None, request.FILES or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        clean = form.cleaned_data

        def put() -> Resource:
            return actions.put_file(
                resource,
                actor=cast("User", request.user),
                version=clean["version"] or 0,
                link=clean["link"],
                upload=clean["upload"],
            )

        if saved := save_on(form, put, partial(Resource.objects.get, pk=resource.pk)):
            return _redirect_after_saving(request, saved, "describe")
        form.ask_again()
    more = {"file": file_of(resource), "scans": scanning.is_set()}
    return _page(request, resource, "file", form, **more)


def _redirect_after_saving(request: HttpRequest, resource: Resource, following: str) -> HttpResponse:
    if "later" not in request.POST:
        return redirect(_address(resource, following))
    messages.success(request, _draft_saved_message(resource))
    return redirect(_own_page(resource))


def _describe(request: HttpRequest, resource: Resource) -> HttpResponse:
    read = read_from_file(resource)
    proposed = read.proposed if read and not resource.title else {}
    if request.method != "POST" and is_part(request, "reading"):
        part = {"resource": resource, "read": read, "proposed": proposed, "arrived": True}
        return render(request, "resources/adding/describe.html#reading", part)
    more = {"read": read, "proposed": proposed, "guidance": guidance()}
    if request.method != "POST":
        form = _form_typed_before(request, resource, "describe") or DescribeForm(
            resource=resource, proposed=proposed
        )
        return _page(request, resource, "describe", form, **more)
    form = DescribeForm(request.POST, resource=resource, proposed=proposed)
    whole = not wants_rows(request.POST) and form.is_valid()
    if not whole or not (saved := _save_if_unchanged(request, form, resource)):
        return _page(request, resource, "describe", form, **more)
    forget_unsaved(request, _unsaved_name(resource.pk, "describe"))
    missing = {name: text for name, text in gaps(saved).items() if name in form.fields}
    if "later" in request.POST or not missing:
        return _redirect_after_saving(request, saved, "check")
    renew_version(form, saved.version)
    for name, text in missing.items():
        form.add_error(name, text)
    return _page(request, saved, "describe", form, **more)


def _form_typed_before(request: HttpRequest, resource: Resource, step: str) -> Any:
    """Return the form of the step with what was sent after the session had ended, or None."""
    typed = typed_before(request, _unsaved_name(resource.pk, step))
    if typed is None:
        return None
    form = _FORMS[step](typed, resource=resource)
    if str(typed.get("version", "")) != str(resource.version) and form.is_valid():
        form.take_note_of(resource)
    return form


def _save_if_unchanged(request: HttpRequest, form: Any, resource: Resource) -> Resource | None:
    """Save the form. Return None where the saving is refused; the form then shows why."""
    return save_on(
        form, lambda: _save(request, form, resource), partial(Resource.objects.get, pk=resource.pk)
    )


def _save(request: HttpRequest, form: Any, resource: Resource) -> Resource:
    return actions.save(
        resource,
        actor=cast("User", request.user),
        version=form.cleaned_data["version"],
        facts=form.facts(),
        note=form.cleaned_data.get("note"),
    )


def _check(request: HttpRequest, resource: Resource) -> HttpResponse:
    if request.method != "POST":
        form = _form_typed_before(request, resource, "check") or CheckForm(resource=resource)
        return _check_page(request, resource, form)
    form = CheckForm(request.POST, resource=resource)
    if not form.is_valid() or not (saved := _save_if_unchanged(request, form, resource)):
        return _check_page(request, resource, form)
    forget_unsaved(request, _unsaved_name(resource.pk, "check"))
    if "later" in request.POST:
        return _redirect_after_saving(request, saved, "check")
    with refusal_on(form):
        messages.success(request, _publish_or_submit(request, saved))
        return redirect(_own_page(saved))
    renew_version(form, saved.version)
    return _check_page(request, saved, form)


def _publish_or_submit(request: HttpRequest, resource: Resource) -> str:
    """Publish a record of the desk or submit a suggestion. Return the message for the person."""
    actor = cast("User", request.user)
    if resource.is_suggestion:
        return what_follows(suggestions_actions.submit(resource, actor=actor))
    shown = curation_actions.publish(resource, actor=actor, version=resource.version)
    return " ".join((_("The resource is published."), who_reads(actor, shown)))


def _check_page(request: HttpRequest, resource: Resource, form: CheckForm) -> HttpResponse:
    at_once = False
    if resource.suggested_for is not None:
        at_once = levels_of(cast("User", request.user), resource.suggested_for).lowest == Trust.TRUSTED
    facts = {name: value for name, value in facts_of(resource).items() if name != "audience"}
    missing = {name: text for name, text in gaps(resource).items() if name != "audience"}
    more = {
        "facts": facts,
        "editions": with_files(request.user, resource.editions.all()),
        "missing": [
            (_address(resource, STEP_OF.get(name, "describe")), name, text) for name, text in missing.items()
        ],
        "at_once": at_once,
        "guidance": guidance(),
        "same_symbol": same_symbol(request.user, resource),
    }
    return _page(request, resource, "check", form, **more)


_VIEWS = {"file": _file, "describe": _describe, "check": _check}
_FORMS: dict[str, Any] = {"describe": DescribeForm, "check": CheckForm}


@act_view(public=True, fresh=True)
def autosave(request: HttpRequest, pk: int, step: str, *, desk: bool = False) -> JsonResponse:
    if step not in _FORMS:
        raise Http404
    if not request.user.is_authenticated:
        return autosaves.signed_out()
    resource = _draft(request, pk, desk=desk)
    if not resource.is_draft:
        return autosaves.refusal_answer(_("It has been submitted."))
    form = _FORMS[step](request.POST, resource=resource)
    return autosaves.autosave(request, _unsaved_name(pk, step), form, lambda: _save(request, form, resource))
