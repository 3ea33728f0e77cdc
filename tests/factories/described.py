"""What entries and applications have several of, for tests.

ContactFactory(stakeholder=s, audience="members"), OtherNameFactory(application=a), OfficeFactory,
OfficerFactory:
without an owner they belong to a stakeholder of their own.
"""

import factory

from stakeholders.applications.models import Contact, Office, Officer, OtherName
from stakeholders.entries.enums import ContactAudience, ContactKind, NameKind
from tests.factories.stakeholders import StakeholderFactory


class PartFactory(factory.django.DjangoModelFactory):
    class Meta:
        abstract = True

    application = None
    stakeholder = factory.Maybe("application", None, factory.SubFactory(StakeholderFactory))


class OtherNameFactory(PartFactory):
    class Meta:
        model = OtherName

    kind = NameKind.OTHER
    text = factory.Sequence(lambda n: f"Chama cha {n}")
    language_id = "sw"


class OfficeFactory(PartFactory):
    class Meta:
        model = Office

    country_id = "UGA"
    city = "Kampala"


class ContactFactory(PartFactory):
    class Meta:
        model = Contact

    kind = ContactKind.EMAIL
    value = factory.Sequence(lambda n: f"contact{n}@coastalwatch.example")
    audience = ContactAudience.DESK


class OfficerFactory(PartFactory):
    class Meta:
        model = Officer

    name = factory.Sequence(lambda n: f"Officer Number {n}")
    position = "Chair"
