"""What the library lets its own parts and the apps above register.

after_write.register("resources.links", fn)   fn(resource): in the transaction of whatever changed what a
    record shows, its state or its words; a fixed number of statements
"""

from collections.abc import Callable
from typing import Any

from core.hooks import Registry

after_write: Registry[Callable[[Any], None]] = Registry("resources.hooks.after_write")
