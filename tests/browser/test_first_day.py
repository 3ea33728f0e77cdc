"""What a visitor of the first day looks for in the content that comes along is found in three clicks."""

import re

import pytest
from playwright.sync_api import expect

from portal.content import load_content
from portal.reference import load_everything

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]


class Visitor:
    """Counts what they press. Words and Enter are one."""

    def __init__(self, page):
        self.page, self.clicks = page, 0
        page.goto("/en/")

    def search(self, words):
        box = self.page.locator("[type=search]:visible").first
        box.fill(words)
        self.clicks += 1
        with self.page.expect_navigation():
            box.press("Enter")

    def open(self, name, exact=False):
        self.clicks += 1
        with self.page.expect_navigation():
            self.page.get_by_role("main").get_by_role("link", name=name, exact=exact).first.click()

    def reads(self, *texts):
        for text in texts:
            expect(self.page.get_by_role("main")).to_contain_text(text)

    def can_open(self, name, address):
        link = self.page.get_by_role("main").get_by_role("link", name=name).first
        expect(link).to_have_attribute("href", re.compile(address))


def guide_on_the_firearms_protocol_in_french(visitor):
    visitor.search("a legislative guide on the Firearms Protocol in French")
    visitor.open("Legislative guide for the implementation of the Protocol against the Illicit")
    visitor.open("Français")
    visitor.can_open("Open at its publisher", r"/out/resource/\d+/\?language=\w\w$")


def who_in_the_sahel_works_on_trafficking(visitor):
    visitor.search("who in the Sahel works on trafficking")
    visitor.open("African Centre for Advocacy and Human Development")
    visitor.reads("Nigeria", "Trafficking in persons", "Listed from a public source")


def what_was_said_at_the_dialogue_on_smuggling(visitor):
    visitor.search("what was said at the dialogue on smuggling")
    visitor.open("Constructive dialogue on smuggling of migrants (3rd)")
    visitor.reads("Programme, co-chairs' summary and background paper")
    visitor.can_open("UNODC", r"^https?://")


def text_of_article_18(visitor):
    visitor.search("the text of article 18")
    visitor.open("Article 18: Mutual legal assistance (UNTOC)")
    visitor.reads("the widest measure of mutual legal assistance")


def how_many_took_part_in_the_kyoto_congress(visitor):
    visitor.search("the Kyoto Congress: how many took part and who counted")
    visitor.open("14th United Nations Congress on Crime Prevention and Criminal Justice (Kyoto Congress)")
    visitor.reads("Ministry of Justice of Japan", "about 5,600", "more than 5,000")


def model_law_on_witness_protection(visitor):
    visitor.search("a model law on witness protection")
    visitor.open("Model Legislative Provisions against Organized Crime")
    visitor.reads("protection of witnesses")
    visitor.can_open("Open at its publisher", r"/out/resource/\d+/\?language=\w\w$")


def news_on_se4u(visitor):
    visitor.search("news on SE4U")
    visitor.open("SE4U Asia training")
    visitor.can_open("Read it at the publisher", r"^https://")


def e4j_module_for_teaching(visitor):
    visitor.search("an E4J module for teaching")
    visitor.open(re.compile(r"^E4J .* Module \d+"))
    visitor.can_open("Open at its publisher", r"/out/resource/\d+/\?language=\w\w$")


def whether_my_organization_is_listed(visitor):
    visitor.search("Cradle Children Foundation")
    visitor.open("The CRADLE - The Children Foundation")
    visitor.reads("Listed from a public source, unclaimed")
    visitor.open("Claim")
    visitor.reads("The CRADLE - The Children Foundation")


def review_of_kenya_and_whom_to_ask(visitor):
    visitor.search("what does Kenya's review look like and who can I ask")
    visitor.open("Kenya", exact=True)
    visitor.reads("Review under the Convention", "The CRADLE - The Children Foundation", "NET4U")
    visitor.open("Full review status")
    visitor.reads("Country review of Kenya", "Phase I: Criminalization and jurisdiction")


TASKS = (
    guide_on_the_firearms_protocol_in_french,
    who_in_the_sahel_works_on_trafficking,
    what_was_said_at_the_dialogue_on_smuggling,
    text_of_article_18,
    how_many_took_part_in_the_kyoto_congress,
    model_law_on_witness_protection,
    news_on_se4u,
    e4j_module_for_teaching,
    whether_my_organization_is_listed,
    review_of_kenya_and_whom_to_ask,
)


def test_ten_things_are_found_in_three_clicks(page, look_at):
    load_everything()
    load_content()
    for task in TASKS:
        visitor = Visitor(page)
        task(visitor)
        assert visitor.clicks <= 3, task.__name__
        look_at(page, f"first-day-{task.__name__}")
