"""A box for Markdown: buttons that write its signs, and a look at the result; without script a plain box."""

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_POST

from core.text import clean_block, to_html

LONGEST_PREVIEW = 100_000  # characters


class MarkdownTextarea(forms.Textarea):
    template_name = "components/markdown_editor.html"

    def __init__(self, rows: int = 8) -> None:
        super().__init__(attrs={"rows": rows, "dir": "auto"})


@require_POST
def preview(request: HttpRequest) -> HttpResponse:
    """The text of the field that `preview` names, as readers will see it."""
    text: Any = request.POST.get(request.POST.get("preview", ""), "")
    return HttpResponse(to_html(clean_block(text[:LONGEST_PREVIEW])))
