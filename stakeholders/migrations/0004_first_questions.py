from django.db import migrations

# As models.checklist.FIRST_QUESTIONS says them; written out, because a migration never changes.
QUESTIONS = (
    ("paper", "Is there a registration paper, or a convincing reason why there is none?", "no"),
    ("purpose", "Does the mission agree with the purposes of the Convention?", "no"),
    ("results", "Does it show results or activities that can be checked?", "no"),
    ("reputation", "Would listing it put the reputation of the United Nations at risk?", "yes"),
    ("flags", "Is every open flag or screening hit dealt with, so that it may pass all the same?", "no"),
)


def add_questions(apps, _schema_editor):
    question = apps.get_model("stakeholders", "ChecklistQuestion")
    for place, (code, text, blocking) in enumerate(QUESTIONS, start=1):
        question.objects.get_or_create(
            code=code, defaults={"text": text, "blocking_answer": blocking, "order": place * 10}
        )


class Migration(migrations.Migration):
    dependencies = [("stakeholders", "0003_vetting")]

    operations = [migrations.RunPython(add_questions, migrations.RunPython.noop)]
