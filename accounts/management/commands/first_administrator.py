import smtplib
from typing import Any

from allauth.account.models import EmailAddress
from django.core.mail import mailers
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction

from accounts.people.actions import begin_administration
from accounts.people.models import User
from accounts.people.queries import is_waiting
from accounts.sign_in.actions import drop_password
from core.errors import DomainError


class Command(BaseCommand):
    help = (
        "Make the first administrator, only while there is none. Name two people, so that each can confirm "
        "the roles that the other gives. Each of them sets a password by “Forgot your password?”, for which "
        "mail must work."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("email", nargs="+", help="One or two e-mail addresses.")

    def handle(self, *args: Any, email: list[str], **options: Any) -> None:
        if len(email) > 2:
            raise CommandError("Name one or two people; they give further roles in the portal.")
        try:
            with transaction.atomic():
                begin_administration(*[person(address) for address in email])
        except DomainError as refusal:
            raise CommandError(str(refusal)) from refusal
        self.stdout.write(self.style.SUCCESS(f"Administrator: {', '.join(email)}"))
        if len(email) == 1:
            self.stdout.write(
                "Roles of the desk need a second administrator to confirm them. With one alone nobody can: "
                "run this with two addresses before anybody has signed in, or end this role and start again."
            )
        if fault := mail_fault():
            self.stderr.write(
                self.style.WARNING(
                    f"Mail does not work yet ({fault}). They need it to set their passwords: mend MAIL_URL, "
                    "then let them use “Forgot your password?”. This need not be run again."
                )
            )
        else:
            self.stdout.write("They set their passwords by “Forgot your password?” on the page to sign in.")


def mail_fault() -> str:
    """Why the mail server takes nothing from us; "" where it does."""
    try:
        mailers.default.open()
        mailers.default.close()
    except (OSError, smtplib.SMTPException) as error:
        return " ".join(str(error).split()) or type(error).__name__
    return ""


def person(email: str) -> User:
    """The person with this address, made where missing; whoever runs the command vouches for the address."""
    user = User.objects.filter(email__iexact=email.strip()).first()
    if user is None:
        user = User.objects.create_user(email, name=email.partition("@")[0])
    elif is_waiting(user):  # somebody signed up with the address, we do not know who
        drop_password(user)
    EmailAddress.objects.update_or_create(
        user=user, email=user.email, defaults={"verified": True, "primary": True}
    )
    return user
