"""What happened to stories, as sentences."""

from django.utils.translation import gettext_lazy as _

from audit.enums import Audience
from audit.hooks import sentence

for _name, _text in (
    ("write", _("%(actor)s began to write the story")),
    ("change", _("%(actor)s changed the story (%(fields)s)")),
    ("edit", _("%(actor)s changed the published story (%(fields)s)")),
    ("change_refused", _("%(actor)s did not take a change of the story")),
    ("submit", _("%(actor)s sent the story to the desk")),
    ("revise", _("%(actor)s took the story back to change it")),
    ("park", _("The story was kept on hold for the desk")),
    ("return", _("%(actor)s returned the story with questions")),
    ("hold", _("%(actor)s put the story on hold")),
    ("resume", _("%(actor)s took the story up again")),
    ("refuse", _("%(actor)s did not take the story")),
    ("pull", _("%(actor)s took the story off the schedule")),
):
    sentence(f"news.story.{_name}", _text, audience=Audience.SUBJECT)
for _name, _text in (
    ("pass", _("The story of a trusted source was published")),
    ("publish", _("%(actor)s published the story")),
    ("archive", _("%(actor)s archived the story")),
    ("restore", _("%(actor)s brought the story back from the archive")),
    ("withdraw", _("%(actor)s withdrew the story")),
):
    sentence(f"news.story.{_name}", _text, audience=Audience.PUBLIC)
sentence("news.story.give", _("%(actor)s gave the story to another of the desk"))
