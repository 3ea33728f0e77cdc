"""Public registers in the registries of the apps below."""

from django.utils.translation import gettext_lazy as _

from audit.hooks import sentence
from core.desk_cards import desk_card

sentence(
    "stakeholders.imported",
    _(
        "%(actor)s imported unclaimed entries from the source “%(source)s”: "
        "%(created)s new, %(changed)s changed, %(unchanged)s unchanged"
    ),
)
sentence(
    "stakeholders.removed_listed",
    _("%(actor)s removed %(count)s unclaimed entries of the source “%(source)s”"),
)

desk_card(
    "vetting:listed",
    group="directory",
    position=30,
    title=_("Entries from public sources"),
    text=_("What was listed without being asked, source by source, and how to take it out."),
    permission="stakeholders.remove_listed",
)
