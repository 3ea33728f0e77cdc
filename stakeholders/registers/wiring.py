"""Public registers in the registries of the apps below."""

from django.utils.translation import gettext_lazy as _

from audit.hooks import sentence

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
