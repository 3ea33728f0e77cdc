"""A person leaves: what is theirs alone goes, what others build on stays without a name."""

from collections.abc import Sequence

from allauth.account.models import EmailAddress
from django.contrib.admin.models import LogEntry
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, OperationalError, transaction
from django.utils.translation import gettext as _
from psycopg.errors import DeadlockDetected, ForeignKeyViolation

from accounts import signals
from accounts.models import User
from accounts.queries.erasing import blockers_of
from accounts.registry import Blocker, erasers, holders
from core.errors import DomainError, WrongState


class Blocked(DomainError):
    """The account cannot be deleted yet; `blockers` say why, and where to go."""

    def __init__(self, blockers: Sequence[Blocker]) -> None:
        super().__init__(_("Your account cannot be deleted yet. Please see what stands in the way."))
        self.blockers = list(blockers)


def delete_account(person: User, *, actor: User | None) -> None:
    """Erase `person` for good: by themselves, or by a command (`actor` None) where they asked by letter.

    Raises Blocked where something must be handed over first, and WrongState where something about the account
    changed at this very moment; then nothing has happened.
    """
    if actor is not None and actor.pk != person.pk:
        raise PermissionDenied
    try:
        with transaction.atomic():
            _erase(person.pk, by_themselves=actor is not None)
    except (IntegrityError, OperationalError) as meanwhile:
        # Somebody pointed to the person while their row went, or each waited for the other.
        if not isinstance(meanwhile.__cause__, ForeignKeyViolation | DeadlockDetected):
            raise
        raise WrongState(
            _("Something about your account changed at this moment. Please look again, then repeat.")
        ) from meanwhile


def _erase(pk: int, *, by_themselves: bool) -> None:
    # First what others may be changing, so that nobody becomes the last of anything meanwhile; then the
    # person's own row, to which nobody can point any more from here on; then what was added in between.
    _hold(pk)
    user = User.objects.select_for_update().filter(pk=pk).first()
    if user is None:
        raise WrongState(_("This account has been deleted already."))
    _hold(pk)
    if found := blockers_of(user):
        raise Blocked(found)
    for erase in erasers.values():
        erase(user)
    signals.person_erased.send(
        User, user=user, actor=user if by_themselves else None, address=user.email, language=user.language
    )
    user.delete()


def _hold(pk: int) -> None:
    for hold in holders.values():
        hold(pk)


def forget_in_admin_log(user: User) -> None:
    """Django's log of the admin keeps what things were called: here, names and addresses."""
    addresses = [str(pk) for pk in EmailAddress.objects.filter(user=user).values_list("pk", flat=True)]
    for model, ids in ((User, [str(user.pk)]), (EmailAddress, addresses)):
        about = LogEntry.objects.filter(content_type=ContentType.objects.get_for_model(model))
        about.filter(object_id__in=ids).update(object_repr="", change_message="")
