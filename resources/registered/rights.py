"""What becomes of a person's part in the library when the account is deleted."""

from django.utils.translation import gettext_lazy as _

from accounts.hooks import declare_erased, declare_kept

declare_kept(
    _("Resources that you suggested, which stay their stakeholder's, with their files"),
    "resources.resource.suggested_by",
    "resources.resourcefile.uploaded_by",
    "resources.proposedfile.uploaded_by",
)
declare_kept(
    _("Collections, which stay their stakeholder's or the desk's"), "resources.collection.written_by"
)
declare_erased(_("Bookmarks in the library"), "resources.bookmark.user")
declare_erased(_("Saved searches in the library"), "resources.savedsearch.user")
