"""The steps in which a resource is added."""

from django.utils.translation import gettext_lazy as _

STEPS = {
    "file": _("The file or link"),
    "describe": _("Describe the resource"),
    "check": _("Readers and final check"),
}
