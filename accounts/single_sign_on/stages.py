"""The portal's own second factor, asked for unless the institution's counts."""

from allauth.mfa import stages
from django.http import HttpRequest


class AuthenticateStage(stages.AuthenticateStage):
    def _should_handle(self, request: HttpRequest) -> bool:
        login = (self.login.signal_kwargs or {}).get("sociallogin")
        if login is not None and login.account.extra_data.get("second_factor"):
            return False
        return bool(super()._should_handle(request))
