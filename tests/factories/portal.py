"""Trust pages for tests."""

import factory

from portal.pages.models import Page


class PageFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Page

    slug = "about"
    language = "en"
    title = "About WhatsOn"
    body = "## What it is\n\nA directory."
