from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from accounts.data_rights.actions import Blocked, delete_account
from accounts.people.models import User
from core.errors import DomainError


class Command(BaseCommand):
    help = (
        "Delete an account whose owner asked for it by letter and cannot sign in. The same rules hold as on "
        "the page: what must be handed over first is named, and nothing happens."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("email")
        parser.add_argument("--yes", action="store_true", help="Do it: it cannot be undone.")

    def handle(self, *args: Any, email: str, yes: bool, **options: Any) -> None:
        user = User.objects.filter(email__iexact=email.strip()).first()
        if user is None:
            raise CommandError("There is no account with this address.")
        if not yes:
            raise CommandError("Nothing was done. Add --yes once you have made sure who asks.")
        try:
            delete_account(user, actor=None)
        except Blocked as refusal:
            raise CommandError(
                "\n".join([str(refusal), *(blocker.text for blocker in refusal.blockers)])
            ) from None
        except DomainError as refusal:
            raise CommandError(str(refusal)) from refusal
        self.stdout.write(self.style.SUCCESS("The account is deleted."))
