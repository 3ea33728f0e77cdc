"""Long loops of a page, by Jinja: a value costs Django's templates some fifty times as much.

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
    """For the settings. What a template asks for and was not given is an error."""
    made = Environment(**options | {"undefined": StrictUndefined, "trim_blocks": True})  # noqa: S701  by Django
    made.filters["intcomma"] = intcomma
    return made


def render_loop(template: str, **said: Any) -> SafeString:
    return mark_safe(engines[ENGINE].get_template(template).render(said))  # noqa: S308  autoescaped
