"""Hidden lists of first steps in the registries of the apps below."""

from django.utils.translation import gettext_lazy as _

from accounts.hooks import declare_erased

declare_erased(_("Hidden lists of first steps"), "portal.hiddensteps.user")
