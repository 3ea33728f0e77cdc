"""Where Django looks for the tables of accounts; everybody else imports from the subject."""

from accounts.data_rights import models as data_rights  # noqa: F401
from accounts.people import models as people  # noqa: F401
from accounts.second_factor import models as second_factor  # noqa: F401
from accounts.tokens import models as tokens  # noqa: F401
