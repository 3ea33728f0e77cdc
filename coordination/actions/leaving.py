"""What a regional focal point who deletes their account leaves behind here."""

from typing import Any

from accounts.people.models import Grant, User
from coordination.actions.enquiries import KIND, remove
from coordination.models import Absence, Enquiry
from notifications.inbox.models import Notice
from notifications.outbox.models import Message


def erase(user: User) -> None:
    """Whoever stood in for them does so no longer. In the caller's transaction, before the row goes."""
    of_deputies = Absence.objects.filter(appointment__user=user).values("grants")
    Grant.objects.filter(pk__in=of_deputies).delete()
    remove(list(Enquiry.objects.filter(sender=user).values_list("pk", flat=True)))
    theirs: list[Any] = list(Enquiry.objects.filter(appointment__user=user).values_list("pk", flat=True))
    for told in (Message, Notice):
        told.objects.filter(subject_kind=KIND, subject_id__in=theirs).delete()
