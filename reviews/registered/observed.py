"""The parts of calls, contributions and observations on pages about a country or article and on profiles."""

from reviews.queries.observed import contributed, heard_about, heard_on, observed, open_calls
from stakeholders.hooks import profile_panels
from taxonomy.hooks import Panel, article_panels, country_panels

PAGES = ("country", "review")

country_panels.register("calls", Panel(12, PAGES, open_calls, "reviews/observations/_calls.html"))
country_panels.register("contributions", Panel(14, PAGES, heard_about, "reviews/observations/_heard.html"))
country_panels.register("observations", Panel(16, PAGES, observed, "reviews/observations/_observed.html"))
profile_panels.register("contributions", Panel(10, (), contributed, "reviews/observations/_contributed.html"))
article_panels.register("contributions", Panel(20, (), heard_on, "reviews/observations/_heard.html"))
