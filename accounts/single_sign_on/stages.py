"""The portal's own second factor, asked for unless the institution's counts."""

from allauth.mfa import stages
from django.http import HttpResponseBase


class AuthenticateStage(stages.AuthenticateStage):
    def handle(self) -> tuple[HttpResponseBase | None, bool]:
        """Return where to go on, and whether the stages after this one may follow."""
        login = (self.login.signal_kwargs or {}).get("sociallogin")
        if login is not None and login.account.extra_data.get("second_factor"):
            return None, True
        response, may_go_on = super().handle()
        return response, may_go_on
