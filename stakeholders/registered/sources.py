"""Trust in sources: what becomes of it when an account ends, and when two stakeholders become one."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from accounts.hooks import declare_erased, declare_kept
from stakeholders.models import SourceTrust
from stakeholders.registry import before_merge

declare_erased(_("How far the desk trusts you as a source"), "stakeholders.sourcetrust.person")
declare_kept(
    _("What you said for the desk about sources"),
    "stakeholders.sourcetrust.given_by",
    "stakeholders.sourcetrust.ended_by",
)


def _settle(kept_one: Any, gone: Any) -> None:
    """Of two words about trust the lower one stays."""
    rows = SourceTrust.objects.standing()
    ours, theirs = rows.filter(stakeholder=kept_one).first(), rows.filter(stakeholder=gone).first()
    if ours and theirs:
        higher = ours if ours.level > theirs.level else theirs
        SourceTrust.objects.filter(pk=higher.pk).update(ended_at=higher.given_at)


before_merge.register("stakeholders.sources", _settle)
