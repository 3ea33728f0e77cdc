"""Imports into the directory, as sentences."""

from django.utils.translation import gettext_lazy as _

from audit.hooks import sentence

sentence(
    "stakeholders.import_taken_in",
    _(
        "%(actor)s imported a file into the directory: %(new)s new entries, %(changed)s changed, "
        "%(unchanged)s unchanged, %(skipped)s skipped, %(refused)s rows with errors left out"
    ),
)
sentence(
    "stakeholders.import_undone",
    _(
        "%(actor)s undid an import into the directory: %(removed)s entries removed, %(restored)s put back, "
        "%(left)s left because they were changed since"
    ),
)
