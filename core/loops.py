"""Long loops of a page, by Jinja: they cost Django's templates two to nine times as much.

A piece of a page that says hundreds of values is a template `….jinja`, which Django's reach by `{% loop %}`.
It has no words of its own, since nothing gathers those for translation: they come with the rest that it is
given, ready to be printed. What it prints is escaped, unless it is marked as safe.
"""

from typing import Any

from django.contrib.humanize.templatetags.humanize import intcomma
from django.template import engines
from django.utils.safestring import SafeString, mark_safe
from jinja2 import Environment, StrictUndefined

ENGINE = "jinja2"


def environment(**options: Any) -> Environment:
    """Return the environment for the settings. What a template asks for and was not given is an error."""
    environment = Environment(**options | {"undefined": StrictUndefined, "trim_blocks": True})  # noqa: S701  by Django
    environment.filters["intcomma"] = intcomma
    return environment


def render_loop(template: str, **context: Any) -> SafeString:
    return mark_safe(engines[ENGINE].get_template(template).render(context))  # noqa: S308  autoescaped
