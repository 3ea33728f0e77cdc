"""Links between branches and their parent: asked for, confirmed, ended; and what they mean for an approval.

Whoever confirms holds both entries, then the row that counts the directory's changes: of two links that
together would close a ring the second sees the first.
"""

from collections.abc import Sequence
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Q
from django.utils.timezone import now
from django.utils.translation import gettext as _

from accounts.people.models import User
from audit.actions import record
from core.errors import DomainError, WrongState
from core.limits import spend
from notifications.outbox.actions import notify_all
from stakeholders.applications.enums import ApplicationStatus
from stakeholders.applications.models import Application
from stakeholders.entries.enums import Status
from stakeholders.entries.models import DirectoryVersion, Stakeholder
from stakeholders.entries.queries import admins_of
from stakeholders.family.enums import Side
from stakeholders.family.models import FamilyLink
from stakeholders.family.queries import LINKABLE, linkable_to, may_set, named_parent, parents_of
from workflow.moves.actions import lock
from workflow.moves.queries import is_recused


def link(stakeholder: Stakeholder, other: int, *, is_parent: bool, actor: User) -> FamilyLink:
    """Ask `other` to be the parent (or, without `is_parent`, a branch) of this entry.

    By an administrator it then waits for the other end; by the desk it stands at once. Raises DomainError
    where `other` cannot be found by the actor, is no organization, or the link would be a second parent or
    close a ring.
    """
    with transaction.atomic():
        other_pk = linkable_to(actor).filter(pk=other).values_list("pk", flat=True).first()
        if other_pk is None or other_pk == stakeholder.pk:
            raise _field_error(_("Choose an organization from the list."))
        stakeholder, counterpart = _lock_both(stakeholder.pk, other_pk)
        leads = actor.has_perm("stakeholders.link_stakeholder", stakeholder)
        sets = may_set(actor, stakeholder) and may_set(actor, counterpart)
        if not leads and not sets:
            raise PermissionDenied
        branch, parent = (stakeholder, counterpart) if is_parent else (counterpart, stakeholder)
        _refuse_unfit(branch, parent)
        family_link = FamilyLink.objects.filter(branch=branch, parent=parent).first()
        side = Side.DESK if sets and not leads else Side.BRANCH if is_parent else Side.PARENT
        if family_link is None:
            if leads:
                spend("stakeholders.family", str(actor.pk), most=30, seconds=24 * 3600)
            family_link = FamilyLink.objects.create(branch=branch, parent=parent, asked_from=side)
            for end in (branch, parent):
                record(end, "stakeholders.family_asked", actor=actor, side=side.value)
        elif family_link.is_confirmed:
            raise WrongState(_("The two are linked already."))
        elif family_link.asked_from == side:
            raise WrongState(_("This has been asked already; the other organization has not answered yet."))
        if side == Side.DESK or family_link.asked_from != side:
            _confirm(family_link, branch, parent, actor)
        else:
            _tell(counterpart, stakeholder, "stakeholders.family_asked", family_link.pk)
    return family_link


def confirm_link(family_link: FamilyLink, *, actor: User) -> FamilyLink:
    """Confirm a link for the end that was asked, or for the desk."""
    with transaction.atomic():
        family_link, branch, parent = _lock_link(family_link)
        if family_link.is_confirmed:
            raise WrongState(_("The two are linked already."))
        ends_asked = {Side.BRANCH: (parent,), Side.PARENT: (branch,)}.get(Side(family_link.asked_from), ())
        leads = any(actor.has_perm("stakeholders.link_stakeholder", end) for end in ends_asked)
        if not leads and not (may_set(actor, branch) and may_set(actor, parent)):
            raise PermissionDenied
        _refuse_unfit(branch, parent)
        _confirm(family_link, branch, parent, actor)
    return family_link


def end_link(family_link: FamilyLink, *, actor: User) -> None:
    """Remove a link, asked for or confirmed, as an administrator of either end or for the desk."""
    with transaction.atomic():
        family_link, branch, parent = _lock_link(family_link)
        led = [end for end in (branch, parent) if actor.has_perm("stakeholders.link_stakeholder", end)]
        if not led and not (may_set(actor, branch) and may_set(actor, parent)):
            raise PermissionDenied
        number = family_link.pk
        family_link.delete()
        DirectoryVersion.objects.bump()
        for end, other in ((branch, parent), (parent, branch)):
            record(end, "stakeholders.family_ended", actor=actor)
            if end not in led:
                _tell(end, other, "stakeholders.family_ended", number)


# --- What an application names ------------------------------------------------------------------------
def name_parent(application: Application, other: int | None, *, actor: User) -> FamilyLink | None:
    """Set or clear the parent organization, among those that the applicant may find."""
    with transaction.atomic():
        application = lock(application, actor, "stakeholders.change_application")
        if application.status not in (ApplicationStatus.DRAFT, ApplicationStatus.RETURNED):
            raise WrongState(
                _("This application has already been submitted. Its page shows what you can still do.")
            )
        if application.is_expert:
            raise DomainError(_("An individual expert cannot be a branch."))
        if other is None:
            FamilyLink.objects.filter(application=application).delete()
            return None
        parent = linkable_to(actor).filter(pk=other).first()
        if parent is None:
            raise _field_error(_("Choose an organization from the list."))
        family_link, _new = FamilyLink.objects.update_or_create(
            application=application, defaults={"parent": parent, "asked_from": Side.BRANCH}
        )
    return family_link


def drop_named_parent(application: Application, *, actor: User) -> None:
    """Drop the named parent for the desk, where there is no proof of it."""
    with transaction.atomic():
        application = lock(application, actor, "stakeholders.approve_application")
        if is_recused(actor, application):
            raise PermissionDenied
        if application.status not in ApplicationStatus.WITH_DESK:
            raise WrongState(_("This application is not with the desk now."))
        if not FamilyLink.objects.filter(application=application).delete()[0]:
            raise WrongState(_("The application names no parent organization any more."))
        record(application, "stakeholders.family_dropped", actor=actor)


def hold_parent(application: Application) -> None:
    """Lock the parent, so that it does not change during an approval."""
    if parent := parents_of([application]).get(application.pk):
        Stakeholder.objects.select_for_update(no_key=True).filter(pk=parent).first()


def carry_link(application: Application, stakeholder: Stakeholder, *, actor: User) -> None:
    """Make the named parent the parent of the approved entry, and notify its people."""
    named = named_parent(application)
    if named is None:
        FamilyLink.objects.filter(application=application).delete()
        return
    DirectoryVersion.objects.bump()
    FamilyLink.objects.filter(branch=stakeholder, parent=named.parent, confirmed_at=None).delete()
    above = {named.parent_id, *FamilyLink.objects.all().above([named.parent_id])[named.parent_id]}
    if stakeholder.pk in above or FamilyLink.objects.confirmed().filter(branch=stakeholder).exists():
        named.delete()  # an entry that was there before has its place already
        return
    named.branch, named.application, named.confirmed_at = stakeholder, None, now()
    named.save(update_fields=["branch", "application", "confirmed_at"])
    for end in (stakeholder, named.parent):
        record(end, "stakeholders.family_confirmed", actor=actor)
    _tell(named.parent, stakeholder, "stakeholders.family_confirmed", named.pk)


# --- What follows from other acts ---------------------------------------------------------------------
def end_links(stakeholders: Sequence[Stakeholder]) -> None:
    """Remove the links of withdrawn entries; every other move leaves links alone."""
    ids = [stakeholder.pk for stakeholder in stakeholders]
    links = FamilyLink.objects.filter(Q(branch__in=ids) | Q(parent__in=ids)).select_related(
        "branch", "parent"
    )
    ended = list(links.filter(branch__isnull=False))
    FamilyLink.objects.filter(pk__in=[family_link.pk for family_link in ended]).delete()
    for family_link in ended:
        for end in (family_link.branch, family_link.parent):
            record(end, "stakeholders.family_ended", actor=None)  # type: ignore[arg-type]  # both are there


def settle_for_merge(remaining: Stakeholder, gone: Stakeholder) -> None:
    """Prepare the merge of `gone` into `remaining`, which keeps its one parent; no link is doubled.

    Called in the transaction of the merge, which holds both rows.
    """
    FamilyLink.objects.filter(Q(branch=remaining, parent=gone) | Q(branch=gone, parent=remaining)).delete()
    own = FamilyLink.objects.filter(branch=remaining)
    theirs = FamilyLink.objects.filter(branch=gone)
    _drop_weaker(own, theirs, "parent")
    if own.confirmed().exists():
        theirs.confirmed().delete()
    _drop_weaker(
        FamilyLink.objects.filter(parent=remaining, branch__isnull=False),
        FamilyLink.objects.filter(parent=gone, branch__isnull=False),
        "branch",
    )
    # A ring through both would close once they are one.
    above = FamilyLink.objects.all().above([remaining.pk, gone.pk])
    if gone.pk in above[remaining.pk]:
        own.delete()
    if remaining.pk in above[gone.pk]:
        theirs.delete()


def _drop_weaker(ours: Any, theirs: Any, end: str) -> None:
    """Delete duplicates among two entries' links: a confirmed link stays, else the existing link."""
    confirmed = set(theirs.confirmed().values_list(end, flat=True))
    ours.filter(**{f"{end}__in": confirmed}, confirmed_at=None).delete()
    theirs.filter(**{f"{end}__in": ours.values(end)}).delete()


def _lock_both(first: int, second: int) -> tuple[Stakeholder, Stakeholder]:
    """Return both rows, locked by ascending number so that two acts cannot wait for each other."""
    rows = Stakeholder.objects.select_for_update(no_key=True).filter(pk__in=(first, second)).order_by("pk")
    by_pk = {stakeholder.pk: stakeholder for stakeholder in rows}
    return by_pk[first], by_pk[second]


def _lock_link(link: FamilyLink) -> tuple[FamilyLink, Stakeholder, Stakeholder]:
    if link.branch_id is None:
        raise WrongState(_("This is named by an application, and decided with it."))
    branch, parent = _lock_both(link.branch_id, link.parent_id)
    current = FamilyLink.objects.filter(pk=link.pk, branch=branch, parent=parent).first()
    if current is None:
        raise WrongState(_("This link is not there any more."))
    return current, branch, parent


def _refuse_unfit(branch: Stakeholder, parent: Stakeholder) -> None:
    if branch.is_expert or parent.is_expert:
        raise _field_error(_("An individual expert cannot have branches or be one."))
    if branch.status not in LINKABLE or parent.status not in LINKABLE:
        raise _field_error(_("One of the two is not in the directory now. It cannot be linked."))
    if branch.status != Status.LISTED and parent.status != Status.ACTIVE:
        raise _field_error(_("A branch is verified only after its parent, and the parent is not active."))


def _confirm(family_link: FamilyLink, branch: Stakeholder, parent: Stakeholder, actor: User) -> None:
    DirectoryVersion.objects.bump()  # before looking: from here on links come one after another
    if FamilyLink.objects.confirmed().filter(branch=branch).exists():
        raise _field_error(
            _("The branch has a parent organization already. That link has to be ended first.")
        )
    if branch.pk in FamilyLink.objects.all().above([parent.pk])[parent.pk]:
        raise _field_error(_("The parent would become part of its own branch."))
    family_link.confirmed_at = now()
    family_link.save(update_fields=["confirmed_at"])
    for end, other in ((branch, parent), (parent, branch)):
        record(end, "stakeholders.family_confirmed", actor=actor)
        if not actor.has_perm("stakeholders.link_stakeholder", end):
            _tell(end, other, "stakeholders.family_confirmed", family_link.pk)


def _field_error(message: str) -> DomainError:
    return DomainError(message, fields={"other": message})


def _tell(whom: Stakeholder, other: Stakeholder, kind: str, number: int) -> None:
    """Tell the administrators of one end about the other, where they may know of it."""
    people = [
        person
        for person in admins_of(whom.pk)
        if kind == "stakeholders.family_asked"
        or Stakeholder.objects.visible_to(person).filter(pk=other.pk).exists()
    ]
    notify_all(
        people,
        kind,
        key=f"family:{number}:{whom.pk}:{kind.removeprefix('stakeholders.family_')}:{now():%Y%m%d%H%M%S%f}",
        url_name="stakeholders:family",
        url_args=[whom.pk],
        facts={"name": whom.name, "other": other.name},
        subject=whom,
    )
