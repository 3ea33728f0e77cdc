"""Where Django looks for the tables of portal; everybody else imports from the subject."""

from portal.pages import models as pages  # noqa: F401
