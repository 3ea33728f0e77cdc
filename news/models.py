"""Where Django looks for the tables of news; everybody else imports from the subject."""

from news.elsewhere import models as elsewhere  # noqa: F401
from news.newsletter import models as newsletter  # noqa: F401
from news.stories import models as stories  # noqa: F401
