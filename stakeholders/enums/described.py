"""What an application and an entry say about a stakeholder beyond its name and place."""

from enum import nonmember

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Descriptor(models.TextChoices):
    """What a stakeholder says of itself; nobody is asked to prove it."""

    GRASSROOTS = "grassroots", pgettext_lazy("of an organization", "Grassroots")
    YOUTH_LED = "youth_led", pgettext_lazy("of an organization", "Led by young people")
    WOMEN_LED = "women_led", pgettext_lazy("of an organization", "Led by women")
    VICTIM_LED = "victim_led", pgettext_lazy("of an organization", "Led by victims or survivors")
    FAITH_BASED = "faith_based", pgettext_lazy("of an organization", "Faith-based")
    INDIGENOUS = "indigenous", pgettext_lazy("of an organization", "Led by indigenous peoples")


class EcosocStatus(models.TextChoices):
    """Consultative status with the Economic and Social Council; blank where nothing was said."""

    NONE = "none", pgettext_lazy("ECOSOC status", "None")
    APPLIED = "applied", pgettext_lazy("ECOSOC status", "Applied for")
    ROSTER = "roster", pgettext_lazy("ECOSOC status", "Roster")
    SPECIAL = "special", pgettext_lazy("ECOSOC status", "Special")
    GENERAL = "general", pgettext_lazy("ECOSOC status", "General")


class CopObserver(models.TextChoices):
    """Whether it was an observer at the Conference of the Parties; blank where nothing was said."""

    YES = "yes", pgettext_lazy("observer at the Conference", "Yes")
    NO = "no", pgettext_lazy("observer at the Conference", "No")


class NameKind(models.TextChoices):
    OTHER = "other", _("The same name in another language or script")
    FORMER = "former", _("Former name")


class ContactKind(models.TextChoices):
    EMAIL = "email", pgettext_lazy("kind of contact", "E-mail")
    PHONE = "phone", pgettext_lazy("kind of contact", "Telephone")
    WEB = "web", pgettext_lazy("kind of contact", "Page on the web")
    PERSON = "person", pgettext_lazy("kind of contact", "Person to ask for")
    ADDRESS = "address", pgettext_lazy("kind of contact", "Postal address")


class ContactAudience(models.TextChoices):
    """Who may read a contact, from the widest to the narrowest."""

    PUBLIC = "public", pgettext_lazy("who may read a contact", "Everybody, also search engines")
    MEMBERS_STATES = "members_states", pgettext_lazy("who may read a contact", "Members and States")
    MEMBERS = "members", pgettext_lazy("who may read a contact", "Members, not States")
    REGIONAL = "regional", pgettext_lazy("who may read a contact", "Regional focal points and the desk")
    DESK = "desk", pgettext_lazy("who may read a contact", "The desk alone")

    NARROWEST = nonmember("desk")
