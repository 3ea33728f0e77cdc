import core.uploads
import django.contrib.postgres.fields
import django.core.validators
import django.db.models.deletion
import django.db.models.functions.datetime
import django.utils.timezone
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("accounts", "__first__"),
        ("events", "0001_initial"),
        ("stakeholders", "0001_initial"),
        ("taxonomy", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="DocumentKind",
            fields=[
                ("source", models.TextField(blank=True, verbose_name="source")),
                ("source_date", models.DateField(blank=True, null=True, verbose_name="state of")),
                ("note", models.TextField(blank=True, verbose_name="note")),
                (
                    "edited_by_hand",
                    models.BooleanField(
                        default=False,
                        editable=False,
                        help_text="Loading the reference data again leaves this row as it is.",
                        verbose_name="edited by the desk",
                    ),
                ),
                (
                    "edited_at",
                    models.DateTimeField(blank=True, editable=False, null=True, verbose_name="edited at"),
                ),
                ("name_ar", models.CharField(blank=True, max_length=240, verbose_name="name in Arabic")),
                ("name_zh", models.CharField(blank=True, max_length=240, verbose_name="name in Chinese")),
                ("name_en", models.CharField(max_length=240, verbose_name="name in English")),
                ("name_fr", models.CharField(blank=True, max_length=240, verbose_name="name in French")),
                ("name_ru", models.CharField(blank=True, max_length=240, verbose_name="name in Russian")),
                ("name_es", models.CharField(blank=True, max_length=240, verbose_name="name in Spanish")),
                ("sort_ar", models.CharField(blank=True, db_collation="C", editable=False, max_length=240)),
                ("sort_zh", models.CharField(blank=True, db_collation="C", editable=False, max_length=240)),
                ("sort_en", models.CharField(blank=True, db_collation="C", editable=False, max_length=240)),
                ("sort_fr", models.CharField(blank=True, db_collation="C", editable=False, max_length=240)),
                ("sort_ru", models.CharField(blank=True, db_collation="C", editable=False, max_length=240)),
                ("sort_es", models.CharField(blank=True, db_collation="C", editable=False, max_length=240)),
                (
                    "translation_status",
                    models.CharField(
                        choices=[
                            ("official", "As the source publishes them"),
                            ("human", "Reviewed by an editor"),
                            ("draft", "Draft, not reviewed"),
                        ],
                        default="draft",
                        max_length=10,
                        verbose_name="translations",
                    ),
                ),
                (
                    "code",
                    models.CharField(max_length=30, primary_key=True, serialize=False, verbose_name="code"),
                ),
            ],
            options={
                "verbose_name": "kind of document",
                "verbose_name_plural": "kinds of documents",
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="DrawConstraint",
            fields=[
                ("source", models.TextField(blank=True, verbose_name="source")),
                ("source_date", models.DateField(blank=True, null=True, verbose_name="state of")),
                ("note", models.TextField(blank=True, verbose_name="note")),
                (
                    "edited_by_hand",
                    models.BooleanField(
                        default=False,
                        editable=False,
                        help_text="Loading the reference data again leaves this row as it is.",
                        verbose_name="edited by the desk",
                    ),
                ),
                (
                    "edited_at",
                    models.DateTimeField(blank=True, editable=False, null=True, verbose_name="edited at"),
                ),
                ("name_ar", models.CharField(blank=True, max_length=240, verbose_name="name in Arabic")),
                ("name_zh", models.CharField(blank=True, max_length=240, verbose_name="name in Chinese")),
                ("name_en", models.CharField(max_length=240, verbose_name="name in English")),
                ("name_fr", models.CharField(blank=True, max_length=240, verbose_name="name in French")),
                ("name_ru", models.CharField(blank=True, max_length=240, verbose_name="name in Russian")),
                ("name_es", models.CharField(blank=True, max_length=240, verbose_name="name in Spanish")),
                ("sort_ar", models.CharField(blank=True, db_collation="C", editable=False, max_length=240)),
                ("sort_zh", models.CharField(blank=True, db_collation="C", editable=False, max_length=240)),
                ("sort_en", models.CharField(blank=True, db_collation="C", editable=False, max_length=240)),
                ("sort_fr", models.CharField(blank=True, db_collation="C", editable=False, max_length=240)),
                ("sort_ru", models.CharField(blank=True, db_collation="C", editable=False, max_length=240)),
                ("sort_es", models.CharField(blank=True, db_collation="C", editable=False, max_length=240)),
                (
                    "translation_status",
                    models.CharField(
                        choices=[
                            ("official", "As the source publishes them"),
                            ("human", "Reviewed by an editor"),
                            ("draft", "Draft, not reviewed"),
                        ],
                        default="draft",
                        max_length=10,
                        verbose_name="translations",
                    ),
                ),
                (
                    "code",
                    models.CharField(max_length=20, primary_key=True, serialize=False, verbose_name="code"),
                ),
                (
                    "number",
                    models.PositiveSmallIntegerField(
                        blank=True,
                        help_text="For example, the maximum number of reviewing States.",
                        null=True,
                        verbose_name="number in the rule",
                    ),
                ),
                ("in_use", models.BooleanField(default=True, verbose_name="imports are checked by it")),
            ],
            options={
                "verbose_name": "rule of the drawing of lots",
                "verbose_name_plural": "rules of the drawing of lots",
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Measure",
            fields=[
                ("source", models.TextField(blank=True, verbose_name="source")),
                ("source_date", models.DateField(blank=True, null=True, verbose_name="state of")),
                ("note", models.TextField(blank=True, verbose_name="note")),
                (
                    "edited_by_hand",
                    models.BooleanField(
                        default=False,
                        editable=False,
                        help_text="Loading the reference data again leaves this row as it is.",
                        verbose_name="edited by the desk",
                    ),
                ),
                (
                    "edited_at",
                    models.DateTimeField(blank=True, editable=False, null=True, verbose_name="edited at"),
                ),
                ("name_ar", models.CharField(blank=True, max_length=240, verbose_name="name in Arabic")),
                ("name_zh", models.CharField(blank=True, max_length=240, verbose_name="name in Chinese")),
                ("name_en", models.CharField(max_length=240, verbose_name="name in English")),
                ("name_fr", models.CharField(blank=True, max_length=240, verbose_name="name in French")),
                ("name_ru", models.CharField(blank=True, max_length=240, verbose_name="name in Russian")),
                ("name_es", models.CharField(blank=True, max_length=240, verbose_name="name in Spanish")),
                ("sort_ar", models.CharField(blank=True, db_collation="C", editable=False, max_length=240)),
                ("sort_zh", models.CharField(blank=True, db_collation="C", editable=False, max_length=240)),
                ("sort_en", models.CharField(blank=True, db_collation="C", editable=False, max_length=240)),
                ("sort_fr", models.CharField(blank=True, db_collation="C", editable=False, max_length=240)),
                ("sort_ru", models.CharField(blank=True, db_collation="C", editable=False, max_length=240)),
                ("sort_es", models.CharField(blank=True, db_collation="C", editable=False, max_length=240)),
                (
                    "translation_status",
                    models.CharField(
                        choices=[
                            ("official", "As the source publishes them"),
                            ("human", "Reviewed by an editor"),
                            ("draft", "Draft, not reviewed"),
                        ],
                        default="draft",
                        max_length=10,
                        verbose_name="translations",
                    ),
                ),
                (
                    "code",
                    models.CharField(max_length=30, primary_key=True, serialize=False, verbose_name="code"),
                ),
                ("position", models.PositiveSmallIntegerField(default=0, verbose_name="position")),
            ],
            options={"verbose_name": "measure", "verbose_name_plural": "measures", "abstract": False},
        ),
        migrations.CreateModel(
            name="ReviewGroup",
            fields=[
                ("source", models.TextField(blank=True, verbose_name="source")),
                ("source_date", models.DateField(blank=True, null=True, verbose_name="state of")),
                ("note", models.TextField(blank=True, verbose_name="note")),
                (
                    "edited_by_hand",
                    models.BooleanField(
                        default=False,
                        editable=False,
                        help_text="Loading the reference data again leaves this row as it is.",
                        verbose_name="edited by the desk",
                    ),
                ),
                (
                    "edited_at",
                    models.DateTimeField(blank=True, editable=False, null=True, verbose_name="edited at"),
                ),
                (
                    "code",
                    models.CharField(max_length=4, primary_key=True, serialize=False, verbose_name="number"),
                ),
                ("nominal_start", models.CharField(blank=True, max_length=10, verbose_name="nominal start")),
            ],
            options={
                "verbose_name": "review group",
                "verbose_name_plural": "review groups",
                "ordering": ["code"],
            },
        ),
        migrations.CreateModel(
            name="ScreeningRule",
            fields=[
                ("source", models.TextField(blank=True, verbose_name="source")),
                ("source_date", models.DateField(blank=True, null=True, verbose_name="state of")),
                ("note", models.TextField(blank=True, verbose_name="note")),
                (
                    "edited_by_hand",
                    models.BooleanField(
                        default=False,
                        editable=False,
                        help_text="Loading the reference data again leaves this row as it is.",
                        verbose_name="edited by the desk",
                    ),
                ),
                (
                    "edited_at",
                    models.DateTimeField(blank=True, editable=False, null=True, verbose_name="edited at"),
                ),
                ("name_ar", models.CharField(blank=True, max_length=240, verbose_name="name in Arabic")),
                ("name_zh", models.CharField(blank=True, max_length=240, verbose_name="name in Chinese")),
                ("name_en", models.CharField(max_length=240, verbose_name="name in English")),
                ("name_fr", models.CharField(blank=True, max_length=240, verbose_name="name in French")),
                ("name_ru", models.CharField(blank=True, max_length=240, verbose_name="name in Russian")),
                ("name_es", models.CharField(blank=True, max_length=240, verbose_name="name in Spanish")),
                ("sort_ar", models.CharField(blank=True, db_collation="C", editable=False, max_length=240)),
                ("sort_zh", models.CharField(blank=True, db_collation="C", editable=False, max_length=240)),
                ("sort_en", models.CharField(blank=True, db_collation="C", editable=False, max_length=240)),
                ("sort_fr", models.CharField(blank=True, db_collation="C", editable=False, max_length=240)),
                ("sort_ru", models.CharField(blank=True, db_collation="C", editable=False, max_length=240)),
                ("sort_es", models.CharField(blank=True, db_collation="C", editable=False, max_length=240)),
                (
                    "translation_status",
                    models.CharField(
                        choices=[
                            ("official", "As the source publishes them"),
                            ("human", "Reviewed by an editor"),
                            ("draft", "Draft, not reviewed"),
                        ],
                        default="draft",
                        max_length=10,
                        verbose_name="translations",
                    ),
                ),
                (
                    "code",
                    models.CharField(max_length=40, primary_key=True, serialize=False, verbose_name="code"),
                ),
                ("position", models.PositiveSmallIntegerField(default=0, verbose_name="position")),
                ("text", models.TextField(verbose_name="the rule in full, in English")),
                ("retired", models.BooleanField(default=False, verbose_name="no longer used")),
            ],
            options={
                "verbose_name": "screening rule",
                "verbose_name_plural": "screening rules",
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Secretariat",
            fields=[
                ("source", models.TextField(blank=True, verbose_name="source")),
                ("source_date", models.DateField(blank=True, null=True, verbose_name="state of")),
                ("note", models.TextField(blank=True, verbose_name="note")),
                (
                    "edited_by_hand",
                    models.BooleanField(
                        default=False,
                        editable=False,
                        help_text="Loading the reference data again leaves this row as it is.",
                        verbose_name="edited by the desk",
                    ),
                ),
                (
                    "edited_at",
                    models.DateTimeField(blank=True, editable=False, null=True, verbose_name="edited at"),
                ),
                ("name_ar", models.CharField(blank=True, max_length=240, verbose_name="name in Arabic")),
                ("name_zh", models.CharField(blank=True, max_length=240, verbose_name="name in Chinese")),
                ("name_en", models.CharField(max_length=240, verbose_name="name in English")),
                ("name_fr", models.CharField(blank=True, max_length=240, verbose_name="name in French")),
                ("name_ru", models.CharField(blank=True, max_length=240, verbose_name="name in Russian")),
                ("name_es", models.CharField(blank=True, max_length=240, verbose_name="name in Spanish")),
                ("sort_ar", models.CharField(blank=True, db_collation="C", editable=False, max_length=240)),
                ("sort_zh", models.CharField(blank=True, db_collation="C", editable=False, max_length=240)),
                ("sort_en", models.CharField(blank=True, db_collation="C", editable=False, max_length=240)),
                ("sort_fr", models.CharField(blank=True, db_collation="C", editable=False, max_length=240)),
                ("sort_ru", models.CharField(blank=True, db_collation="C", editable=False, max_length=240)),
                ("sort_es", models.CharField(blank=True, db_collation="C", editable=False, max_length=240)),
                (
                    "translation_status",
                    models.CharField(
                        choices=[
                            ("official", "As the source publishes them"),
                            ("human", "Reviewed by an editor"),
                            ("draft", "Draft, not reviewed"),
                        ],
                        default="draft",
                        max_length=10,
                        verbose_name="translations",
                    ),
                ),
                (
                    "code",
                    models.CharField(max_length=10, primary_key=True, serialize=False, verbose_name="code"),
                ),
                ("url", models.URLField(blank=True, max_length=500, verbose_name="page")),
                ("email", models.EmailField(blank=True, max_length=254, verbose_name="e-mail")),
            ],
            options={
                "verbose_name": "secretariat of the Convention",
                "verbose_name_plural": "secretariat of the Convention",
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Call",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("opens_at", models.DateTimeField(blank=True, null=True, verbose_name="opens at")),
                ("closes_at", models.DateTimeField(blank=True, null=True, verbose_name="closes at")),
                ("zone", models.CharField(default="Europe/Vienna", max_length=60, verbose_name="time zone")),
                (
                    "translations",
                    models.JSONField(
                        blank=True,
                        default=dict,
                        help_text="{language code: {field: text}}, for languages beside the one of the text",
                        verbose_name="translations",
                    ),
                ),
                ("title", models.CharField(max_length=200, verbose_name="title")),
                (
                    "guidance",
                    models.TextField(
                        blank=True,
                        help_text="What contributors should know. Plain text or Markdown.",
                        verbose_name="guidance",
                    ),
                ),
                (
                    "language",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="taxonomy.language",
                        verbose_name="language of this text",
                    ),
                ),
                (
                    "status",
                    models.CharField(
                        choices=[("draft", "Draft"), ("published", "Published"), ("cancelled", "Cancelled")],
                        default="draft",
                        max_length=10,
                        verbose_name="status",
                    ),
                ),
                (
                    "cluster",
                    models.ForeignKey(
                        blank=True,
                        help_text="Empty for a call on a theme.",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="taxonomy.cluster",
                        verbose_name="cluster of the phase",
                    ),
                ),
                (
                    "answerers",
                    models.CharField(
                        choices=[
                            ("all", "Every stakeholder of the directory"),
                            ("countries", "Stakeholders in, or working in, the countries of the call"),
                        ],
                        default="all",
                        max_length=10,
                        verbose_name="who may contribute",
                    ),
                ),
                (
                    "most_words",
                    models.PositiveIntegerField(
                        blank=True,
                        help_text="Empty: only the limits of the questions count.",
                        null=True,
                        verbose_name="words in all",
                    ),
                ),
                (
                    "summary",
                    models.TextField(
                        blank=True,
                        help_text="Shown once the call has closed.",
                        verbose_name="summary of contributions",
                    ),
                ),
                (
                    "summary_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="summary published at"),
                ),
                (
                    "drafted_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="drafted by",
                    ),
                ),
                ("published_at", models.DateTimeField(blank=True, null=True, verbose_name="published at")),
                ("version", models.PositiveIntegerField(default=0, editable=False)),
                (
                    "created_at",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(),
                        editable=False,
                        verbose_name="drafted at",
                    ),
                ),
                (
                    "updated_at",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(),
                        editable=False,
                        verbose_name="updated at",
                    ),
                ),
                (
                    "is_demo",
                    models.BooleanField(default=False, editable=False, verbose_name="demonstration call"),
                ),
                (
                    "countries",
                    models.ManyToManyField(
                        blank=True,
                        help_text="None chosen: all.",
                        related_name="+",
                        to="taxonomy.country",
                        verbose_name="countries and areas",
                    ),
                ),
                (
                    "articles",
                    models.ManyToManyField(
                        blank=True, related_name="+", to="taxonomy.article", verbose_name="articles"
                    ),
                ),
                (
                    "topics",
                    models.ManyToManyField(
                        blank=True, related_name="+", to="taxonomy.topic", verbose_name="topics"
                    ),
                ),
                (
                    "accepts",
                    models.ManyToManyField(
                        blank=True,
                        help_text="None chosen: the six of the United Nations.",
                        related_name="+",
                        to="taxonomy.language",
                        verbose_name="languages of contributions",
                    ),
                ),
            ],
            options={
                "verbose_name": "call for contributions",
                "verbose_name_plural": "calls for contributions",
                "ordering": ["-opens_at", "-pk"],
                "abstract": False,
                "indexes": [models.Index(fields=["status", "closes_at"], name="call_by_closing")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("opens_at", None),
                            ("closes_at", None),
                            ("opens_at__lt", models.F("closes_at")),
                            _connector="OR",
                        ),
                        name="call_closes_after_it_opens",
                        violation_error_message="The closing has to come after the opening.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("status__in", ["draft", "published", "cancelled"])),
                        name="call_status_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("answerers__in", ["all", "countries"])),
                        name="call_answerers_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("status", "draft"),
                            models.Q(
                                ("closes_at__isnull", False),
                                ("opens_at__isnull", False),
                                ("published_at__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="call_complete_once_published",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Contribution",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "call",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="contributions",
                        to="reviews.call",
                        verbose_name="call",
                    ),
                ),
                (
                    "stakeholder",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="contributions",
                        to="stakeholders.stakeholder",
                        verbose_name="lead stakeholder",
                    ),
                ),
                (
                    "author",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="contributions",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="written by",
                    ),
                ),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("draft", "Draft"),
                            ("submitted", "Submitted"),
                            ("screening", "In screening"),
                            ("returned", "Returned for changes"),
                            ("published", "Published"),
                            ("desk_only", "Kept for the WhatsOn team"),
                            ("declined", "Declined"),
                            ("withdrawn", "Withdrawn"),
                            ("hidden", "Hidden by the WhatsOn team"),
                            ("removed", "Removed by the WhatsOn team"),
                        ],
                        default="draft",
                        max_length=10,
                        verbose_name="status",
                    ),
                ),
                (
                    "visibility",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("public", "Public, with our name"),
                            ("unnamed", "Public, without our name"),
                            ("desk", "For the WhatsOn team only"),
                        ],
                        max_length=10,
                        verbose_name="who reads it",
                    ),
                ),
                (
                    "language",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="taxonomy.language",
                        verbose_name="language of the text",
                    ),
                ),
                ("digest", models.CharField(blank=True, editable=False, max_length=64)),
                ("version", models.PositiveIntegerField(default=0, editable=False)),
                ("submitted_at", models.DateTimeField(blank=True, null=True, verbose_name="sent at")),
                ("returned_at", models.DateTimeField(blank=True, null=True, verbose_name="returned at")),
                ("answer_by", models.DateTimeField(blank=True, null=True, verbose_name="answer asked by")),
                ("decided_at", models.DateTimeField(blank=True, null=True, verbose_name="decided at")),
                ("published_at", models.DateTimeField(blank=True, null=True, verbose_name="published at")),
                (
                    "declined_by_rule",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="reviews.screeningrule",
                        verbose_name="rule",
                    ),
                ),
                (
                    "created_at",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(),
                        editable=False,
                        verbose_name="begun at",
                    ),
                ),
                (
                    "updated_at",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(),
                        editable=False,
                        verbose_name="updated at",
                    ),
                ),
                (
                    "countries",
                    models.ManyToManyField(
                        blank=True,
                        help_text="None chosen: those of the call.",
                        related_name="+",
                        to="taxonomy.country",
                        verbose_name="countries it is about",
                    ),
                ),
            ],
            options={
                "verbose_name": "contribution",
                "verbose_name_plural": "contributions",
                "ordering": ["-submitted_at", "-pk"],
                "indexes": [
                    models.Index(fields=["call", "status"], name="contribution_of_call"),
                    models.Index(
                        condition=models.Q(("status", "published")),
                        fields=["-published_at"],
                        name="contribution_published",
                    ),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "status__in",
                                [
                                    "draft",
                                    "submitted",
                                    "screening",
                                    "returned",
                                    "published",
                                    "desk_only",
                                    "declined",
                                    "withdrawn",
                                    "hidden",
                                    "removed",
                                ],
                            )
                        ),
                        name="contribution_status_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("visibility__in", ("", "public", "unnamed", "desk"))),
                        name="contribution_visibility_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("status", "draft"),
                            models.Q(
                                models.Q(("visibility", ""), _negated=True), ("submitted_at__isnull", False)
                            ),
                            _connector="OR",
                        ),
                        name="contribution_complete_once_sent",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("status", "published"), _negated=True),
                            models.Q(
                                ("published_at__isnull", False), ("visibility__in", ("public", "unnamed"))
                            ),
                            _connector="OR",
                        ),
                        name="contribution_published_as_allowed",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("status", "declined"), ("declined_by_rule__isnull", False)),
                            models.Q(
                                models.Q(("status", "declined"), _negated=True), ("declined_by_rule", None)
                            ),
                            _connector="OR",
                        ),
                        name="contribution_declined_by_a_rule",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(
                            ("status__in", ("declined", "withdrawn", "removed")), _negated=True
                        ),
                        fields=("call", "stakeholder"),
                        name="one_contribution_each",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="CoSignature",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "contribution",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="signatures",
                        to="reviews.contribution",
                        verbose_name="contribution",
                    ),
                ),
                (
                    "stakeholder",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="signatures",
                        to="stakeholders.stakeholder",
                        verbose_name="stakeholder",
                    ),
                ),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("invited", "Asked"),
                            ("confirmed", "Signed"),
                            ("declined", "Does not sign"),
                        ],
                        default="invited",
                        max_length=10,
                        verbose_name="answer",
                    ),
                ),
                (
                    "digest",
                    models.CharField(
                        blank=True, max_length=64, verbose_name="digest of the text that was signed"
                    ),
                ),
                (
                    "invited_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="asked by",
                    ),
                ),
                (
                    "invited_at",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(),
                        editable=False,
                        verbose_name="asked at",
                    ),
                ),
                (
                    "answered_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="answered by",
                    ),
                ),
                ("answered_at", models.DateTimeField(blank=True, null=True, verbose_name="answered at")),
            ],
            options={
                "verbose_name": "co-signature",
                "verbose_name_plural": "co-signatures",
                "ordering": ["pk"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("contribution", "stakeholder"), name="one_signature_each"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("status__in", ["invited", "confirmed", "declined"])),
                        name="signing_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("status", "confirmed"), _negated=True),
                            models.Q(("digest", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="signature_has_digest",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="CountryReview",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("source", models.TextField(blank=True, verbose_name="source")),
                ("source_date", models.DateField(blank=True, null=True, verbose_name="state of")),
                ("note", models.TextField(blank=True, verbose_name="note")),
                (
                    "edited_by_hand",
                    models.BooleanField(
                        default=False,
                        editable=False,
                        help_text="Loading the reference data again leaves this row as it is.",
                        verbose_name="edited by the desk",
                    ),
                ),
                (
                    "edited_at",
                    models.DateTimeField(blank=True, editable=False, null=True, verbose_name="edited at"),
                ),
                (
                    "country",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="review",
                        to="taxonomy.country",
                        verbose_name="country",
                    ),
                ),
                (
                    "group",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="reviews",
                        to="reviews.reviewgroup",
                        verbose_name="review group",
                    ),
                ),
                ("nominal_start", models.CharField(blank=True, max_length=10, verbose_name="nominal start")),
                ("actual_start", models.CharField(blank=True, max_length=10, verbose_name="actual start")),
                (
                    "actual_start_source",
                    models.TextField(blank=True, verbose_name="source of the actual start"),
                ),
            ],
            options={
                "verbose_name": "country review",
                "verbose_name_plural": "country reviews",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("group", None), models.Q(("source", ""), _negated=True), _connector="OR"
                        ),
                        name="review_group_has_source",
                        violation_error_message="Enter where the group is published.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("actual_start", ""),
                            models.Q(("actual_start_source", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="review_start_has_source",
                        violation_error_message="Enter where the actual start is published.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Dialogue",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("opens_at", models.DateTimeField(blank=True, null=True, verbose_name="opens at")),
                ("closes_at", models.DateTimeField(blank=True, null=True, verbose_name="closes at")),
                ("zone", models.CharField(default="Europe/Vienna", max_length=60, verbose_name="time zone")),
                (
                    "translations",
                    models.JSONField(
                        blank=True,
                        default=dict,
                        help_text="{language code: {field: text}}, for languages beside the one of the text",
                        verbose_name="translations",
                    ),
                ),
                (
                    "event",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="dialogue",
                        to="events.event",
                        verbose_name="event",
                    ),
                ),
                (
                    "call_text",
                    models.TextField(
                        help_text="What the dialogue is for, and who should apply. Plain text or Markdown.",
                        verbose_name="call",
                    ),
                ),
                (
                    "language",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="taxonomy.language",
                        verbose_name="language of this text",
                    ),
                ),
                (
                    "promised_on",
                    models.DateField(
                        help_text="Applicants see this day, and are informed if it passes.",
                        verbose_name="decisions promised by",
                    ),
                ),
                (
                    "places",
                    models.PositiveIntegerField(
                        blank=True,
                        help_text="Empty: as many as the Extended Bureau accepts.",
                        null=True,
                        verbose_name="places",
                    ),
                ),
                (
                    "offer_hours",
                    models.PositiveSmallIntegerField(
                        default=72, verbose_name="hours to take a place that was offered"
                    ),
                ),
                (
                    "most_words",
                    models.PositiveSmallIntegerField(
                        default=200, verbose_name="maximum length about one topic, in words"
                    ),
                ),
                (
                    "statement_words",
                    models.PositiveSmallIntegerField(
                        default=300, verbose_name="maximum length of a statement, in words"
                    ),
                ),
                (
                    "term",
                    models.TextField(
                        help_text="Everybody who sends a statement agrees to it, and a person of the desk checks it.",
                        max_length=1000,
                        verbose_name="term for statements",
                    ),
                ),
                (
                    "retention_days",
                    models.PositiveSmallIntegerField(
                        default=30,
                        help_text="Counted from the end of the dialogue.",
                        validators=[django.core.validators.MaxValueValidator(180)],
                        verbose_name="days until sensitive answers are erased",
                    ),
                ),
                ("summary", models.TextField(blank=True, verbose_name="chair's summary")),
                (
                    "summary_url",
                    models.URLField(blank=True, max_length=500, verbose_name="address of the summary"),
                ),
                ("outcomes", models.TextField(blank=True, verbose_name="outcomes")),
                (
                    "summary_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="summary published at"),
                ),
                ("silence_told_at", models.DateTimeField(blank=True, editable=False, null=True)),
                (
                    "released_at",
                    models.DateTimeField(
                        blank=True, editable=False, null=True, verbose_name="decisions released at"
                    ),
                ),
                (
                    "written_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="written by",
                    ),
                ),
                ("version", models.PositiveIntegerField(default=0, editable=False)),
                (
                    "created_at",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(),
                        editable=False,
                        verbose_name="written at",
                    ),
                ),
                (
                    "updated_at",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(),
                        editable=False,
                        verbose_name="updated at",
                    ),
                ),
            ],
            options={
                "verbose_name": "constructive dialogue",
                "verbose_name_plural": "constructive dialogues",
                "ordering": ["-event__starts_at", "-pk"],
                "abstract": False,
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("opens_at", None),
                            ("closes_at", None),
                            ("opens_at__lt", models.F("closes_at")),
                            _connector="OR",
                        ),
                        name="dialogue_closes_after_it_opens",
                        violation_error_message="The closing has to come after the opening.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("retention_days__lte", 180)), name="dialogue_retention_limited"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="BureauList",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "dialogue",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="bureau_lists",
                        to="reviews.dialogue",
                        verbose_name="dialogue",
                    ),
                ),
                ("rows", models.JSONField(default=dict, verbose_name="rows")),
                ("text", models.TextField(verbose_name="the original file")),
                ("digest", models.CharField(max_length=64, verbose_name="SHA-256 of the file")),
                (
                    "made_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="made by",
                    ),
                ),
                ("made_at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="made at")),
            ],
            options={
                "verbose_name": "list for the Extended Bureau",
                "verbose_name_plural": "lists for the Extended Bureau",
                "ordering": ["-pk"],
            },
        ),
        migrations.CreateModel(
            name="BureauAnswer",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "bureau_list",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="answers",
                        to="reviews.bureaulist",
                        verbose_name="list",
                    ),
                ),
                ("name", models.CharField(max_length=200, verbose_name="file")),
                ("sha256", models.CharField(max_length=64, verbose_name="SHA-256 of the file")),
                ("rows", models.JSONField(default=list, verbose_name="rows")),
                ("faults", models.JSONField(default=list, verbose_name="what is wrong")),
                (
                    "sent_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="sent by",
                    ),
                ),
                ("sent_at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="sent at")),
                ("taken_at", models.DateTimeField(blank=True, null=True, verbose_name="taken over at")),
            ],
            options={
                "verbose_name": "answer of the Extended Bureau",
                "verbose_name_plural": "answers of the Extended Bureau",
                "ordering": ["-pk"],
            },
        ),
        migrations.CreateModel(
            name="Attendance",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "dialogue",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="attendance",
                        to="reviews.dialogue",
                        verbose_name="dialogue",
                    ),
                ),
                ("what", models.CharField(max_length=200, verbose_name="what was counted")),
                ("number", models.PositiveIntegerField(verbose_name="number")),
                ("counted_by", models.CharField(max_length=200, verbose_name="who counted")),
                (
                    "source_url",
                    models.URLField(blank=True, max_length=500, verbose_name="address of the source"),
                ),
                ("on", models.DateField(blank=True, null=True, verbose_name="date of the count")),
                (
                    "written_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="written by",
                    ),
                ),
            ],
            options={"verbose_name": "attendance", "verbose_name_plural": "attendance", "ordering": ["pk"]},
        ),
        migrations.CreateModel(
            name="DialogueApplication",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "stakeholder",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="dialogue_applications",
                        to="stakeholders.stakeholder",
                        verbose_name="stakeholder",
                    ),
                ),
                (
                    "applicant",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="dialogue_applications",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="applicant",
                    ),
                ),
                (
                    "prepared_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="prepared by",
                    ),
                ),
                (
                    "asked_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="confirmation asked for at"),
                ),
                (
                    "language",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="taxonomy.language",
                        verbose_name="language of the answers",
                    ),
                ),
                (
                    "mode",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("in_person", "In person"),
                            ("online", "Online"),
                            ("hybrid", "Hybrid (in person and online)"),
                        ],
                        max_length=10,
                        verbose_name="how you take part",
                    ),
                ),
                (
                    "travel_support",
                    models.BooleanField(default=False, verbose_name="travel support asked for"),
                ),
                ("wants_to_speak", models.BooleanField(default=False, verbose_name="would like to speak")),
                ("speaking_about", models.TextField(blank=True, verbose_name="what about")),
                (
                    "shares_with_bureau",
                    models.BooleanField(default=False, verbose_name="may be given to the Extended Bureau"),
                ),
                (
                    "evidence",
                    models.JSONField(blank=True, default=dict, verbose_name="taken from the profile"),
                ),
                ("travel_reason", models.TextField(blank=True, verbose_name="why travel support is needed")),
                ("access_needs", models.TextField(blank=True, verbose_name="access needs")),
                (
                    "gender",
                    models.CharField(
                        blank=True,
                        choices=[("woman", "Woman"), ("man", "Man"), ("other", "Another")],
                        max_length=10,
                        verbose_name="gender",
                    ),
                ),
                (
                    "erased_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="sensitive answers erased at"),
                ),
                ("submitted_at", models.DateTimeField(blank=True, null=True, verbose_name="sent at")),
                ("version", models.PositiveIntegerField(default=0, editable=False)),
                (
                    "created_at",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(),
                        editable=False,
                        verbose_name="begun at",
                    ),
                ),
                (
                    "updated_at",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(),
                        editable=False,
                        verbose_name="updated at",
                    ),
                ),
            ],
            options={
                "verbose_name": "application to dialogues",
                "verbose_name_plural": "applications to dialogues",
                "ordering": ["-pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("mode__in", ("", "in_person", "online"))),
                        name="dialogue_application_mode_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("gender__in", ("", "woman", "man", "other"))),
                        name="dialogue_application_gender_known",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("submitted_at", None)),
                        fields=("stakeholder", "applicant"),
                        name="one_draft_of_dialogue_application_each",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="DialogueExpertise",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "application",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="expertise",
                        to="reviews.dialogueapplication",
                        verbose_name="application",
                    ),
                ),
                (
                    "topic",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="taxonomy.topic",
                        verbose_name="topic",
                    ),
                ),
                ("text", models.TextField(verbose_name="expertise")),
            ],
            options={
                "verbose_name": "expertise in a topic",
                "verbose_name_plural": "expertise in topics",
                "ordering": ["pk"],
                "constraints": [
                    models.UniqueConstraint(fields=("application", "topic"), name="one_expertise_per_topic")
                ],
            },
        ),
        migrations.CreateModel(
            name="DialogueLine",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "application",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="lines",
                        to="reviews.dialogueapplication",
                        verbose_name="application",
                    ),
                ),
                (
                    "dialogue",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="lines",
                        to="reviews.dialogue",
                        verbose_name="dialogue",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="person",
                    ),
                ),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("draft", "Draft"),
                            ("submitted", "Received"),
                            ("shortlisted", "Shortlisted"),
                            ("with_bureau", "With the Extended Bureau"),
                            ("accepted", "Accepted"),
                            ("waiting", "On the waiting list"),
                            ("not_accepted", "Not accepted"),
                            ("withdrawn", "Withdrawn"),
                        ],
                        default="draft",
                        max_length=15,
                        verbose_name="status",
                    ),
                ),
                (
                    "since",
                    models.DateTimeField(
                        default=django.utils.timezone.now, verbose_name="in this state since"
                    ),
                ),
                ("reason", models.CharField(blank=True, max_length=60, verbose_name="category of reason")),
                ("decided_by_desk", models.BooleanField(default=False, verbose_name="decided by the desk")),
                ("decided_at", models.DateTimeField(blank=True, null=True, verbose_name="decided at")),
                (
                    "queued_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="on the waiting list since"),
                ),
                ("offer_until", models.DateTimeField(blank=True, null=True, verbose_name="offer good until")),
                (
                    "reason_asked_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="reason asked for at"),
                ),
                (
                    "reconsider_asked_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="reconsideration asked for at"),
                ),
                ("reconsider_text", models.TextField(blank=True, verbose_name="statement of the applicant")),
                (
                    "reconsidered_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="reconsidered at"),
                ),
                (
                    "speaks_at",
                    models.PositiveSmallIntegerField(
                        blank=True, null=True, verbose_name="place in the order of speakers"
                    ),
                ),
                ("version", models.PositiveIntegerField(default=0, editable=False)),
                (
                    "created_at",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(), editable=False
                    ),
                ),
                (
                    "updated_at",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(), editable=False
                    ),
                ),
            ],
            options={
                "verbose_name": "application to a dialogue",
                "verbose_name_plural": "applications to a dialogue",
                "ordering": ["pk"],
                "indexes": [
                    models.Index(fields=["dialogue", "status"], name="dialogue_line_by_status"),
                    models.Index(
                        condition=models.Q(("status", "waiting")),
                        fields=["offer_until"],
                        name="dialogue_offers",
                    ),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "status__in",
                                [
                                    "draft",
                                    "submitted",
                                    "shortlisted",
                                    "with_bureau",
                                    "accepted",
                                    "waiting",
                                    "not_accepted",
                                    "withdrawn",
                                ],
                            )
                        ),
                        name="dialogue_line_status_known",
                    ),
                    models.UniqueConstraint(fields=("application", "dialogue"), name="one_line_per_dialogue"),
                    models.UniqueConstraint(
                        condition=models.Q(("status__in", ("draft", "withdrawn")), _negated=True),
                        fields=("dialogue", "person"),
                        name="one_application_per_person_and_dialogue",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("offer_until", None), ("status", "waiting"), _connector="OR"),
                        name="dialogue_offer_while_waiting",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="DialogueStatement",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "line",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="statement",
                        to="reviews.dialogueline",
                        verbose_name="application",
                    ),
                ),
                ("text", models.TextField(verbose_name="statement")),
                (
                    "language",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="taxonomy.language",
                        verbose_name="language of the statement",
                    ),
                ),
                ("words", models.PositiveIntegerField(default=0, verbose_name="words")),
                ("agreed_term", models.TextField(verbose_name="term agreed to")),
                ("sent_at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="sent at")),
                ("checked_at", models.DateTimeField(blank=True, null=True, verbose_name="checked at")),
                (
                    "checked_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="checked by",
                    ),
                ),
                ("returned_note", models.TextField(blank=True, verbose_name="what the author should change")),
            ],
            options={
                "verbose_name": "statement at a dialogue",
                "verbose_name_plural": "statements at dialogues",
                "ordering": ["line__speaks_at", "pk"],
            },
        ),
        migrations.CreateModel(
            name="Evidence",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "file",
                    models.FileField(
                        max_length=200, upload_to=core.uploads.private_path("files"), verbose_name="file"
                    ),
                ),
                ("name", models.CharField(max_length=200, verbose_name="name")),
                ("media_type", models.CharField(max_length=100, verbose_name="type")),
                ("size", models.PositiveBigIntegerField(verbose_name="size in bytes")),
                ("sha256", models.CharField(max_length=64, verbose_name="SHA-256 of the content")),
                ("uploaded_at", models.DateTimeField(auto_now_add=True, verbose_name="uploaded at")),
                (
                    "contribution",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="evidence",
                        to="reviews.contribution",
                        verbose_name="contribution",
                    ),
                ),
                (
                    "uploaded_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="uploaded by",
                    ),
                ),
            ],
            options={
                "verbose_name": "evidence",
                "verbose_name_plural": "evidence",
                "ordering": ["uploaded_at", "pk"],
            },
        ),
        migrations.CreateModel(
            name="EvidenceLink",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "contribution",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="links",
                        to="reviews.contribution",
                        verbose_name="contribution",
                    ),
                ),
                ("label", models.CharField(max_length=200, verbose_name="what it is")),
                ("url", models.URLField(max_length=500, verbose_name="address")),
            ],
            options={
                "verbose_name": "link to evidence",
                "verbose_name_plural": "links to evidence",
                "ordering": ["pk"],
            },
        ),
        migrations.CreateModel(
            name="FocalPoint",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("source", models.TextField(blank=True, verbose_name="source")),
                ("source_date", models.DateField(blank=True, null=True, verbose_name="state of")),
                ("note", models.TextField(blank=True, verbose_name="note")),
                (
                    "edited_by_hand",
                    models.BooleanField(
                        default=False,
                        editable=False,
                        help_text="Loading the reference data again leaves this row as it is.",
                        verbose_name="edited by the desk",
                    ),
                ),
                (
                    "edited_at",
                    models.DateTimeField(blank=True, editable=False, null=True, verbose_name="edited at"),
                ),
                (
                    "review",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="focal_point",
                        to="reviews.countryreview",
                        verbose_name="country review",
                    ),
                ),
                (
                    "nominated",
                    models.CharField(
                        choices=[("yes", "Yes"), ("no", "No"), ("unknown", "Not known")],
                        default="unknown",
                        max_length=7,
                        verbose_name="nominated",
                    ),
                ),
                (
                    "name",
                    models.CharField(
                        blank=True,
                        help_text="Only where the State or UNODC has published it.",
                        max_length=200,
                        verbose_name="name",
                    ),
                ),
                ("name_source", models.TextField(blank=True, verbose_name="where the name is published")),
            ],
            options={
                "verbose_name": "review focal point",
                "verbose_name_plural": "review focal points",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("nominated__in", ["yes", "no", "unknown"])),
                        name="focal_point_nominated_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("nominated", "unknown"), models.Q(("source", ""), _negated=True), _connector="OR"
                        ),
                        name="focal_point_has_source",
                        violation_error_message="Enter where this is published.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("name", ""), models.Q(("name_source", ""), _negated=True), _connector="OR"
                        ),
                        name="focal_point_name_published",
                        violation_error_message="A name may appear here only where it is published: enter where.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="FollowUp",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "call",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="follow_ups",
                        to="reviews.call",
                        verbose_name="call",
                    ),
                ),
                ("on", models.DateField(verbose_name="date")),
                ("text", models.TextField(max_length=2000, verbose_name="what followed")),
                ("source", models.CharField(max_length=300, verbose_name="source")),
                ("url", models.URLField(blank=True, max_length=500, verbose_name="address of the source")),
                (
                    "written_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="written by",
                    ),
                ),
                (
                    "written_at",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(),
                        editable=False,
                        verbose_name="written at",
                    ),
                ),
            ],
            options={
                "verbose_name": "what followed",
                "verbose_name_plural": "what followed",
                "ordering": ["on", "pk"],
            },
        ),
        migrations.CreateModel(
            name="Handout",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("slug", models.SlugField(max_length=40, verbose_name="address")),
                (
                    "language",
                    models.CharField(
                        choices=[
                            ("ar", "Arabic"),
                            ("zh", "Chinese"),
                            ("en", "English"),
                            ("fr", "French"),
                            ("ru", "Russian"),
                            ("es", "Spanish"),
                        ],
                        default="en",
                        max_length=2,
                        verbose_name="language",
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[("checklist", "Checklist"), ("letter", "Model letter")],
                        max_length=10,
                        verbose_name="kind",
                    ),
                ),
                ("position", models.PositiveSmallIntegerField(default=0, verbose_name="position")),
                ("title", models.CharField(max_length=160, verbose_name="title")),
                ("lead", models.CharField(blank=True, max_length=300, verbose_name="what it is for")),
                (
                    "body",
                    models.TextField(
                        help_text="Markdown. In a letter, write in [brackets] what the sender fills in.",
                        verbose_name="text",
                    ),
                ),
                ("is_shown", models.BooleanField(default=True, verbose_name="shown")),
                ("seed", models.CharField(blank=True, editable=False, max_length=64)),
                ("updated_at", models.DateTimeField(auto_now=True, verbose_name="last changed")),
            ],
            options={
                "verbose_name": "checklist or letter",
                "verbose_name_plural": "checklists and letters",
                "ordering": ["position", "slug", "language"],
                "constraints": [
                    models.UniqueConstraint(fields=("slug", "language"), name="one_handout_per_language"),
                    models.CheckConstraint(
                        condition=models.Q(("kind__in", ["checklist", "letter"])), name="handout_kind_known"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Objection",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "line",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="objections",
                        to="reviews.dialogueline",
                        verbose_name="application",
                    ),
                ),
                ("text", models.TextField(max_length=2000, verbose_name="objection")),
                (
                    "recorded_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="recorded by",
                    ),
                ),
                (
                    "recorded_at",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(),
                        editable=False,
                        verbose_name="recorded at",
                    ),
                ),
            ],
            options={"verbose_name": "objection", "verbose_name_plural": "objections", "ordering": ["pk"]},
        ),
        migrations.CreateModel(
            name="Observation",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "country",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="taxonomy.country",
                        verbose_name="country or area",
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("gap", "Gap"),
                            ("good_practice", "Good practice"),
                            ("suggestion", "Suggestion"),
                            ("assistance", "Assistance need"),
                        ],
                        max_length=15,
                        verbose_name="kind",
                    ),
                ),
                (
                    "article",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="taxonomy.article",
                        verbose_name="article",
                    ),
                ),
                ("text", models.TextField(max_length=4000, verbose_name="observation")),
                (
                    "language",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="taxonomy.language",
                        verbose_name="language of the text",
                    ),
                ),
                (
                    "source",
                    models.CharField(
                        help_text="The document that contains it, with its symbol where it has one.",
                        max_length=300,
                        verbose_name="source",
                    ),
                ),
                (
                    "source_url",
                    models.URLField(blank=True, max_length=500, verbose_name="address of the source"),
                ),
                ("source_date", models.DateField(verbose_name="date of the source")),
                (
                    "split_from",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="parts",
                        to="reviews.observation",
                        verbose_name="split from",
                    ),
                ),
                (
                    "recorded_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="recorded by",
                    ),
                ),
                (
                    "recorded_at",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(),
                        editable=False,
                        verbose_name="recorded at",
                    ),
                ),
                ("published_at", models.DateTimeField(blank=True, null=True, verbose_name="published at")),
                ("version", models.PositiveIntegerField(default=0, editable=False)),
                ("is_demo", models.BooleanField(default=False, editable=False, verbose_name="demonstration")),
                (
                    "topics",
                    models.ManyToManyField(
                        blank=True, related_name="+", to="taxonomy.topic", verbose_name="topics"
                    ),
                ),
                (
                    "contributions",
                    models.ManyToManyField(
                        blank=True,
                        help_text="What stakeholders had contributed on it. Only published contributions are shown.",
                        related_name="observations",
                        to="reviews.contribution",
                        verbose_name="contributions",
                    ),
                ),
            ],
            options={
                "verbose_name": "observation",
                "verbose_name_plural": "observations",
                "ordering": ["country__sort_en", "article__instrument__position", "article__number", "pk"],
                "indexes": [models.Index(fields=["country", "kind"], name="observation_of_country")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("kind__in", ["gap", "good_practice", "suggestion", "assistance"])
                        ),
                        name="observation_kind_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("text", ""), _negated=True), models.Q(("source", ""), _negated=True)
                        ),
                        name="observation_says_its_source",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Question",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "translations",
                    models.JSONField(
                        blank=True,
                        default=dict,
                        help_text="{language code: {field: text}}, for languages beside the one of the text",
                        verbose_name="translations",
                    ),
                ),
                (
                    "call",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="questions",
                        to="reviews.call",
                        verbose_name="call",
                    ),
                ),
                ("position", models.PositiveSmallIntegerField(default=0, verbose_name="position")),
                ("text", models.TextField(max_length=1000, verbose_name="question")),
                (
                    "help",
                    models.TextField(blank=True, max_length=2000, verbose_name="what helps to answer it"),
                ),
                (
                    "article",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="taxonomy.article",
                        verbose_name="article",
                    ),
                ),
                ("is_required", models.BooleanField(default=False, verbose_name="must be answered")),
                ("most_words", models.PositiveIntegerField(default=500, verbose_name="words at most")),
            ],
            options={
                "verbose_name": "question",
                "verbose_name_plural": "questions",
                "ordering": ["position", "pk"],
            },
        ),
        migrations.CreateModel(
            name="Answer",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "contribution",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="answers",
                        to="reviews.contribution",
                        verbose_name="contribution",
                    ),
                ),
                (
                    "question",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="answers",
                        to="reviews.question",
                        verbose_name="question",
                    ),
                ),
                ("text", models.TextField(verbose_name="answer")),
                ("words", models.PositiveIntegerField(default=0, verbose_name="words")),
            ],
            options={
                "verbose_name": "answer",
                "verbose_name_plural": "answers",
                "ordering": ["question__position", "question__pk"],
                "constraints": [
                    models.UniqueConstraint(fields=("contribution", "question"), name="one_answer_each"),
                    models.CheckConstraint(
                        condition=models.Q(("text", ""), _negated=True), name="answer_not_empty"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ReviewDocument",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("source", models.TextField(blank=True, verbose_name="source")),
                ("source_date", models.DateField(blank=True, null=True, verbose_name="state of")),
                ("note", models.TextField(blank=True, verbose_name="note")),
                (
                    "edited_by_hand",
                    models.BooleanField(
                        default=False,
                        editable=False,
                        help_text="Loading the reference data again leaves this row as it is.",
                        verbose_name="edited by the desk",
                    ),
                ),
                (
                    "edited_at",
                    models.DateTimeField(blank=True, editable=False, null=True, verbose_name="edited at"),
                ),
                (
                    "review",
                    models.ForeignKey(
                        blank=True,
                        help_text="Empty: it serves the reviews of all countries.",
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="documents",
                        to="reviews.countryreview",
                        verbose_name="country review",
                    ),
                ),
                (
                    "cluster",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="taxonomy.cluster",
                        verbose_name="phase",
                    ),
                ),
                (
                    "kind",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="documents",
                        to="reviews.documentkind",
                        verbose_name="kind of document",
                    ),
                ),
                ("symbol", models.CharField(blank=True, max_length=60, verbose_name="symbol")),
                ("title", models.CharField(blank=True, max_length=300, verbose_name="title")),
                ("date", models.CharField(blank=True, max_length=10, verbose_name="date")),
                (
                    "publicity",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("public", "Public"),
                            ("conditional", "Public as far as the State agrees"),
                            ("not_public", "Not public"),
                        ],
                        max_length=12,
                        verbose_name="publicity",
                    ),
                ),
                ("url_ar", models.URLField(blank=True, max_length=500, verbose_name="in Arabic")),
                ("url_zh", models.URLField(blank=True, max_length=500, verbose_name="in Chinese")),
                ("url_en", models.URLField(blank=True, max_length=500, verbose_name="in English")),
                ("url_fr", models.URLField(blank=True, max_length=500, verbose_name="in French")),
                ("url_ru", models.URLField(blank=True, max_length=500, verbose_name="in Russian")),
                ("url_es", models.URLField(blank=True, max_length=500, verbose_name="in Spanish")),
            ],
            options={
                "verbose_name": "document of a review",
                "verbose_name_plural": "documents of reviews",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("publicity__in", ["", "public", "conditional", "not_public"])),
                        name="review_document_publicity_known",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("symbol", ""), _negated=True),
                        fields=("symbol",),
                        name="one_review_document_per_symbol",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Phase",
            fields=[
                ("source", models.TextField(blank=True, verbose_name="source")),
                ("source_date", models.DateField(blank=True, null=True, verbose_name="state of")),
                ("note", models.TextField(blank=True, verbose_name="note")),
                (
                    "edited_by_hand",
                    models.BooleanField(
                        default=False,
                        editable=False,
                        help_text="Loading the reference data again leaves this row as it is.",
                        verbose_name="edited by the desk",
                    ),
                ),
                (
                    "edited_at",
                    models.DateTimeField(blank=True, editable=False, null=True, verbose_name="edited at"),
                ),
                (
                    "code",
                    models.CharField(
                        help_text="For instance 1-II.",
                        max_length=10,
                        primary_key=True,
                        serialize=False,
                        verbose_name="code",
                    ),
                ),
                (
                    "group",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="phases",
                        to="reviews.reviewgroup",
                        verbose_name="review group",
                    ),
                ),
                (
                    "cluster",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="phases",
                        to="taxonomy.cluster",
                        verbose_name="cluster",
                    ),
                ),
                ("starts", models.CharField(blank=True, max_length=10, verbose_name="nominal start")),
                ("ends", models.CharField(blank=True, max_length=10, verbose_name="nominal end")),
            ],
            options={
                "verbose_name": "phase",
                "verbose_name_plural": "phases",
                "ordering": ["code"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("group", "cluster"), name="one_phase_of_group_and_cluster"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="ReviewImport",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("groups", "Review groups of countries"),
                            ("pairings", "Reviewing States by instrument"),
                            ("participations", "Parties to the instruments"),
                        ],
                        max_length=14,
                        verbose_name="what it lists",
                    ),
                ),
                ("name", models.CharField(max_length=200, verbose_name="name of the file")),
                ("text", models.TextField(verbose_name="the file")),
                ("source", models.TextField(max_length=1000, verbose_name="source")),
                ("source_date", models.DateField(verbose_name="state of")),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("checked", "Checked, nothing saved"),
                            ("applied", "Applied"),
                            ("discarded", "Discarded"),
                        ],
                        default="checked",
                        max_length=9,
                        verbose_name="state",
                    ),
                ),
                (
                    "sent_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="sent by",
                    ),
                ),
                (
                    "at",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(),
                        editable=False,
                        verbose_name="sent at",
                    ),
                ),
                (
                    "decided_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="applied or discarded at"),
                ),
                ("counts", models.JSONField(blank=True, default=dict, verbose_name="counts")),
            ],
            options={
                "verbose_name": "import of a published list",
                "verbose_name_plural": "imports of published lists",
                "ordering": ["-at", "-pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("kind__in", ["groups", "pairings", "participations"])),
                        name="review_import_kind_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("status__in", ["checked", "applied", "discarded"])),
                        name="review_import_status_known",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ReviewingState",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("source", models.TextField(blank=True, verbose_name="source")),
                ("source_date", models.DateField(blank=True, null=True, verbose_name="state of")),
                ("note", models.TextField(blank=True, verbose_name="note")),
                (
                    "edited_by_hand",
                    models.BooleanField(
                        default=False,
                        editable=False,
                        help_text="Loading the reference data again leaves this row as it is.",
                        verbose_name="edited by the desk",
                    ),
                ),
                (
                    "edited_at",
                    models.DateTimeField(blank=True, editable=False, null=True, verbose_name="edited at"),
                ),
                (
                    "review",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="reviewing_states",
                        to="reviews.countryreview",
                        verbose_name="country review",
                    ),
                ),
                (
                    "instrument",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="taxonomy.instrument",
                        verbose_name="instrument",
                    ),
                ),
                (
                    "reviewer",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="reviews_made",
                        to="taxonomy.country",
                        verbose_name="reviewing State",
                    ),
                ),
            ],
            options={
                "verbose_name": "reviewing State",
                "verbose_name_plural": "reviewing States",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("review", "instrument", "reviewer"), name="one_reviewing_state_each"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("source", ""), _negated=True), name="reviewing_state_has_source"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ReviewsVersion",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("n", models.BigIntegerField(default=0)),
            ],
            options={
                "verbose_name": "version of the tracker",
                "verbose_name_plural": "versions of the tracker",
                "constraints": [
                    models.CheckConstraint(condition=models.Q(("pk", 1)), name="one_reviews_version")
                ],
            },
        ),
        migrations.CreateModel(
            name="Snapshot",
            fields=[
                ("source", models.TextField(blank=True, verbose_name="source")),
                ("source_date", models.DateField(blank=True, null=True, verbose_name="state of")),
                ("note", models.TextField(blank=True, verbose_name="note")),
                (
                    "edited_by_hand",
                    models.BooleanField(
                        default=False,
                        editable=False,
                        help_text="Loading the reference data again leaves this row as it is.",
                        verbose_name="edited by the desk",
                    ),
                ),
                (
                    "edited_at",
                    models.DateTimeField(blank=True, editable=False, null=True, verbose_name="edited at"),
                ),
                (
                    "code",
                    models.CharField(max_length=60, primary_key=True, serialize=False, verbose_name="code"),
                ),
                (
                    "measure",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="snapshots",
                        to="reviews.measure",
                        verbose_name="measure",
                    ),
                ),
                ("as_of", models.CharField(max_length=10, verbose_name="as of")),
                (
                    "groups",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=4),
                        blank=True,
                        default=list,
                        help_text="Empty: all.",
                        verbose_name="review groups",
                    ),
                ),
                (
                    "instrument",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="taxonomy.instrument",
                        verbose_name="instrument",
                    ),
                ),
                ("value", models.PositiveIntegerField(verbose_name="figure")),
                ("out_of", models.PositiveIntegerField(blank=True, null=True, verbose_name="out of")),
            ],
            options={
                "verbose_name": "published figure",
                "verbose_name_plural": "published figures",
                "ordering": ["measure", "as_of", "pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("source", ""), _negated=True), name="snapshot_has_source"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("out_of", None), ("value__lte", models.F("out_of")), _connector="OR"
                        ),
                        name="snapshot_not_more_than_all",
                        violation_error_message="The figure cannot be more than that out of which it was counted.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="StepKind",
            fields=[
                ("source", models.TextField(blank=True, verbose_name="source")),
                ("source_date", models.DateField(blank=True, null=True, verbose_name="state of")),
                ("note", models.TextField(blank=True, verbose_name="note")),
                (
                    "edited_by_hand",
                    models.BooleanField(
                        default=False,
                        editable=False,
                        help_text="Loading the reference data again leaves this row as it is.",
                        verbose_name="edited by the desk",
                    ),
                ),
                (
                    "edited_at",
                    models.DateTimeField(blank=True, editable=False, null=True, verbose_name="edited at"),
                ),
                ("name_ar", models.CharField(blank=True, max_length=240, verbose_name="name in Arabic")),
                ("name_zh", models.CharField(blank=True, max_length=240, verbose_name="name in Chinese")),
                ("name_en", models.CharField(max_length=240, verbose_name="name in English")),
                ("name_fr", models.CharField(blank=True, max_length=240, verbose_name="name in French")),
                ("name_ru", models.CharField(blank=True, max_length=240, verbose_name="name in Russian")),
                ("name_es", models.CharField(blank=True, max_length=240, verbose_name="name in Spanish")),
                ("sort_ar", models.CharField(blank=True, db_collation="C", editable=False, max_length=240)),
                ("sort_zh", models.CharField(blank=True, db_collation="C", editable=False, max_length=240)),
                ("sort_en", models.CharField(blank=True, db_collation="C", editable=False, max_length=240)),
                ("sort_fr", models.CharField(blank=True, db_collation="C", editable=False, max_length=240)),
                ("sort_ru", models.CharField(blank=True, db_collation="C", editable=False, max_length=240)),
                ("sort_es", models.CharField(blank=True, db_collation="C", editable=False, max_length=240)),
                (
                    "translation_status",
                    models.CharField(
                        choices=[
                            ("official", "As the source publishes them"),
                            ("human", "Reviewed by an editor"),
                            ("draft", "Draft, not reviewed"),
                        ],
                        default="draft",
                        max_length=10,
                        verbose_name="translations",
                    ),
                ),
                (
                    "code",
                    models.CharField(max_length=30, primary_key=True, serialize=False, verbose_name="code"),
                ),
                ("position", models.PositiveSmallIntegerField(default=0, verbose_name="position")),
                (
                    "retired",
                    models.BooleanField(
                        default=False,
                        help_text="No longer shown; the records remain.",
                        verbose_name="retired",
                    ),
                ),
                (
                    "actors",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(
                            choices=[
                                ("state", "State under review"),
                                ("reviewers", "Reviewing States"),
                                ("secretariat", "Secretariat"),
                                ("conference", "Conference of the Parties"),
                            ],
                            max_length=12,
                        ),
                        blank=True,
                        default=list,
                        verbose_name="who acts",
                    ),
                ),
                (
                    "document",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="steps",
                        to="reviews.documentkind",
                        verbose_name="document",
                    ),
                ),
                (
                    "publicity",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("public", "Public"),
                            ("conditional", "Public as far as the State agrees"),
                            ("not_public", "Not public"),
                        ],
                        help_text="Empty where no source says whether it is public.",
                        max_length=12,
                        verbose_name="publicity",
                    ),
                ),
                (
                    "opens_phase",
                    models.BooleanField(
                        default=False,
                        help_text="Where no record gives the date of this step, the calendar of the group does.",
                        verbose_name="opens the phase",
                    ),
                ),
                (
                    "due_after",
                    models.PositiveSmallIntegerField(
                        blank=True,
                        help_text="A number of weeks or months; empty: not known.",
                        null=True,
                        verbose_name="due after",
                    ),
                ),
                (
                    "due_unit",
                    models.CharField(
                        blank=True,
                        choices=[("weeks", "weeks"), ("months", "months")],
                        max_length=6,
                        verbose_name="counted in",
                    ),
                ),
                (
                    "due_from",
                    models.ForeignKey(
                        blank=True,
                        help_text="The step with which the time begins to run.",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="reviews.stepkind",
                        verbose_name="counted from",
                    ),
                ),
            ],
            options={
                "verbose_name": "step of a phase",
                "verbose_name_plural": "steps of a phase",
                "abstract": False,
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("due_after", None), ("due_from", None), ("due_unit", "")),
                            models.Q(
                                ("due_after__isnull", False),
                                ("due_from__isnull", False),
                                ("due_unit__in", ["weeks", "months"]),
                            ),
                            _connector="OR",
                        ),
                        name="step_deadline_whole",
                        violation_error_message="A deadline needs its number, its unit and the step it counts from.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("publicity__in", ["", "public", "conditional", "not_public"])),
                        name="step_publicity_known",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="StepRecord",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "review",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="records",
                        to="reviews.countryreview",
                        verbose_name="country review",
                    ),
                ),
                (
                    "cluster",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="taxonomy.cluster",
                        verbose_name="phase",
                    ),
                ),
                (
                    "step",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="records",
                        to="reviews.stepkind",
                        verbose_name="step",
                    ),
                ),
                (
                    "instrument",
                    models.ForeignKey(
                        blank=True,
                        help_text="Empty: all instruments under review.",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="taxonomy.instrument",
                        verbose_name="instrument",
                    ),
                ),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("under_way", "Under way"),
                            ("done", "Done"),
                            ("no_information", "No public information"),
                        ],
                        max_length=14,
                        verbose_name="what is known",
                    ),
                ),
                ("date", models.CharField(blank=True, max_length=10, verbose_name="date")),
                (
                    "source_kind",
                    models.CharField(
                        choices=[
                            ("link", "Public page"),
                            ("symbol", "Document of the United Nations"),
                            ("note_verbale", "Note verbale"),
                            ("stakeholder", "Report of a stakeholder"),
                        ],
                        max_length=12,
                        verbose_name="kind of source",
                    ),
                ),
                ("source", models.TextField(max_length=1000, verbose_name="source")),
                (
                    "source_url",
                    models.URLField(blank=True, max_length=1000, verbose_name="link to the source"),
                ),
                (
                    "source_date",
                    models.CharField(blank=True, max_length=10, verbose_name="date of the source"),
                ),
                ("note", models.TextField(blank=True, max_length=2000, verbose_name="note")),
                (
                    "recorded_by",
                    models.ForeignKey(
                        blank=True,
                        help_text="Empty if it was loaded automatically, or by a person who has left.",
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="recorded by",
                    ),
                ),
                (
                    "recorded_at",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(),
                        editable=False,
                        verbose_name="recorded at",
                    ),
                ),
                ("is_demo", models.BooleanField(default=False, verbose_name="demonstration")),
            ],
            options={
                "verbose_name": "record of a step",
                "verbose_name_plural": "records of steps",
                "ordering": ["-recorded_at", "-pk"],
                "indexes": [
                    models.Index(
                        fields=["review", "cluster", "step", "instrument", "-recorded_at", "-id"],
                        name="step_record_newest",
                    ),
                    models.Index(fields=["-recorded_at", "-id"], name="step_record_changes"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("status__in", ["under_way", "done", "no_information"])),
                        name="step_record_status_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("source_kind__in", ["link", "symbol", "note_verbale", "stakeholder"])
                        ),
                        name="step_record_source_kind_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("source", ""), _negated=True), name="step_record_has_source"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Correction",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "review",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="corrections",
                        to="reviews.countryreview",
                        verbose_name="country review",
                    ),
                ),
                ("text", models.TextField(max_length=2000, verbose_name="what is to be corrected")),
                ("source", models.TextField(max_length=1000, verbose_name="source")),
                (
                    "reporter",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="sent by",
                    ),
                ),
                (
                    "address",
                    models.EmailField(blank=True, max_length=254, verbose_name="address for the answer"),
                ),
                ("language", models.CharField(max_length=10, verbose_name="language of the answer")),
                (
                    "at",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(),
                        editable=False,
                        verbose_name="sent at",
                    ),
                ),
                (
                    "outcome",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("taken", "The page was corrected"),
                            ("stands", "The page stays as it is"),
                            ("no_source", "No public source could be found"),
                        ],
                        max_length=12,
                        verbose_name="outcome",
                    ),
                ),
                ("answer", models.TextField(blank=True, max_length=2000, verbose_name="answer")),
                (
                    "answered_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="answered by",
                    ),
                ),
                ("answered_at", models.DateTimeField(blank=True, null=True, verbose_name="answered at")),
                (
                    "record",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="corrections",
                        to="reviews.steprecord",
                        verbose_name="record made of it",
                    ),
                ),
            ],
            options={
                "verbose_name": "correction of a review page",
                "verbose_name_plural": "corrections of review pages",
                "ordering": ["at", "pk"],
                "indexes": [models.Index(fields=["answered_at", "at"], name="correction_queue")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("text", ""), _negated=True), models.Q(("source", ""), _negated=True)
                        ),
                        name="correction_says_what_and_whence",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("answered_at__isnull", True), ("outcome", "")),
                            models.Q(
                                ("answered_at__isnull", False),
                                ("outcome__in", ["taken", "stands", "no_source"]),
                            ),
                            _connector="OR",
                        ),
                        name="correction_answered_has_outcome",
                    ),
                ],
            },
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="steprecord",
            trigger=pgtrigger.compiler.Trigger(
                name="never_overwritten",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition='WHEN (OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."review_id" IS DISTINCT FROM (NEW."review_id") OR OLD."cluster_id" IS DISTINCT FROM (NEW."cluster_id") OR OLD."step_id" IS DISTINCT FROM (NEW."step_id") OR OLD."instrument_id" IS DISTINCT FROM (NEW."instrument_id") OR OLD."status" IS DISTINCT FROM (NEW."status") OR OLD."date" IS DISTINCT FROM (NEW."date") OR OLD."source_kind" IS DISTINCT FROM (NEW."source_kind") OR OLD."source" IS DISTINCT FROM (NEW."source") OR OLD."source_url" IS DISTINCT FROM (NEW."source_url") OR OLD."source_date" IS DISTINCT FROM (NEW."source_date") OR OLD."note" IS DISTINCT FROM (NEW."note") OR OLD."recorded_at" IS DISTINCT FROM (NEW."recorded_at") OR OLD."is_demo" IS DISTINCT FROM (NEW."is_demo"))',
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;",
                    hash="9883b8731a7e636e98291e0abcc7253f5d8285be",
                    operation="UPDATE",
                    pgid="pgtrigger_never_overwritten_adb9f",
                    table="reviews_steprecord",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="steprecord",
            trigger=pgtrigger.compiler.Trigger(
                name="never_deleted",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;",
                    hash="e17e963118c1b4ca1168ee777a1e90dfc88c8c0b",
                    operation="DELETE",
                    pgid="pgtrigger_never_deleted_59f8f",
                    table="reviews_steprecord",
                    when="BEFORE",
                ),
            ),
        ),
    ]
