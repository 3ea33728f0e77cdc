"""The questions of the bench are of the kind that their row names, and nobody asks one twice."""

from urllib.parse import parse_qs

from bench.questions import SCRIPTS, questions_about

NAMES = ["جامعة القاهرة الكبرى", "московский государственный институт", "私立東京大学研究所", "harbour watch"]


def test_words_of_each_script_are_asked_for_that_script_alone():
    questions = questions_about([(name, "ngo", "KEN") for name in NAMES], 12)
    for script, letters in SCRIPTS.items():
        words = [parse_qs(query)["q"][0] for query in questions[script]]
        assert len(words) == len(set(words)) > 1, script
        assert all(letters.fullmatch(word) for word in words), script
