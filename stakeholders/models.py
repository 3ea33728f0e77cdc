"""Where Django looks for the tables of stakeholders; everybody else imports from the subject."""

from stakeholders.applications import models as applications  # noqa: F401
from stakeholders.appointments import models as appointments  # noqa: F401
from stakeholders.claims import models as claims  # noqa: F401
from stakeholders.contact import models as contact  # noqa: F401
from stakeholders.directory import models as directory  # noqa: F401
from stakeholders.entries import models as entries  # noqa: F401
from stakeholders.exchange import models as exchange  # noqa: F401
from stakeholders.exports import models as exports  # noqa: F401
from stakeholders.family import models as family  # noqa: F401
from stakeholders.imports import models as imports  # noqa: F401
from stakeholders.introductions import models as introductions  # noqa: F401
from stakeholders.invitations import models as invitations  # noqa: F401
from stakeholders.logos import models as logos  # noqa: F401
from stakeholders.moderation import models as moderation  # noqa: F401
from stakeholders.projects import models as projects  # noqa: F401
from stakeholders.recommendations import models as recommendations  # noqa: F401
from stakeholders.registers import models as registers  # noqa: F401
from stakeholders.screening import models as screening  # noqa: F401
from stakeholders.state_accounts import models as state_accounts  # noqa: F401
from stakeholders.trust import models as trust  # noqa: F401
from stakeholders.vetting import models as vetting  # noqa: F401
