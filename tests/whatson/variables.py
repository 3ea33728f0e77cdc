"""The variables of the environment, as code reads them."""

import ast
import re

from tests.whatson import ROOT

READERS = {"env.str", "env.int", "env.float", "env.bool", "env.list", "at_least", "secret"}


MUST = ["SECRET_KEY", "SITE_URL", "DATABASE_URL", "REDIS_URL", "MAIL_URL", "DEFAULT_FROM_EMAIL", "DESK_EMAIL"]


def read_by_the_settings() -> set[str]:
    names = set()
    for path in (ROOT / "whatson" / "settings").glob("[!t]*.py"):  # those of the tests are for nobody else
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and ast.unparse(node.func) in READERS and node.args:
                first = node.args[0]
                if isinstance(first, ast.Constant) and isinstance(first.value, str):
                    names.add(first.value)
    return names


def read_by_the_web_server() -> set[str]:
    return set(re.findall(r'environ\.get\("(\w+)"', (ROOT / "gunicorn.conf.py").read_text(encoding="utf-8")))
