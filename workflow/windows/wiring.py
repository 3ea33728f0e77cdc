"""More time for one party, as a sentence."""

from django.utils.translation import gettext_lazy as _

from audit.hooks import sentence

sentence("workflow.extension.give", _("%(actor)s gave one party more time, until %(until)s"))
