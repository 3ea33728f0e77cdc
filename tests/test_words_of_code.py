"""Names and lines that a stranger reads once (CONTRIBUTING.md, "Words of the code")."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings
from django.template.base import Lexer, TokenType

ROOT = Path(settings.BASE_DIR)
# They say nothing of what a name holds: `found` what, `made` by whom. The row's own noun does.
EMPTY_NAMES = {
    "one",
    "kept",
    "said",
    "told",
    "asked",
    "found",
    "there",
    "made",
    "seen",
    "thing",
    "what",
    "whose",
}
# Columns of 1.0, fields of forms that fill them or that an open page still sends, members of stored codes.
COLUMNS = {
    ("accounts/data_rights/enums.py", "ASKED"),
    ("coordination/networks/enums.py", "ASKED"),
    ("coordination/networks/models_parts.py", "told"),
    ("events/board/forms.py", "seen"),
    ("events/events/forms_sources.py", "what"),
    ("events/events/models_sources.py", "what"),
    ("events/registration_desk/forms.py", "seen"),
    ("portal/usage/models.py", "what"),
    ("reviews/moderation/forms.py", "seen"),
    ("stakeholders/imports/models.py", "said"),
    ("stakeholders/moderation/forms.py", "what"),
    ("stakeholders/moderation/models.py", "what"),
    ("stakeholders/registers/models.py", "said"),
    ("stakeholders/screening/models.py", "found"),
    ("stakeholders/standing/forms.py", "seen"),
    ("stakeholders/vetting/models.py", "asked"),
    ("taxonomy/sources/models.py", "said"),
    ("tests/factories/exports.py", "what"),
    ("tests/factories/workflow.py", "what"),
    ("workflow/items/models.py", "what"),
}
COLUMNS_OF_A_LINE = 120
# A tag of Django stands on one line, however long its sentence is.
ONE_TAG = re.compile(r"\s*\{%[^%]*%\}")
# What a tag or a variable of a template names by itself: neither a text, nor an attribute, nor a filter.
QUOTED = re.compile(r""""[^"]*"|'[^']*'""")
TEMPLATE_NAME = re.compile(r"(?<![\w.|:-])[A-Za-z_]\w*")
# Lines of inline text, in which a break would show as a space: so many were left. The number may only fall.
WIDE_LINES = 173


def own_files() -> Iterator[Path]:
    """Yield the modules of the repository but migrations, which are frozen."""
    for path in sorted(ROOT.glob("*/**/*.py")):
        folders = path.relative_to(ROOT).parts[:-1]
        if "migrations" in folders or folders[0] in {"node_modules", "staticfiles", "build"}:
            continue
        if not any(folder.startswith(".") for folder in folders):
            yield path


def bound_names(tree: ast.AST) -> Iterator[tuple[int, str]]:
    """Yield line and name of what code names: variables, parameters, attributes, functions, classes."""
    for node in ast.walk(tree):
        match node:
            case ast.Name(ctx=ast.Store(), id=name) | ast.arg(arg=name):
                yield node.lineno, name
            case ast.FunctionDef(name=name) | ast.ClassDef(name=name):
                yield node.lineno, name
            case (
                ast.ExceptHandler(name=str(name))
                | ast.MatchAs(name=str(name))
                | ast.MatchStar(name=str(name))
            ):
                yield node.lineno, name


def test_no_name_says_nothing():
    empty = []
    for path in own_files():
        place = str(path.relative_to(ROOT))
        for line, name in bound_names(ast.parse(path.read_text(encoding="utf-8"))):
            if name.strip("_").lower() in EMPTY_NAMES and (place, name) not in COLUMNS:
                empty.append(f"{place}:{line} {name}")
    assert not empty, f"{len(empty)} names do not say what they hold: {empty[:20]}"


def test_every_column_that_keeps_its_name_is_there():
    for place, name in COLUMNS:
        names = {bound for _line, bound in bound_names(ast.parse((ROOT / place).read_text(encoding="utf-8")))}
        assert name in names, (place, name)


def test_names_of_every_kind_are_read():
    code = """
def kept(said, *told, asked=1, **there):
    for one in [made := 1]:
        lambda seen: 0
    try: ...
    except E as found: ...
    match 1:
        case [what, *whose]: ...
class Thing: ...
"""
    assert {name.lower() for _line, name in bound_names(ast.parse(code))} == EMPTY_NAMES


def template_names(source: str) -> Iterator[tuple[int, str]]:
    """Yield line and name of what tags and variables bind or read, in the syntax of Django and of Jinja."""
    for token in Lexer(source).tokenize():
        if token.token_type in (TokenType.BLOCK, TokenType.VAR):
            for name in TEMPLATE_NAME.findall(QUOTED.sub("", token.contents)):
                yield token.lineno, name


def test_no_name_of_a_template_says_nothing():
    empty = [
        f"{path.relative_to(ROOT)}:{line} {name}"
        for path in sorted((ROOT / "templates").rglob("*.*"))
        if path.suffix in (".html", ".jinja", ".txt")
        for line, name in template_names(path.read_text(encoding="utf-8"))
        if name.strip("_").lower() in EMPTY_NAMES
    ]
    assert not empty, f"{len(empty)} names do not say what they hold: {empty[:20]}"


def test_names_of_every_kind_of_tag_are_read():
    source = """
{% for one, kept in row.found %}{{ said|default:there }}{% endfor %}
{% with told=row.what asked=1 %}{% include "said.html" with made="one" only %}{% endwith %}
{% translate "What is seen" as seen %}{% blocktranslate asvar thing %}said{% endblocktranslate %}
{%- set found = 1 %}{% macro line(what, whose="said") %}{% if not there %}{% endmacro %}
"""
    assert {name for _line, name in template_names(source)} >= EMPTY_NAMES
    assert "found" not in {name for _line, name in template_names("{{ row.found }}{{ row|found }}")}


def test_no_line_of_a_template_is_wider_than_a_screen():
    wide = [
        f"{path.relative_to(ROOT)}:{number}"
        for path in sorted((ROOT / "templates").rglob("*.*"))
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
        if len(line) > COLUMNS_OF_A_LINE and not ONE_TAG.fullmatch(line)
    ]
    assert len(wide) <= WIDE_LINES, (
        f"{len(wide)} lines are wider than {COLUMNS_OF_A_LINE} columns: {wide[:20]}"
    )


def test_no_tag_of_a_template_is_read_as_text():
    """Django takes a tag or a variable that is broken over two lines for text, and shows it to people."""
    broken = [
        f"{path.relative_to(ROOT)}:{token.lineno}"
        for path in sorted((ROOT / "templates").rglob("*.*"))
        if path.suffix in (".html", ".txt")
        for token in Lexer(path.read_text(encoding="utf-8")).tokenize()
        if token.token_type == TokenType.TEXT and re.search(r"\{[{%#]", token.contents)
    ]
    assert not broken
