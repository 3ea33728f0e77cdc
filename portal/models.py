"""Where Django looks for the tables of portal; everybody else imports from the subject."""

from portal.facts import models as facts  # noqa: F401
from portal.first_steps import models as first_steps  # noqa: F401
from portal.open_data import models as open_data  # noqa: F401
from portal.pages import models as pages  # noqa: F401
from portal.team_messages import models as team_messages  # noqa: F401
from portal.usage import models as usage  # noqa: F401
