"""News in the demonstration."""

from news.demo import load_demo_newsletter, load_demo_stories
from stakeholders.hooks import demo_parts

demo_parts.register("news.newsletter", load_demo_newsletter)

demo_parts.register("news.stories", load_demo_stories)
