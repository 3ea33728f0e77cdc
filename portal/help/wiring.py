"""The help in the index, and where the help about the portal's own pages stands."""

from core.help_places import help_at
from news.hooks import item_texts as newsletter_texts
from portal.help.queries import HELP, LABEL, documents, item_texts, numbers
from search.hooks import register

register(HELP, documents, label=LABEL, plural=LABEL, numbers=numbers, is_last=True)
newsletter_texts.register(HELP, item_texts)

help_at("visitors#find", "portal")
help_at("account#notifications", "portal:me")
help_at("review", "portal:article", "portal:articles")
help_at("taking-part#find", "portal:opportunities")
help_at("se4u", "portal:programme")
help_at("#staff", "portal:desk", "portal:desk_figures", "portal:search_desk", "portal:usage")
help_at("profile#read", "portal:own_usage")
