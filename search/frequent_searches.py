"""What visitors look for, told to the desk once five of them look for the same; no person is kept.

Who asked stands in the cache alone, as a hash under a key that is drawn at random for each week and goes
with it: nobody can be found by it, nor followed from one week to the next. Words that fewer than five
visitors used in a week are in no database, for they may be somebody's name.
"""

import hmac
import secrets
from datetime import date, timedelta
from hashlib import sha256
from typing import Any

from django.core.cache import cache
from django.db.models import F
from django.utils.timezone import localdate

from core.small_numbers import FEWEST
from search.models import Often
from search.text import fold

KEPT_DAYS = 365
MOST_KEYS = 2000
_WEEK = 8 * 24 * 60 * 60


def note(visitor: str, text: str, *, in_vain: bool) -> None:
    """Note that a visitor (an address and a browser, or an account) looked for something.

    Where the cache forgets the key of a week, visitors of that week may be counted twice.
    """
    text = " ".join(fold(text.replace("\x00", " ")).split())[:100]
    if not text:
        return
    week = monday(localdate())
    key = f"search:asked:{week}:{sha256(text.encode()).hexdigest()}"
    salt_key = f"search:asked:salt:{week}"
    known = cache.get_many([key, salt_key])
    salt: Any = known.get(salt_key) or cache.get_or_set(salt_key, lambda: secrets.token_bytes(16), _WEEK)
    visitors: dict[bytes, bool] = known.get(key) or {}
    who = hmac.digest(salt, visitor.encode(), "sha256")[:8]
    before = visitors.get(who)
    if (before is not None and (before or not in_vain)) or len(visitors) >= MOST_KEYS:
        return
    visitors[who] = in_vain
    cache.set(key, visitors, _WEEK)
    if len(visitors) >= FEWEST:
        numbers = {"visitors": len(visitors), "in_vain": sum(visitors.values())}
        Often.objects.update_or_create(week=week, text=text, defaults=numbers)


def frequent_texts(*, in_vain: bool = False) -> Any:
    """Return what at least five visitors looked for, or found nothing for, the latest week first."""
    rows = Often.objects.filter(in_vain__gte=FEWEST) if in_vain else Often.objects.all()
    return rows.order_by(F("week").desc(), "-in_vain" if in_vain else "-visitors", "text")


def monday(day: date) -> date:
    return day - timedelta(days=day.weekday())


def forget_old() -> None:
    Often.objects.filter(week__lt=localdate() - timedelta(days=KEPT_DAYS)).delete()
