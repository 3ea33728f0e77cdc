import core.uploads
import datetime
import django.core.validators
import django.db.models.deletion
import django.db.models.functions.datetime
import django.db.models.functions.text
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("accounts", "__first__"),
        ("resources", "0001_initial"),
        ("stakeholders", "0001_initial"),
        ("taxonomy", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="Body",
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
                ("position", models.PositiveSmallIntegerField(default=0, verbose_name="position")),
            ],
            options={"verbose_name": "body", "verbose_name_plural": "bodies", "abstract": False},
        ),
        migrations.CreateModel(
            name="EligibilityQuestion",
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
                ("text", models.TextField(blank=True, verbose_name="what to check, in English")),
                ("retired", models.BooleanField(default=False, verbose_name="no longer used")),
            ],
            options={
                "verbose_name": "question of eligibility",
                "verbose_name_plural": "questions of eligibility",
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Event",
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
                    "kind",
                    models.CharField(
                        choices=[
                            ("congress", "Crime Congress"),
                            ("conference", "Session of a Conference"),
                            ("commission", "Session of a commission"),
                            ("working_group", "Working group"),
                            ("experts", "Expert group"),
                            ("dialogue", "Constructive dialogue"),
                            ("preparation", "Preparation day"),
                            ("training", "Training"),
                            ("webinar", "Webinar"),
                            ("network", "Network meeting"),
                            ("other", "Other"),
                        ],
                        max_length=20,
                        verbose_name="kind",
                    ),
                ),
                (
                    "body",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="events",
                        to="events.body",
                        verbose_name="body",
                    ),
                ),
                ("title", models.CharField(max_length=250, verbose_name="title")),
                (
                    "about",
                    models.TextField(
                        blank=True,
                        help_text="Plain text or Markdown.",
                        max_length=10000,
                        verbose_name="description",
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
                    "part_of",
                    models.ForeignKey(
                        blank=True,
                        help_text="The session that a dialogue or a preparation day belongs to.",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="parts",
                        to="events.event",
                        verbose_name="held with",
                    ),
                ),
                (
                    "organizer",
                    models.ForeignKey(
                        blank=True,
                        help_text="Empty for events of the United Nations.",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="events",
                        to="stakeholders.stakeholder",
                        verbose_name="organizer",
                    ),
                ),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("draft", "Draft"),
                            ("submitted", "With the WhatsOn team"),
                            ("returned", "Returned for changes"),
                            ("published", "Published"),
                            ("refused", "Declined"),
                            ("cancelled", "Cancelled"),
                            ("withdrawn", "Withdrawn"),
                            ("hidden", "Hidden by the WhatsOn team"),
                            ("removed", "Removed by the WhatsOn team"),
                        ],
                        default="draft",
                        max_length=10,
                        verbose_name="status",
                    ),
                ),
                ("starts_at", models.DateTimeField(blank=True, null=True, verbose_name="starts at")),
                ("ends_at", models.DateTimeField(blank=True, null=True, verbose_name="ends at")),
                ("whole_days", models.BooleanField(default=False, verbose_name="whole days")),
                ("zone", models.CharField(default="Europe/Vienna", max_length=60, verbose_name="time zone")),
                (
                    "mode",
                    models.CharField(
                        choices=[
                            ("in_person", "In person"),
                            ("online", "Online"),
                            ("hybrid", "Hybrid (in person and online)"),
                        ],
                        default="in_person",
                        max_length=10,
                        verbose_name="format",
                    ),
                ),
                ("city", models.CharField(blank=True, max_length=120, verbose_name="city")),
                (
                    "country",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="taxonomy.country",
                        verbose_name="country or area",
                    ),
                ),
                ("venue", models.CharField(blank=True, max_length=200, verbose_name="venue")),
                ("url", models.URLField(blank=True, max_length=500, verbose_name="page of the event")),
                (
                    "link",
                    models.URLField(blank=True, max_length=500, verbose_name="link for taking part online"),
                ),
                (
                    "link_opens_before",
                    models.DurationField(
                        default=datetime.timedelta(days=1),
                        help_text="So long before the start.",
                        verbose_name="link is given",
                    ),
                ),
                (
                    "meeting_word",
                    models.CharField(
                        choices=[
                            ("ancillary", "Ancillary meeting"),
                            ("side_event", "Side event"),
                            ("special_event", "Special event"),
                            ("meeting", "Meeting"),
                        ],
                        default="side_event",
                        max_length=15,
                        verbose_name="word for a meeting held at it",
                    ),
                ),
                ("has_programme", models.BooleanField(default=False, verbose_name="has a programme")),
                ("source", models.CharField(blank=True, max_length=300, verbose_name="source")),
                (
                    "source_url",
                    models.URLField(blank=True, max_length=500, verbose_name="address of the source"),
                ),
                ("source_date", models.DateField(blank=True, null=True, verbose_name="date of the source")),
                (
                    "note",
                    models.CharField(blank=True, max_length=500, verbose_name="what the source leaves open"),
                ),
                ("code", models.CharField(blank=True, editable=False, max_length=60)),
                ("edited_by_hand", models.BooleanField(default=False, editable=False)),
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
                ("published_at", models.DateTimeField(blank=True, null=True, verbose_name="published at")),
                ("sequence", models.PositiveIntegerField(default=0, editable=False)),
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
                (
                    "is_demo",
                    models.BooleanField(default=False, editable=False, verbose_name="demonstration event"),
                ),
                (
                    "languages",
                    models.ManyToManyField(
                        blank=True,
                        related_name="+",
                        to="taxonomy.language",
                        verbose_name="languages spoken or interpreted",
                    ),
                ),
                (
                    "topics",
                    models.ManyToManyField(
                        blank=True, related_name="+", to="taxonomy.topic", verbose_name="topics"
                    ),
                ),
            ],
            options={
                "verbose_name": "event",
                "verbose_name_plural": "events",
                "ordering": ["starts_at", "pk"],
                "indexes": [models.Index(fields=["status", "ends_at"], name="event_by_end")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "status__in",
                                [
                                    "draft",
                                    "submitted",
                                    "returned",
                                    "published",
                                    "refused",
                                    "cancelled",
                                    "withdrawn",
                                    "hidden",
                                    "removed",
                                ],
                            )
                        ),
                        name="event_status_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "kind__in",
                                [
                                    "congress",
                                    "conference",
                                    "commission",
                                    "working_group",
                                    "experts",
                                    "dialogue",
                                    "preparation",
                                    "training",
                                    "webinar",
                                    "network",
                                    "other",
                                ],
                            )
                        ),
                        name="event_kind_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("mode__in", ["in_person", "online", "hybrid"])),
                        name="event_mode_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("ends_at", None), ("starts_at", None)),
                            ("starts_at__lt", models.F("ends_at")),
                            _connector="OR",
                        ),
                        name="event_ends_after_it_starts",
                        violation_error_message="The end has to come after the start.",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("code", ""), _negated=True),
                        fields=("code",),
                        name="event_code_once",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Proposal",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "event",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="proposals",
                        to="events.event",
                        verbose_name="event",
                    ),
                ),
                (
                    "lead",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="proposals",
                        to="stakeholders.stakeholder",
                        verbose_name="lead organizer",
                    ),
                ),
                (
                    "author",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="proposals",
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
                            ("review", "Under review"),
                            ("incomplete", "To be completed"),
                            ("accepted", "Accepted"),
                            ("declined", "Declined"),
                            ("merged", "Merged into another"),
                            ("withdrawn", "Withdrawn"),
                            ("cancelled", "Cancelled"),
                            ("hidden", "Hidden by the WhatsOn team"),
                            ("removed", "Removed by the WhatsOn team"),
                        ],
                        default="draft",
                        max_length=10,
                        verbose_name="status",
                    ),
                ),
                ("number", models.PositiveIntegerField(blank=True, null=True, verbose_name="number")),
                ("public_at", models.DateTimeField(blank=True, null=True, verbose_name="shown since")),
                ("title", models.CharField(blank=True, max_length=200, verbose_name="title")),
                ("summary", models.TextField(blank=True, verbose_name="summary")),
                (
                    "language",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="taxonomy.language",
                        verbose_name="language of this text",
                    ),
                ),
                (
                    "theme",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="taxonomy.topic",
                        verbose_name="main theme",
                    ),
                ),
                (
                    "agenda_item",
                    models.CharField(blank=True, max_length=200, verbose_name="agenda item or working group"),
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
                        verbose_name="format",
                    ),
                ),
                (
                    "link",
                    models.URLField(blank=True, max_length=500, verbose_name="link for taking part online"),
                ),
                (
                    "mission_informed",
                    models.BooleanField(
                        blank=True, null=True, verbose_name="the permanent mission is informed"
                    ),
                ),
                ("equipment", models.CharField(blank=True, max_length=500, verbose_name="equipment")),
                ("access_needs", models.CharField(blank=True, max_length=500, verbose_name="access needs")),
                (
                    "expected",
                    models.PositiveIntegerField(blank=True, null=True, verbose_name="people expected"),
                ),
                ("wishes", models.CharField(blank=True, max_length=300, verbose_name="wishes for the time")),
                (
                    "logos_agreed",
                    models.BooleanField(default=False, verbose_name="declaration on logos agreed"),
                ),
                (
                    "authorized_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="authorized by",
                    ),
                ),
                ("authorized_at", models.DateTimeField(blank=True, null=True, verbose_name="authorized at")),
                ("submitted_at", models.DateTimeField(blank=True, null=True, verbose_name="sent at")),
                (
                    "complete_by",
                    models.DateTimeField(blank=True, null=True, verbose_name="completion asked by"),
                ),
                ("decided_at", models.DateTimeField(blank=True, null=True, verbose_name="decided at")),
                (
                    "merged_into",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="merged",
                        to="events.proposal",
                        verbose_name="merged into",
                    ),
                ),
                (
                    "override_note",
                    models.CharField(blank=True, max_length=300, verbose_name="why a second one is allowed"),
                ),
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
                (
                    "more_themes",
                    models.ManyToManyField(
                        blank=True,
                        help_text="Three at most.",
                        related_name="+",
                        to="taxonomy.topic",
                        verbose_name="further themes",
                    ),
                ),
                (
                    "spoken",
                    models.ManyToManyField(
                        blank=True,
                        related_name="+",
                        to="taxonomy.language",
                        verbose_name="languages of the meeting",
                    ),
                ),
                (
                    "interpretation",
                    models.ManyToManyField(
                        blank=True,
                        related_name="+",
                        to="taxonomy.language",
                        verbose_name="interpretation asked for into",
                    ),
                ),
                (
                    "supporting",
                    models.ManyToManyField(
                        blank=True, related_name="+", to="taxonomy.country", verbose_name="supporting States"
                    ),
                ),
            ],
            options={
                "verbose_name": "proposal for a meeting",
                "verbose_name_plural": "proposals for meetings",
                "ordering": ["number", "pk"],
                "indexes": [models.Index(fields=["event", "status"], name="proposal_of_event")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "status__in",
                                [
                                    "draft",
                                    "submitted",
                                    "review",
                                    "incomplete",
                                    "accepted",
                                    "declined",
                                    "merged",
                                    "withdrawn",
                                    "cancelled",
                                    "hidden",
                                    "removed",
                                ],
                            )
                        ),
                        name="proposal_status_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("status__in", ("accepted", "cancelled")), _negated=True),
                            ("number__isnull", False),
                            _connector="OR",
                        ),
                        name="meeting_has_a_number",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("status", "merged"), ("merged_into__isnull", False)),
                            models.Q(models.Q(("status", "merged"), _negated=True), ("merged_into", None)),
                            _connector="OR",
                        ),
                        name="proposal_merged_into_another",
                    ),
                    models.UniqueConstraint(fields=("event", "number"), name="meeting_number_once"),
                ],
            },
        ),
        migrations.CreateModel(
            name="Programme",
            fields=[
                (
                    "event",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="programme",
                        serialize=False,
                        to="events.event",
                        verbose_name="event",
                    ),
                ),
                ("slots", models.JSONField(blank=True, default=list, verbose_name="slots of a day")),
                (
                    "rest_minutes",
                    models.PositiveSmallIntegerField(
                        default=15,
                        help_text="For going out and coming in.",
                        verbose_name="minutes between two meetings in a room",
                    ),
                ),
                (
                    "locks_at",
                    models.DateTimeField(
                        blank=True,
                        help_text="Everybody then sees which meetings were changed, and when.",
                        null=True,
                        verbose_name="fixed from",
                    ),
                ),
                (
                    "released",
                    models.PositiveIntegerField(
                        default=0, editable=False, verbose_name="version that is public"
                    ),
                ),
                (
                    "released_at",
                    models.DateTimeField(blank=True, editable=False, null=True, verbose_name="released at"),
                ),
                ("official", models.JSONField(blank=True, default=list, editable=False)),
            ],
            options={"verbose_name": "programme", "verbose_name_plural": "programmes"},
        ),
        migrations.CreateModel(
            name="Partner",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "proposal",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="partners",
                        to="events.proposal",
                        verbose_name="proposal",
                    ),
                ),
                (
                    "stakeholder",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="partnerings",
                        to="stakeholders.stakeholder",
                        verbose_name="co-organizer",
                    ),
                ),
                (
                    "status",
                    models.CharField(
                        choices=[("invited", "Asked"), ("confirmed", "Confirmed"), ("declined", "Declined")],
                        default="invited",
                        max_length=10,
                        verbose_name="answer",
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
                "verbose_name": "co-organizer",
                "verbose_name_plural": "co-organizers",
                "ordering": ["pk"],
                "constraints": [
                    models.UniqueConstraint(fields=("proposal", "stakeholder"), name="one_partnering_each"),
                    models.CheckConstraint(
                        condition=models.Q(("status__in", ["invited", "confirmed", "declined"])),
                        name="partnering_known",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Merger",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "proposal",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="mergers",
                        to="events.proposal",
                        verbose_name="proposal that joins",
                    ),
                ),
                (
                    "into",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="joining",
                        to="events.proposal",
                        verbose_name="proposal that stays",
                    ),
                ),
                ("note", models.TextField(max_length=2000, verbose_name="why")),
                (
                    "proposed_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="suggested by",
                    ),
                ),
                (
                    "proposed_at",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(), verbose_name="suggested at"
                    ),
                ),
                (
                    "agreed_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="agreed by, for the one that joins",
                    ),
                ),
                (
                    "agreed_at",
                    models.DateTimeField(
                        blank=True, null=True, verbose_name="agreed at, for the one that joins"
                    ),
                ),
                (
                    "into_agreed_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="agreed by, for the one that stays",
                    ),
                ),
                (
                    "into_agreed_at",
                    models.DateTimeField(
                        blank=True, null=True, verbose_name="agreed at, for the one that stays"
                    ),
                ),
                ("closed_at", models.DateTimeField(blank=True, null=True, verbose_name="closed at")),
                ("is_done", models.BooleanField(default=False, verbose_name="merged")),
            ],
            options={
                "verbose_name": "merger",
                "verbose_name_plural": "mergers",
                "ordering": ["-pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("proposal", models.F("into")), _negated=True),
                        name="merger_of_two",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("closed_at", None)),
                        fields=("proposal",),
                        name="one_open_merger_each",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="MeetingLink",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "proposal",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="meeting_links",
                        to="events.proposal",
                        verbose_name="meeting",
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("document", "Document"),
                            ("slides", "Slides"),
                            ("recording", "Recording"),
                            ("report", "Report"),
                        ],
                        max_length=10,
                        verbose_name="what it is",
                    ),
                ),
                ("title", models.CharField(max_length=200, verbose_name="title")),
                ("url", models.URLField(max_length=500, verbose_name="address")),
                (
                    "added_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="added by",
                    ),
                ),
                (
                    "added_at",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(),
                        editable=False,
                        verbose_name="added at",
                    ),
                ),
            ],
            options={
                "verbose_name": "document of a meeting",
                "verbose_name_plural": "documents of meetings",
                "ordering": ["kind", "pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("kind__in", ["document", "slides", "recording", "report"])),
                        name="meeting_link_kind_known",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="LibraryEntry",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "event",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="library_entries",
                        to="events.event",
                        verbose_name="event",
                    ),
                ),
                (
                    "proposal",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="library_entries",
                        to="events.proposal",
                        verbose_name="meeting",
                    ),
                ),
                (
                    "resource",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="resources.resource",
                        verbose_name="resource",
                    ),
                ),
            ],
            options={
                "verbose_name": "resource about a meeting",
                "verbose_name_plural": "resources about meetings",
                "ordering": ["pk"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("event", "proposal", "resource"),
                        name="one_library_entry_each",
                        nulls_distinct=False,
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="EligibilityAnswer",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "proposal",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="checklist",
                        to="events.proposal",
                        verbose_name="proposal",
                    ),
                ),
                (
                    "question",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="events.eligibilityquestion",
                        verbose_name="question",
                    ),
                ),
                (
                    "held",
                    models.CharField(
                        choices=[("yes", "Yes"), ("no", "No"), ("unclear", "Not clear")],
                        max_length=10,
                        verbose_name="answer",
                    ),
                ),
                ("comment", models.CharField(blank=True, max_length=1000, verbose_name="comment")),
                (
                    "by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="answered by",
                    ),
                ),
                (
                    "at",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(), verbose_name="answered at"
                    ),
                ),
            ],
            options={
                "verbose_name": "answer of the checklist",
                "verbose_name_plural": "answers of the checklist",
                "ordering": ["question__position", "pk"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("proposal", "question"), name="one_eligibility_answer_each"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("held__in", ["yes", "no", "unclear"])),
                        name="eligibility_answer_known",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="DeskComment",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "proposal",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="comments",
                        to="events.proposal",
                        verbose_name="proposal",
                    ),
                ),
                ("text", models.TextField(max_length=4000, verbose_name="comment")),
                (
                    "by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="written by",
                    ),
                ),
                (
                    "at",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(), verbose_name="written at"
                    ),
                ),
            ],
            options={
                "verbose_name": "comment of the desk",
                "verbose_name_plural": "comments of the desk",
                "ordering": ["at", "pk"],
            },
        ),
        migrations.CreateModel(
            name="ProposalRound",
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
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="round",
                        to="events.event",
                        verbose_name="event",
                    ),
                ),
                (
                    "guidance",
                    models.TextField(
                        blank=True,
                        help_text="Who may propose what, in your own words.",
                        verbose_name="guidance",
                    ),
                ),
                (
                    "one_lead_each",
                    models.BooleanField(default=True, verbose_name="one proposal led per organization"),
                ),
                (
                    "most_words",
                    models.PositiveIntegerField(default=300, verbose_name="maximum length of the summary, in words"),
                ),
                (
                    "most_speakers",
                    models.PositiveSmallIntegerField(default=8, verbose_name="speakers at most"),
                ),
                (
                    "minutes",
                    models.PositiveSmallIntegerField(default=60, verbose_name="minutes of a meeting"),
                ),
                (
                    "edits_until",
                    models.DateTimeField(
                        blank=True, null=True, verbose_name="other fields may be edited until"
                    ),
                ),
                (
                    "link_until",
                    models.DateTimeField(
                        blank=True, null=True, verbose_name="link of an online meeting due by"
                    ),
                ),
                (
                    "preference",
                    models.TextField(
                        blank=True,
                        help_text="As announced; shown to proposers.",
                        verbose_name="order of preference",
                    ),
                ),
                (
                    "retention_days",
                    models.PositiveSmallIntegerField(
                        default=30,
                        help_text="Access needs, and the gender of speakers. From the end of the event; 180 at most.",
                        validators=[django.core.validators.MaxValueValidator(180)],
                        verbose_name="days after which sensitive answers are erased",
                    ),
                ),
                (
                    "erased_at",
                    models.DateTimeField(
                        blank=True, editable=False, null=True, verbose_name="sensitive answers erased at"
                    ),
                ),
                (
                    "themes",
                    models.ManyToManyField(
                        blank=True,
                        help_text="None chosen: every topic.",
                        related_name="+",
                        to="taxonomy.topic",
                        verbose_name="themes",
                    ),
                ),
            ],
            options={
                "verbose_name": "round of proposals",
                "verbose_name_plural": "rounds of proposals",
                "abstract": False,
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("opens_at", None),
                            ("closes_at", None),
                            ("opens_at__lt", models.F("closes_at")),
                            _connector="OR",
                        ),
                        name="proposalround_closes_after_it_opens",
                        violation_error_message="The closing has to come after the opening.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("retention_days__lte", 180)), name="round_retention_limited"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="RegistrationRules",
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
                    "event",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="registration_rules",
                        to="events.event",
                        verbose_name="event",
                    ),
                ),
                (
                    "admission",
                    models.CharField(
                        choices=[
                            ("open", "Open: first come, first served"),
                            ("approval", "By approval: each registration is decided"),
                            ("invitation", "By invitation: only for those on the list"),
                        ],
                        default="open",
                        max_length=10,
                        verbose_name="who may take part",
                    ),
                ),
                (
                    "guidance",
                    models.TextField(
                        blank=True,
                        help_text="Shown above the form, in your own words.",
                        max_length=4000,
                        verbose_name="guidance",
                    ),
                ),
                (
                    "seats_in_person",
                    models.PositiveIntegerField(
                        blank=True,
                        help_text="Leave blank for unlimited places.",
                        null=True,
                        verbose_name="places in person",
                    ),
                ),
                (
                    "seats_online",
                    models.PositiveIntegerField(
                        blank=True,
                        help_text="Leave blank for unlimited places.",
                        null=True,
                        verbose_name="places online",
                    ),
                ),
                (
                    "has_waiting_list",
                    models.BooleanField(
                        default=True,
                        help_text="Without one, registration ends once the places are taken.",
                        verbose_name="waiting list",
                    ),
                ),
                (
                    "offer_hours",
                    models.PositiveSmallIntegerField(
                        default=48,
                        validators=[
                            django.core.validators.MinValueValidator(1),
                            django.core.validators.MaxValueValidator(336),
                        ],
                        verbose_name="hours to accept a place that became free",
                    ),
                ),
                (
                    "needs_stakeholder",
                    models.BooleanField(
                        default=False,
                        help_text="Participants then choose a stakeholder, which has to be active on the portal.",
                        verbose_name="only for people of a stakeholder",
                    ),
                ),
                (
                    "edits_renew",
                    models.BooleanField(
                        default=True,
                        help_text="With approval: people who change an answer keep the place meanwhile.",
                        verbose_name="changed answers need approval again",
                    ),
                ),
                (
                    "retention_days",
                    models.PositiveSmallIntegerField(
                        default=30,
                        help_text="Counted from the end of the event; 180 at most.",
                        validators=[django.core.validators.MaxValueValidator(180)],
                        verbose_name="days after which sensitive answers are erased",
                    ),
                ),
                (
                    "erased_at",
                    models.DateTimeField(
                        blank=True, editable=False, null=True, verbose_name="sensitive answers erased at"
                    ),
                ),
                (
                    "accreditation_url",
                    models.URLField(
                        blank=True,
                        help_text="Registration here does not grant access to United Nations premises. Add the link to the badge or accreditation page.",
                        max_length=500,
                        verbose_name="page for accreditation and badges",
                    ),
                ),
            ],
            options={
                "verbose_name": "rules of registration",
                "verbose_name_plural": "rules of registration",
                "abstract": False,
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("opens_at", None),
                            ("closes_at", None),
                            ("opens_at__lt", models.F("closes_at")),
                            _connector="OR",
                        ),
                        name="registrationrules_closes_after_it_opens",
                        violation_error_message="The closing has to come after the opening.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("admission__in", ["open", "approval", "invitation"])),
                        name="registration_admission_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("retention_days__lte", 180)),
                        name="registration_retention_limited",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="RegistrationQuestion",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "rules",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="questions",
                        to="events.registrationrules",
                        verbose_name="rules",
                    ),
                ),
                ("position", models.PositiveSmallIntegerField(default=0, verbose_name="position")),
                ("text", models.CharField(max_length=300, verbose_name="question")),
                ("help", models.CharField(blank=True, max_length=300, verbose_name="help")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("line", "A line"),
                            ("text", "A text"),
                            ("yes_no", "Yes or no"),
                            ("choice", "One of several"),
                        ],
                        default="line",
                        max_length=10,
                        verbose_name="kind of answer",
                    ),
                ),
                (
                    "options",
                    models.TextField(
                        blank=True,
                        help_text="One on each line.",
                        max_length=2000,
                        verbose_name="answers to choose from",
                    ),
                ),
                (
                    "stage",
                    models.CharField(
                        choices=[("first", "On registering"), ("seated", "Once the place is confirmed")],
                        default="first",
                        max_length=10,
                        verbose_name="asked",
                    ),
                ),
                ("is_required", models.BooleanField(default=False, verbose_name="must be answered")),
                (
                    "is_sensitive",
                    models.BooleanField(
                        default=False,
                        help_text="Health, diet, travel documents: only the WhatsOn team reads it, and it is deleted after the event.",
                        verbose_name="sensitive",
                    ),
                ),
            ],
            options={
                "verbose_name": "question on registering",
                "verbose_name_plural": "questions on registering",
                "ordering": ["position", "pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("kind__in", ["line", "text", "yes_no", "choice"])),
                        name="registration_question_kind_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("stage__in", ["first", "seated"])),
                        name="registration_question_stage_known",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Registration",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "rules",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="registrations",
                        to="events.registrationrules",
                        verbose_name="event",
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="registrations",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="person",
                    ),
                ),
                (
                    "stakeholder",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="registrations",
                        to="stakeholders.stakeholder",
                        verbose_name="stakeholder",
                    ),
                ),
                ("kind", models.CharField(blank=True, max_length=10, verbose_name="kind of stakeholder")),
                ("region", models.CharField(blank=True, max_length=3, verbose_name="region (M49)")),
                (
                    "mode",
                    models.CharField(
                        choices=[("in_person", "In person"), ("online", "Online")],
                        max_length=10,
                        verbose_name="format",
                    ),
                ),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("received", "Received"),
                            ("pending", "Waiting for approval"),
                            ("waiting", "On the waiting list"),
                            ("offered", "A place is offered"),
                            ("confirmed", "Confirmed"),
                            ("declined", "Declined"),
                            ("cancelled", "Cancelled"),
                            ("expired", "Expired"),
                        ],
                        default="received",
                        max_length=10,
                        verbose_name="status",
                    ),
                ),
                (
                    "shown",
                    models.CharField(
                        choices=[
                            ("nobody", "Only the WhatsOn team"),
                            ("participants", "Confirmed participants"),
                            ("everyone", "Everybody"),
                        ],
                        default="nobody",
                        max_length=12,
                        verbose_name="who may see that I take part",
                    ),
                ),
                (
                    "registered_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="registered by",
                    ),
                ),
                (
                    "received_at",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(),
                        editable=False,
                        verbose_name="received at",
                    ),
                ),
                (
                    "queued_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="on the waiting list since"),
                ),
                ("offer_until", models.DateTimeField(blank=True, null=True, verbose_name="offer ends at")),
                ("decided_at", models.DateTimeField(blank=True, null=True, verbose_name="decided at")),
                ("code", models.CharField(editable=False, max_length=24, unique=True)),
                ("attended_at", models.DateTimeField(blank=True, null=True, verbose_name="counted in at")),
                (
                    "counted_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="counted by",
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
                "verbose_name": "registration",
                "verbose_name_plural": "registrations",
                "ordering": ["pk"],
                "indexes": [
                    models.Index(fields=["rules", "mode", "status"], name="registration_seats"),
                    models.Index(
                        condition=models.Q(("status", "waiting")),
                        fields=["rules", "mode", "queued_at", "id"],
                        name="registration_line",
                    ),
                    models.Index(
                        condition=models.Q(("status", "offered")),
                        fields=["offer_until"],
                        name="registration_offers",
                    ),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "status__in",
                                [
                                    "received",
                                    "pending",
                                    "waiting",
                                    "offered",
                                    "confirmed",
                                    "declined",
                                    "cancelled",
                                    "expired",
                                ],
                            )
                        ),
                        name="registration_status_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("mode__in", ["in_person", "online"])),
                        name="registration_mode_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("shown__in", ["nobody", "participants", "everyone"])),
                        name="registration_shown_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("status", "offered"), _negated=True),
                            ("offer_until__isnull", False),
                            _connector="OR",
                        ),
                        name="offer_ends",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("status", "waiting"), _negated=True),
                            ("queued_at__isnull", False),
                            _connector="OR",
                        ),
                        name="waiting_since",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("attended_at", None), ("status", "confirmed"), _connector="OR"),
                        name="only_the_confirmed_attend",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(
                            ("status__in", ("received", "pending", "waiting", "offered", "confirmed"))
                        ),
                        fields=("rules", "user"),
                        name="one_live_registration_each",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="RegistrationAnswer",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "registration",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="answers",
                        to="events.registration",
                        verbose_name="registration",
                    ),
                ),
                (
                    "question",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="answers",
                        to="events.registrationquestion",
                        verbose_name="question",
                    ),
                ),
                ("text", models.TextField(max_length=4000, verbose_name="answer")),
                (
                    "proposed",
                    models.TextField(max_length=4000, null=True, verbose_name="answer pending approval"),
                ),
            ],
            options={
                "verbose_name": "answer on registering",
                "verbose_name_plural": "answers on registering",
                "ordering": ["question__position", "question_id"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("registration", "question"), name="one_answer_on_registering"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Quota",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "rules",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="quotas",
                        to="events.registrationrules",
                        verbose_name="rules",
                    ),
                ),
                (
                    "per",
                    models.CharField(
                        choices=[
                            ("stakeholder", "Stakeholder"),
                            ("kind", "Kind of stakeholder"),
                            ("region", "Region"),
                        ],
                        max_length=12,
                        verbose_name="for each",
                    ),
                ),
                ("code", models.CharField(blank=True, max_length=20, verbose_name="only for")),
                ("most", models.PositiveIntegerField(verbose_name="places at most")),
            ],
            options={
                "verbose_name": "quota",
                "verbose_name_plural": "quotas",
                "ordering": ["pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("per__in", ["stakeholder", "kind", "region"])),
                        name="quota_per_known",
                    ),
                    models.UniqueConstraint(fields=("rules", "per", "code"), name="one_quota_each"),
                ],
            },
        ),
        migrations.CreateModel(
            name="Invited",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "rules",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="invited",
                        to="events.registrationrules",
                        verbose_name="rules",
                    ),
                ),
                ("address", models.EmailField(max_length=254, verbose_name="e-mail address")),
                (
                    "added_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="added by",
                    ),
                ),
                (
                    "added_at",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(),
                        editable=False,
                        verbose_name="added at",
                    ),
                ),
            ],
            options={
                "verbose_name": "invited address",
                "verbose_name_plural": "invited addresses",
                "ordering": ["address"],
                "constraints": [
                    models.UniqueConstraint(
                        models.F("rules"),
                        django.db.models.functions.text.Lower("address"),
                        name="invited_once",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Release",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "programme",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="releases",
                        to="events.programme",
                        verbose_name="programme",
                    ),
                ),
                ("number", models.PositiveIntegerField(verbose_name="version")),
                ("at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="released at")),
                (
                    "by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="released by",
                    ),
                ),
                ("note", models.CharField(blank=True, max_length=500, verbose_name="note")),
            ],
            options={
                "verbose_name": "version of a programme",
                "verbose_name_plural": "versions of programmes",
                "ordering": ["-number"],
                "constraints": [
                    models.UniqueConstraint(fields=("programme", "number"), name="release_number_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="ReleaseChange",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "release",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="changes",
                        to="events.release",
                        verbose_name="version",
                    ),
                ),
                (
                    "proposal",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="programme_changes",
                        to="events.proposal",
                        verbose_name="meeting",
                    ),
                ),
                ("title", models.CharField(max_length=250, verbose_name="title")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("added", "Added"),
                            ("moved", "Moved"),
                            ("removed", "Taken out"),
                            ("cancelled", "Cancelled"),
                        ],
                        max_length=10,
                        verbose_name="what changed",
                    ),
                ),
                ("before", models.JSONField(default=dict)),
                ("after", models.JSONField(default=dict)),
                ("is_late", models.BooleanField(default=False, verbose_name="after the programme was fixed")),
            ],
            options={
                "verbose_name": "change of a programme",
                "verbose_name_plural": "changes of programmes",
                "ordering": ["pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("kind__in", ["added", "moved", "removed", "cancelled"])),
                        name="programme_change_known",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Reminder",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "rules",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="reminders",
                        to="events.registrationrules",
                        verbose_name="rules",
                    ),
                ),
                (
                    "days",
                    models.SmallIntegerField(
                        help_text="−7: seven days before the first day; 2: two days after the last day.",
                        validators=[
                            django.core.validators.MinValueValidator(-60),
                            django.core.validators.MaxValueValidator(60),
                        ],
                        verbose_name="days",
                    ),
                ),
                (
                    "hour",
                    models.PositiveSmallIntegerField(
                        default=9,
                        help_text="By the clock of the event.",
                        validators=[django.core.validators.MaxValueValidator(23)],
                        verbose_name="hour",
                    ),
                ),
                ("note", models.TextField(blank=True, max_length=2000, verbose_name="text")),
                (
                    "created_at",
                    models.DateTimeField(
                        default=django.utils.timezone.now, editable=False, verbose_name="planned at"
                    ),
                ),
                (
                    "sent_at",
                    models.DateTimeField(blank=True, editable=False, null=True, verbose_name="sent at"),
                ),
                (
                    "skipped_at",
                    models.DateTimeField(blank=True, editable=False, null=True, verbose_name="skipped at"),
                ),
            ],
            options={
                "verbose_name": "reminder",
                "verbose_name_plural": "reminders",
                "ordering": ["days", "hour", "pk"],
                "constraints": [
                    models.UniqueConstraint(fields=("rules", "days", "hour"), name="one_reminder_each")
                ],
            },
        ),
        migrations.CreateModel(
            name="Report",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "event",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="reports",
                        to="events.event",
                        verbose_name="event",
                    ),
                ),
                (
                    "proposal",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="report",
                        to="events.proposal",
                        verbose_name="meeting",
                    ),
                ),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("draft", "Draft"),
                            ("sent", "Submitted"),
                            ("returned", "Returned for changes"),
                            ("published", "Published"),
                        ],
                        default="draft",
                        max_length=10,
                        verbose_name="status",
                    ),
                ),
                ("rapporteur", models.CharField(max_length=200, verbose_name="rapporteur")),
                (
                    "language",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="taxonomy.language",
                        verbose_name="language of this text",
                    ),
                ),
                ("summary", models.TextField(max_length=6000, verbose_name="summary")),
                ("outcomes", models.TextField(blank=True, max_length=6000, verbose_name="outcomes")),
                (
                    "recommendations",
                    models.TextField(blank=True, max_length=6000, verbose_name="recommendations"),
                ),
                (
                    "attended_in_person",
                    models.PositiveIntegerField(blank=True, null=True, verbose_name="took part in person"),
                ),
                (
                    "attended_online",
                    models.PositiveIntegerField(blank=True, null=True, verbose_name="took part online"),
                ),
                (
                    "counted_by",
                    models.CharField(blank=True, max_length=200, verbose_name="who counted, and how"),
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
                    "published_at",
                    models.DateTimeField(blank=True, editable=False, null=True, verbose_name="published at"),
                ),
            ],
            options={
                "verbose_name": "report of a meeting",
                "verbose_name_plural": "reports of meetings",
                "ordering": ["pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("status__in", ["draft", "sent", "returned", "published"])),
                        name="report_status_known",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("proposal", None)),
                        fields=("event",),
                        name="one_report_of_an_event",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("attended_in_person", None), ("attended_online", None)),
                            models.Q(("counted_by", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="report_says_who_counted",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ReportFile",
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
                    "report",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="files",
                        to="events.report",
                        verbose_name="report",
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("document", "Document"),
                            ("slides", "Slides"),
                            ("recording", "Recording"),
                            ("report", "Report"),
                        ],
                        max_length=10,
                        verbose_name="what it is",
                    ),
                ),
                ("title", models.CharField(max_length=200, verbose_name="title")),
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
                "verbose_name": "file of a report",
                "verbose_name_plural": "files of reports",
                "ordering": ["kind", "pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("kind__in", ["document", "slides", "recording", "report"])),
                        name="report_file_kind_known",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="ReportLink",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "report",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="links",
                        to="events.report",
                        verbose_name="report",
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("document", "Document"),
                            ("slides", "Slides"),
                            ("recording", "Recording"),
                            ("report", "Report"),
                        ],
                        max_length=10,
                        verbose_name="what it is",
                    ),
                ),
                ("title", models.CharField(max_length=200, verbose_name="title")),
                ("url", models.URLField(max_length=500, verbose_name="address")),
            ],
            options={
                "verbose_name": "link of a report",
                "verbose_name_plural": "links of reports",
                "ordering": ["kind", "pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("kind__in", ["document", "slides", "recording", "report"])),
                        name="report_link_kind_known",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="ReviewArea",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "event",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="review_areas",
                        to="events.event",
                        verbose_name="event",
                    ),
                ),
                (
                    "reviewer",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="reviewer",
                    ),
                ),
                (
                    "theme",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="taxonomy.topic",
                        verbose_name="theme",
                    ),
                ),
                (
                    "region",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="taxonomy.region",
                        verbose_name="region",
                    ),
                ),
            ],
            options={
                "verbose_name": "area of a reviewer",
                "verbose_name_plural": "areas of reviewers",
                "ordering": ["pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("region", None), ("theme__isnull", False)),
                            models.Q(("region__isnull", False), ("theme", None)),
                            _connector="OR",
                        ),
                        name="area_is_theme_or_region",
                    ),
                    models.UniqueConstraint(fields=("event", "theme"), name="one_reviewer_per_theme"),
                    models.UniqueConstraint(fields=("event", "region"), name="one_reviewer_per_region"),
                ],
            },
        ),
        migrations.CreateModel(
            name="Room",
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
                    "event",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="rooms",
                        to="events.event",
                        verbose_name="event",
                    ),
                ),
                ("name", models.CharField(max_length=80, verbose_name="name")),
                ("position", models.PositiveSmallIntegerField(default=0, verbose_name="position")),
                (
                    "capacity",
                    models.PositiveIntegerField(
                        blank=True,
                        help_text="Empty for a room without a limit, as online.",
                        null=True,
                        verbose_name="seats",
                    ),
                ),
                ("equipment", models.CharField(blank=True, max_length=500, verbose_name="equipment")),
                (
                    "interpretation",
                    models.ManyToManyField(
                        blank=True,
                        related_name="+",
                        to="taxonomy.language",
                        verbose_name="interpretation is provided into",
                    ),
                ),
            ],
            options={
                "verbose_name": "room",
                "verbose_name_plural": "rooms",
                "ordering": ["position", "name", "pk"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("event", "name"),
                        name="room_name_once",
                        violation_error_message="There is a room with this name already.",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Placement",
            fields=[
                (
                    "proposal",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="placement",
                        serialize=False,
                        to="events.proposal",
                        verbose_name="meeting",
                    ),
                ),
                (
                    "room",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="placements",
                        to="events.room",
                        verbose_name="room",
                    ),
                ),
                ("starts_at", models.DateTimeField(verbose_name="starts at")),
                ("ends_at", models.DateTimeField(verbose_name="ends at")),
                ("changed_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                (
                    "changed_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="placed by",
                    ),
                ),
            ],
            options={
                "verbose_name": "place of a meeting",
                "verbose_name_plural": "places of meetings",
                "ordering": ["starts_at", "room__position", "pk"],
                "indexes": [models.Index(fields=["room", "starts_at"], name="placement_in_room")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("starts_at__lt", models.F("ends_at"))),
                        name="placement_ends_after_start",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Shown",
            fields=[
                (
                    "proposal",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="shown",
                        serialize=False,
                        to="events.proposal",
                        verbose_name="meeting",
                    ),
                ),
                (
                    "room",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="shown",
                        to="events.room",
                        verbose_name="room",
                    ),
                ),
                ("starts_at", models.DateTimeField(verbose_name="starts at")),
                ("ends_at", models.DateTimeField(verbose_name="ends at")),
                ("is_off", models.BooleanField(default=False, verbose_name="taken out of the programme")),
                ("sequence", models.PositiveIntegerField(default=0)),
                (
                    "changed_at",
                    models.DateTimeField(default=django.utils.timezone.now, verbose_name="changed at"),
                ),
                (
                    "late_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="changed after it was fixed"),
                ),
            ],
            options={
                "verbose_name": "released place of a meeting",
                "verbose_name_plural": "released places of meetings",
                "ordering": ["starts_at", "room__position", "pk"],
            },
        ),
        migrations.CreateModel(
            name="OfficialItem",
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
                    "event",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="official_items",
                        to="events.event",
                        verbose_name="event",
                    ),
                ),
                ("title", models.CharField(max_length=250, verbose_name="title")),
                (
                    "language",
                    models.ForeignKey(
                        default="en",
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="taxonomy.language",
                        verbose_name="language of this text",
                    ),
                ),
                ("starts_at", models.DateTimeField(verbose_name="starts at")),
                ("ends_at", models.DateTimeField(verbose_name="ends at")),
                (
                    "room",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="official_items",
                        to="events.room",
                        verbose_name="room",
                    ),
                ),
                (
                    "place",
                    models.CharField(
                        blank=True,
                        help_text="Where it is held, if in none of the rooms.",
                        max_length=120,
                        verbose_name="place",
                    ),
                ),
                (
                    "keeps_free",
                    models.BooleanField(
                        default=False,
                        help_text="As for the opening: the board then warns of meetings at its hours.",
                        verbose_name="no meeting should be held at the same time",
                    ),
                ),
            ],
            options={
                "verbose_name": "official item",
                "verbose_name_plural": "official items",
                "ordering": ["starts_at", "pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("starts_at__lt", models.F("ends_at"))),
                        name="official_ends_after_start",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Closure",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "room",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="closures",
                        to="events.room",
                        verbose_name="room",
                    ),
                ),
                ("starts_at", models.DateTimeField(verbose_name="starts at")),
                ("ends_at", models.DateTimeField(verbose_name="ends at")),
                ("why", models.CharField(blank=True, max_length=200, verbose_name="why")),
            ],
            options={
                "verbose_name": "time at which a room is closed",
                "verbose_name_plural": "times at which rooms are closed",
                "ordering": ["starts_at", "pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("starts_at__lt", models.F("ends_at"))),
                        name="closure_ends_after_start",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Speaker",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "proposal",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="speakers",
                        to="events.proposal",
                        verbose_name="proposal",
                    ),
                ),
                ("position", models.PositiveSmallIntegerField(default=0, verbose_name="position")),
                (
                    "role",
                    models.CharField(
                        choices=[
                            ("chair", "Chair"),
                            ("moderator", "Moderator"),
                            ("presenter", "Presenter"),
                            ("discussant", "Discussant"),
                        ],
                        default="presenter",
                        max_length=10,
                        verbose_name="role",
                    ),
                ),
                ("name", models.CharField(max_length=150, verbose_name="name")),
                ("affiliation", models.CharField(blank=True, max_length=200, verbose_name="affiliation")),
                ("address", models.EmailField(blank=True, max_length=254, verbose_name="e-mail address")),
                ("name_key", models.CharField(default="", editable=False, max_length=150)),
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
                        verbose_name="format",
                    ),
                ),
                (
                    "gender",
                    models.CharField(
                        blank=True,
                        choices=[("woman", "Woman"), ("man", "Man"), ("another", "Another")],
                        max_length=10,
                        verbose_name="gender",
                    ),
                ),
                (
                    "is_registered",
                    models.BooleanField(blank=True, null=True, verbose_name="registered for the event"),
                ),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("named", "Named by the organizer"),
                            ("confirmed", "Confirmed"),
                            ("declined", "Will not speak"),
                        ],
                        default="named",
                        max_length=10,
                        verbose_name="answer",
                    ),
                ),
                ("token_hash", models.CharField(blank=True, editable=False, max_length=64)),
                ("asked_at", models.DateTimeField(blank=True, null=True, verbose_name="asked at")),
                ("answered_at", models.DateTimeField(blank=True, null=True, verbose_name="answered at")),
            ],
            options={
                "verbose_name": "speaker",
                "verbose_name_plural": "speakers",
                "ordering": ["position", "pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("role__in", ["chair", "moderator", "presenter", "discussant"])),
                        name="speaker_role_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("status__in", ["named", "confirmed", "declined"])),
                        name="speaker_status_known",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Star",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="stars",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="person",
                    ),
                ),
                (
                    "proposal",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="stars",
                        to="events.proposal",
                        verbose_name="meeting",
                    ),
                ),
                (
                    "at",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(), editable=False
                    ),
                ),
            ],
            options={
                "verbose_name": "meeting on an agenda",
                "verbose_name_plural": "meetings on agendas",
                "constraints": [models.UniqueConstraint(fields=("user", "proposal"), name="one_star_each")],
            },
        ),
        migrations.CreateModel(
            name="TrustedProposer",
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
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="trusted_as_proposer",
                        to="stakeholders.stakeholder",
                        verbose_name="stakeholder",
                    ),
                ),
                ("note", models.CharField(max_length=300, verbose_name="why")),
                (
                    "given_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="given by",
                    ),
                ),
                (
                    "given_at",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(), verbose_name="given at"
                    ),
                ),
                (
                    "ended_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="taken away by",
                    ),
                ),
                ("ended_at", models.DateTimeField(blank=True, null=True, verbose_name="taken away at")),
                (
                    "ended_note",
                    models.CharField(blank=True, max_length=300, verbose_name="why it was taken away"),
                ),
            ],
            options={
                "verbose_name": "trusted proposer",
                "verbose_name_plural": "trusted proposers",
                "ordering": ["-pk"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("ended_at", None)),
                        fields=("stakeholder",),
                        name="one_trust_of_a_proposer",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="CalendarAddress",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="calendar_addresses",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="person",
                    ),
                ),
                ("digest", models.CharField(editable=False, max_length=64, unique=True)),
                ("ending", models.CharField(editable=False, max_length=4, verbose_name="ends with")),
                (
                    "made_at",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(),
                        editable=False,
                        verbose_name="made at",
                    ),
                ),
                ("last_used_on", models.DateField(blank=True, null=True, verbose_name="last read on")),
                ("revoked_at", models.DateTimeField(blank=True, null=True, verbose_name="revoked at")),
            ],
            options={
                "verbose_name": "address of a calendar",
                "verbose_name_plural": "addresses of calendars",
                "ordering": ["-made_at", "-pk"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("revoked_at", None)), fields=("user",), name="one_live_calendar"
                    )
                ],
            },
        ),
    ]
