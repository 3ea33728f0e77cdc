"""The desk's side of calls in the registries of the apps below."""

from reviews.demo_calls import load_demo_calls
from stakeholders.hooks import demo_parts

demo_parts.register("reviews.calls", load_demo_calls)
