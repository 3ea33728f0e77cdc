"""What the tests of contributors' pages share."""

from reviews.contributions.models import Contribution


def at(contribution, page="write"):
    return f"/en/contributions/{contribution.pk}/{page}/"


def typed(contribution, *texts, **more):
    """What the form sends, with the questions answered by `texts`."""
    questions = contribution.call.questions.all()
    return {
        "version": Contribution.objects.get(pk=contribution.pk).version,
        "links-rows": "0",
        "language": "en",
        "visibility": "public",
        **{question.field: text for question, text in zip(questions, texts, strict=False)},
        **more,
    }
