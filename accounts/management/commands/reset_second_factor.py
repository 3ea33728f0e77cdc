from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from accounts.people.models import User
from accounts.second_factor import sessions
from accounts.second_factor.actions import reset_on_the_machine


class Command(BaseCommand):
    help = (
        "Remove the lost second factor of an account where two administrators are not at hand, as when the "
        "only one has lost theirs. The password goes as well; the person sets a new one by mail."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("email")
        parser.add_argument("--reason", required=True, help="Who agreed, and how it was made sure who asks.")

    def handle(self, *args: Any, email: str, reason: str, **options: Any) -> None:
        user = User.objects.filter(email__iexact=email.strip(), is_active=True).first()
        if user is None:
            raise CommandError("There is no open account with this address.")
        if not sessions.is_enrolled(user):
            raise CommandError("This account has no second factor.")
        if not reason.strip():
            raise CommandError("Say who agreed, and how it was made sure who asks.")
        reset_on_the_machine(user, reason)
        self.stdout.write(self.style.SUCCESS("The second factor is removed; the person gets a mail."))
