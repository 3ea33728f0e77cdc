import core.uploads
import django.contrib.postgres.fields
import django.core.validators
import django.db.models.deletion
import django.db.models.functions.datetime
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("accounts", "0001_initial"),
        ("accounts", "__first__"),
        ("events", "0001_initial"),
        ("notifications", "0001_initial"),
        ("resources", "0001_initial"),
        ("stakeholders", "0001_initial"),
        ("taxonomy", "0001_initial"),
        ("workflow", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="Absence",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "appointment",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="absences",
                        to="stakeholders.appointment",
                        verbose_name="appointment",
                    ),
                ),
                (
                    "deputy",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="deputy",
                    ),
                ),
                ("starts_on", models.DateField(verbose_name="first day")),
                ("ends_on", models.DateField(verbose_name="last day")),
                (
                    "said_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="entered by",
                    ),
                ),
                (
                    "said_at",
                    models.DateTimeField(default=django.utils.timezone.now, verbose_name="entered at"),
                ),
                ("begun_at", models.DateTimeField(blank=True, null=True, verbose_name="work passed at")),
                ("over_at", models.DateTimeField(blank=True, null=True, verbose_name="work given back at")),
                (
                    "grants",
                    models.ManyToManyField(
                        editable=False, related_name="+", to="accounts.grant", verbose_name="role grants"
                    ),
                ),
            ],
            options={
                "verbose_name": "absence",
                "verbose_name_plural": "absences",
                "ordering": ["-starts_on", "-pk"],
                "indexes": [
                    models.Index(
                        condition=models.Q(("over_at", None)), fields=["ends_on"], name="absence_standing"
                    )
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("ends_on__gte", models.F("starts_on"))),
                        name="absence_ends_after_start",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Activity",
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
                            ("meeting", "Meeting"),
                            ("training", "Training"),
                            ("state_call", "Call with a State"),
                            ("visit", "Visit"),
                        ],
                        max_length=12,
                        verbose_name="kind",
                    ),
                ),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("planned", "Planned"),
                            ("held", "Held"),
                            ("reported", "Reported"),
                            ("cancelled", "Cancelled"),
                        ],
                        default="planned",
                        max_length=10,
                        verbose_name="status",
                    ),
                ),
                ("title", models.CharField(max_length=200, verbose_name="title")),
                ("purpose", models.TextField(max_length=4000, verbose_name="purpose")),
                ("starts_at", models.DateTimeField(verbose_name="starts at")),
                ("ends_at", models.DateTimeField(verbose_name="ends at")),
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
                ("venue", models.CharField(blank=True, max_length=200, verbose_name="venue")),
                (
                    "others",
                    models.TextField(blank=True, max_length=1000, verbose_name="others who take part"),
                ),
                (
                    "sharing",
                    models.CharField(
                        choices=[
                            ("own", "Only I, my deputies and the WhatsOn team"),
                            ("region", "The other regional focal points of its countries too"),
                        ],
                        default="region",
                        max_length=8,
                        verbose_name="who reads it",
                    ),
                ),
                ("outcome", models.TextField(blank=True, max_length=6000, verbose_name="outcome")),
                (
                    "took_part",
                    models.PositiveIntegerField(blank=True, null=True, verbose_name="people who took part"),
                ),
                (
                    "author",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="activities",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="planned by",
                    ),
                ),
                ("reported_at", models.DateTimeField(blank=True, null=True, verbose_name="reported at")),
                ("sequence", models.PositiveIntegerField(default=0, editable=False)),
                ("version", models.PositiveIntegerField(default=0, editable=False)),
                (
                    "created_at",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(),
                        editable=False,
                        verbose_name="planned at",
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
                    models.BooleanField(default=False, editable=False, verbose_name="demonstration activity"),
                ),
                (
                    "countries",
                    models.ManyToManyField(
                        related_name="+", to="taxonomy.country", verbose_name="countries or areas"
                    ),
                ),
                (
                    "topics",
                    models.ManyToManyField(
                        blank=True, related_name="+", to="taxonomy.topic", verbose_name="topics"
                    ),
                ),
                (
                    "stakeholders",
                    models.ManyToManyField(
                        blank=True,
                        related_name="activities",
                        to="stakeholders.stakeholder",
                        verbose_name="stakeholders involved",
                    ),
                ),
            ],
            options={
                "verbose_name": "activity",
                "verbose_name_plural": "activities",
                "ordering": ["-starts_at", "-pk"],
                "indexes": [
                    models.Index(fields=["-starts_at", "-id"], name="activity_by_start"),
                    models.Index(fields=["author", "-starts_at"], name="activity_by_author"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("kind__in", ["meeting", "training", "state_call", "visit"])),
                        name="activity_kind_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("status__in", ["planned", "held", "reported", "cancelled"])),
                        name="activity_status_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("sharing__in", ["own", "region"])), name="activity_sharing_known"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("mode__in", ["in_person", "online", "hybrid"])),
                        name="activity_mode_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("starts_at__lt", models.F("ends_at"))),
                        name="activity_ends_after_it_starts",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("status", "reported"), _negated=True),
                            models.Q(
                                models.Q(("outcome", ""), _negated=True), ("reported_at__isnull", False)
                            ),
                            _connector="OR",
                        ),
                        name="activity_reported_says_what_came_of_it",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ActivityFile",
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
                    "activity",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="files",
                        to="coordination.activity",
                        verbose_name="activity",
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
                "verbose_name": "file of an activity",
                "verbose_name_plural": "files of activities",
                "ordering": ["pk"],
            },
        ),
        migrations.CreateModel(
            name="ActivityNote",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "activity",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="notes",
                        to="coordination.activity",
                        verbose_name="activity",
                    ),
                ),
                ("text", models.TextField(max_length=4000, verbose_name="note")),
                ("is_shared", models.BooleanField(default=False, verbose_name="shared")),
                (
                    "author",
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
                        db_default=django.db.models.functions.datetime.Now(),
                        editable=False,
                        verbose_name="written at",
                    ),
                ),
            ],
            options={
                "verbose_name": "note on an activity",
                "verbose_name_plural": "notes on activities",
                "ordering": ["at", "pk"],
            },
        ),
        migrations.CreateModel(
            name="Deputy",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "appointment",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="deputies",
                        to="stakeholders.appointment",
                        verbose_name="appointment",
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="deputy",
                    ),
                ),
                (
                    "added_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="named by",
                    ),
                ),
                (
                    "added_at",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(), verbose_name="named at"
                    ),
                ),
            ],
            options={
                "verbose_name": "deputy",
                "verbose_name_plural": "deputies",
                "ordering": ["added_at", "pk"],
                "constraints": [
                    models.UniqueConstraint(fields=("appointment", "user"), name="one_deputy_each")
                ],
            },
        ),
        migrations.CreateModel(
            name="Enquiry",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "appointment",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="enquiries",
                        to="stakeholders.appointment",
                        verbose_name="appointment",
                    ),
                ),
                (
                    "sender",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="sender",
                    ),
                ),
                ("subject", models.CharField(max_length=150, verbose_name="what it is about")),
                (
                    "began_at",
                    models.DateTimeField(default=django.utils.timezone.now, verbose_name="began at"),
                ),
                (
                    "last_at",
                    models.DateTimeField(default=django.utils.timezone.now, verbose_name="last message at"),
                ),
                ("waits", models.BooleanField(default=True, verbose_name="awaiting an answer")),
            ],
            options={
                "verbose_name": "enquiry",
                "verbose_name_plural": "enquiries",
                "ordering": ["-last_at", "-pk"],
                "indexes": [models.Index(fields=["appointment", "-last_at"], name="enquiry_of_appointment")],
            },
        ),
        migrations.CreateModel(
            name="EnquiryLine",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "enquiry",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="lines",
                        to="coordination.enquiry",
                        verbose_name="enquiry",
                    ),
                ),
                (
                    "author",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="author",
                    ),
                ),
                ("answers", models.BooleanField(verbose_name="an answer of the regional focal point")),
                ("text", models.TextField(max_length=5000, verbose_name="text")),
                ("at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="at")),
            ],
            options={
                "verbose_name": "message of an enquiry",
                "verbose_name_plural": "messages of enquiries",
                "ordering": ["at", "pk"],
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
                    "activity",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="follow_ups",
                        to="coordination.activity",
                        verbose_name="activity",
                    ),
                ),
                ("text", models.CharField(max_length=300, verbose_name="what is to be done")),
                (
                    "owner",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="follow_ups",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="who does it",
                    ),
                ),
                ("due_on", models.DateField(verbose_name="until")),
                ("done_at", models.DateTimeField(blank=True, null=True, verbose_name="done at")),
                (
                    "done_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="done by",
                    ),
                ),
                ("reminded_at", models.DateTimeField(blank=True, editable=False, null=True)),
                (
                    "created_at",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(),
                        editable=False,
                        verbose_name="written at",
                    ),
                ),
            ],
            options={
                "verbose_name": "follow-up",
                "verbose_name_plural": "follow-ups",
                "ordering": ["due_on", "pk"],
                "indexes": [
                    models.Index(
                        condition=models.Q(("done_at", None)),
                        fields=["owner", "due_on"],
                        name="follow_up_waiting",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="HandOver",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "appointment",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="hand_over",
                        to="stakeholders.appointment",
                        verbose_name="appointment that ends",
                    ),
                ),
                (
                    "successor",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="successor",
                    ),
                ),
                (
                    "starts_on",
                    models.DateField(blank=True, null=True, verbose_name="first day of the successor's term"),
                ),
                ("ends_on", models.DateField(verbose_name="last day of the successor's term")),
                (
                    "note",
                    models.TextField(blank=True, max_length=10000, verbose_name="note to the successor"),
                ),
                (
                    "introduces",
                    models.BooleanField(default=True, verbose_name="introduce the successor by e-mail"),
                ),
                (
                    "prepared_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="prepared by",
                    ),
                ),
                ("version", models.PositiveIntegerField(default=0, editable=False)),
                (
                    "set_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="set by",
                    ),
                ),
                ("set_at", models.DateTimeField(blank=True, null=True, verbose_name="set at")),
                (
                    "done_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="handed over by",
                    ),
                ),
                ("done_at", models.DateTimeField(blank=True, null=True, verbose_name="handed over at")),
                (
                    "next_appointment",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="stakeholders.appointment",
                        verbose_name="appointment that begins",
                    ),
                ),
                ("work", models.PositiveIntegerField(default=0, verbose_name="pieces of work passed")),
                ("introduced_to", models.BigIntegerField(default=0, editable=False)),
                ("introduced", models.PositiveIntegerField(default=0, verbose_name="stakeholders informed")),
                (
                    "introduced_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="all informed at"),
                ),
            ],
            options={
                "verbose_name": "hand-over",
                "verbose_name_plural": "hand-overs",
                "indexes": [
                    models.Index(
                        condition=models.Q(
                            ("done_at__isnull", False), ("introduced_at", None), ("introduces", True)
                        ),
                        fields=["done_at"],
                        name="hand_over_introducing",
                    ),
                    models.Index(
                        condition=models.Q(("done_at", None), ("set_at__isnull", False)),
                        fields=["starts_on"],
                        name="hand_over_set",
                    ),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("done_at", None), ("next_appointment", None)),
                            models.Q(("done_at__isnull", False), ("next_appointment__isnull", False)),
                            _connector="OR",
                        ),
                        name="hand_over_done_names_the_next",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("set_at", None), ("starts_on__isnull", False), _connector="OR"),
                        name="hand_over_set_for_a_day",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Letter",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "hat",
                    models.CharField(
                        choices=[("regional", "Regional focal point"), ("desk", "The WhatsOn team")],
                        max_length=10,
                        verbose_name="written as",
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("draft", "Draft"),
                            ("waiting", "Pending release by the WhatsOn team"),
                            ("sending", "Sending"),
                            ("sent", "Sent"),
                            ("stopped", "Stopped"),
                        ],
                        default="draft",
                        max_length=10,
                        verbose_name="state",
                    ),
                ),
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
                ("filters", models.CharField(blank=True, max_length=4000, verbose_name="recipients")),
                ("texts", models.JSONField(blank=True, default=dict, verbose_name="texts")),
                ("version", models.PositiveIntegerField(default=0, editable=False)),
                (
                    "created_at",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(),
                        editable=False,
                        verbose_name="created at",
                    ),
                ),
                (
                    "plea",
                    models.TextField(
                        blank=True, max_length=1000, verbose_name="reason for sending beyond the limit"
                    ),
                ),
                ("asked_at", models.DateTimeField(blank=True, null=True, verbose_name="release asked at")),
                (
                    "decided_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="decided by",
                    ),
                ),
                ("decided_at", models.DateTimeField(blank=True, null=True, verbose_name="decided at")),
                ("note", models.TextField(blank=True, max_length=1000, verbose_name="comment of the desk")),
                (
                    "places",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=3),
                        blank=True,
                        default=list,
                        verbose_name="countries",
                    ),
                ),
                ("started_at", models.DateTimeField(blank=True, null=True, verbose_name="sending began at")),
                ("ended_at", models.DateTimeField(blank=True, null=True, verbose_name="sent at")),
                (
                    "happening",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="notifications.happening",
                        verbose_name="happening",
                    ),
                ),
                ("reached", models.BigIntegerField(default=0, editable=False)),
                ("expected", models.PositiveIntegerField(default=0, editable=False)),
                ("all_written", models.BooleanField(default=False, editable=False)),
                (
                    "stakeholders",
                    models.PositiveIntegerField(default=0, verbose_name="stakeholders written to"),
                ),
                ("people", models.PositiveIntegerField(default=0, verbose_name="people informed")),
                ("sent", models.PositiveIntegerField(default=0, verbose_name="e-mails sent")),
                ("failed", models.PositiveIntegerField(default=0, verbose_name="e-mails failed")),
                ("held", models.PositiveIntegerField(default=0, verbose_name="e-mails held back")),
                ("counted_at", models.DateTimeField(blank=True, null=True, verbose_name="counted at")),
            ],
            options={
                "verbose_name": "message to many",
                "verbose_name_plural": "messages to many",
                "ordering": [
                    models.OrderBy(models.F("started_at"), descending=True, nulls_first=True),
                    "-pk",
                ],
                "indexes": [
                    models.Index(fields=["by", "hat", "started_at"], name="letter_of_writer"),
                    models.Index(
                        condition=models.Q(("state__in", ("waiting", "sending"))),
                        fields=["state"],
                        name="letter_busy",
                    ),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("hat__in", ["regional", "desk"])), name="letter_hat_known"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("state__in", ["draft", "waiting", "sending", "sent", "stopped"])),
                        name="letter_state_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("started_at__isnull", False), ("state__in", ("sending", "sent", "stopped"))
                            ),
                            models.Q(
                                models.Q(("state__in", ("sending", "sent", "stopped")), _negated=True),
                                ("started_at", None),
                            ),
                            _connector="OR",
                        ),
                        name="letter_started_when_out",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "waiting"), _negated=True),
                            models.Q(models.Q(("plea", ""), _negated=True), ("asked_at__isnull", False)),
                            _connector="OR",
                        ),
                        name="letter_says_why_it_waits",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="LetterCopy",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "letter",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="copies",
                        to="coordination.letter",
                        verbose_name="message",
                    ),
                ),
                (
                    "stakeholder",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="stakeholders.stakeholder",
                        verbose_name="stakeholder",
                    ),
                ),
                (
                    "conversation",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="stakeholders.conversation",
                        verbose_name="conversation",
                    ),
                ),
                (
                    "at",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(),
                        editable=False,
                        verbose_name="at",
                    ),
                ),
            ],
            options={
                "verbose_name": "copy of a message to many",
                "verbose_name_plural": "copies of messages to many",
                "ordering": ["-at", "-pk"],
                "constraints": [
                    models.UniqueConstraint(fields=("letter", "stakeholder"), name="one_copy_each")
                ],
            },
        ),
        migrations.CreateModel(
            name="LetterLimit",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "hat",
                    models.CharField(
                        choices=[("regional", "Regional focal point"), ("desk", "The WhatsOn team")],
                        max_length=10,
                        unique=True,
                        verbose_name="written as",
                    ),
                ),
                (
                    "per_day",
                    models.PositiveSmallIntegerField(
                        validators=[django.core.validators.MaxValueValidator(1000)],
                        verbose_name="within a day",
                    ),
                ),
                (
                    "per_month",
                    models.PositiveSmallIntegerField(
                        validators=[django.core.validators.MaxValueValidator(1000)],
                        verbose_name="within 30 days",
                    ),
                ),
                (
                    "changed_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="changed by",
                    ),
                ),
                (
                    "changed_at",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(), verbose_name="changed at"
                    ),
                ),
            ],
            options={
                "verbose_name": "limit of messages to many",
                "verbose_name_plural": "limits of messages to many",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("hat__in", ["regional", "desk"])), name="letter_limit_hat_known"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Named",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "user",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="person",
                    ),
                ),
                (
                    "about",
                    models.TextField(
                        blank=True, max_length=600, verbose_name="about you and your work for the region"
                    ),
                ),
                (
                    "agreed_at",
                    models.DateTimeField(default=django.utils.timezone.now, verbose_name="agreed at"),
                ),
            ],
            options={
                "verbose_name": "regional focal point who is named",
                "verbose_name_plural": "regional focal points who are named",
            },
        ),
        migrations.CreateModel(
            name="Network",
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
                            ("net4u", "Regional network (NET4U)"),
                            ("nacsa4u", "National alliance (NACSA4U)"),
                            ("thematic", "Thematic network"),
                            ("vpi", "Voluntary Pilot Initiative"),
                        ],
                        max_length=10,
                        verbose_name="kind",
                    ),
                ),
                ("name", models.CharField(max_length=200, verbose_name="name")),
                (
                    "about",
                    models.TextField(
                        help_text="Plain text or Markdown.",
                        max_length=6000,
                        verbose_name="what it is and does",
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
                    "region",
                    models.ForeignKey(
                        blank=True,
                        help_text="For a regional network.",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="taxonomy.region",
                        verbose_name="region",
                    ),
                ),
                (
                    "country",
                    models.ForeignKey(
                        blank=True,
                        help_text="For a national alliance or a pilot initiative.",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="taxonomy.country",
                        verbose_name="country or area",
                    ),
                ),
                (
                    "parent",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="parts",
                        to="coordination.network",
                        verbose_name="network that it belongs to",
                    ),
                ),
                (
                    "members_for",
                    models.CharField(
                        choices=[
                            ("public", "Everybody"),
                            ("portal", "Members of the portal"),
                            ("partners", "The network, and the State it works with"),
                            ("network", "The network alone"),
                        ],
                        default="public",
                        help_text="A stakeholder that is not in the public directory is never shown beyond the network.",
                        max_length=10,
                        verbose_name="who can see the list of members",
                    ),
                ),
                (
                    "open_to_requests",
                    models.BooleanField(
                        default=True,
                        help_text="Otherwise they come in by invitation only.",
                        verbose_name="stakeholders may ask to join",
                    ),
                ),
                (
                    "announcements_a_month",
                    models.PositiveSmallIntegerField(
                        default=8,
                        help_text="How many the coordinators may send to the members.",
                        verbose_name="announcements in 30 days",
                    ),
                ),
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
                    "status",
                    models.CharField(
                        choices=[
                            ("shown", "Shown"),
                            ("hidden", "Hidden by the WhatsOn team"),
                            ("removed", "Removed by the WhatsOn team"),
                        ],
                        default="shown",
                        max_length=10,
                        verbose_name="status",
                    ),
                ),
                (
                    "ended_at",
                    models.DateTimeField(blank=True, editable=False, null=True, verbose_name="ended at"),
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
                    "is_demo",
                    models.BooleanField(default=False, editable=False, verbose_name="demonstration network"),
                ),
                (
                    "topics",
                    models.ManyToManyField(
                        blank=True, related_name="+", to="taxonomy.topic", verbose_name="topics"
                    ),
                ),
            ],
            options={
                "verbose_name": "network",
                "verbose_name_plural": "networks",
                "ordering": ["name", "pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("kind__in", ["net4u", "nacsa4u", "thematic", "vpi"])),
                        name="network_kind_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("kind__in", ("nacsa4u", "vpi")), _negated=True),
                            ("country__isnull", False),
                            _connector="OR",
                        ),
                        name="national_network_has_its_country",
                        violation_error_message="A national alliance or pilot initiative needs its country.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("parent", None),
                            models.Q(("parent", models.F("pk")), _negated=True),
                            _connector="OR",
                        ),
                        name="network_not_its_own_parent",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("members_for__in", ["public", "portal", "partners", "network"])),
                        name="network_members_for_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("status__in", ["shown", "hidden", "removed"])),
                        name="network_status_known",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("code", ""), _negated=True),
                        fields=("code",),
                        name="network_code_once",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Announcement",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "network",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="announcements",
                        to="coordination.network",
                        verbose_name="network",
                    ),
                ),
                ("title", models.CharField(max_length=150, verbose_name="title")),
                ("text", models.TextField(max_length=5000, verbose_name="text")),
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
                        db_default=django.db.models.functions.datetime.Now(),
                        editable=False,
                        verbose_name="sent at",
                    ),
                ),
                (
                    "told",
                    models.PositiveIntegerField(default=0, editable=False, verbose_name="people informed"),
                ),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("shown", "Shown"),
                            ("hidden", "Hidden by the WhatsOn team"),
                            ("removed", "Removed by the WhatsOn team"),
                        ],
                        default="shown",
                        max_length=10,
                        verbose_name="status",
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
                "verbose_name": "announcement of a network",
                "verbose_name_plural": "announcements of networks",
                "ordering": ["-at", "-pk"],
                "indexes": [models.Index(fields=["network", "at"], name="announcement_by_time")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("status__in", ["shown", "hidden", "removed"])),
                        name="announcement_status_known",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="NetworkDocument",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "network",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="documents",
                        to="coordination.network",
                        verbose_name="network",
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
                (
                    "shown_to",
                    models.CharField(
                        choices=[
                            ("public", "Everybody"),
                            ("portal", "Members of the portal"),
                            ("partners", "The network, and the State it works with"),
                            ("network", "The network alone"),
                        ],
                        default="public",
                        max_length=10,
                        verbose_name="who reads it here",
                    ),
                ),
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
                "verbose_name": "document of a network",
                "verbose_name_plural": "documents of networks",
                "ordering": ["-added_at", "-pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("shown_to__in", ["public", "portal", "partners", "network"])),
                        name="network_document_shown_known",
                    ),
                    models.UniqueConstraint(fields=("network", "resource"), name="network_document_once"),
                ],
            },
        ),
        migrations.CreateModel(
            name="NetworkMeeting",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "network",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="meetings",
                        to="coordination.network",
                        verbose_name="network",
                    ),
                ),
                (
                    "event",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="events.event",
                        verbose_name="event",
                    ),
                ),
                ("title", models.CharField(blank=True, max_length=200, verbose_name="title")),
                ("held_on", models.DateField(blank=True, null=True, verbose_name="date")),
                (
                    "with_whom",
                    models.CharField(
                        choices=[
                            ("stakeholders", "Stakeholders"),
                            ("state", "The State"),
                            ("both", "Stakeholders and the State"),
                        ],
                        default="stakeholders",
                        max_length=12,
                        verbose_name="who met",
                    ),
                ),
                ("summary", models.TextField(blank=True, max_length=4000, verbose_name="what was agreed")),
                (
                    "shown_to",
                    models.CharField(
                        choices=[
                            ("public", "Everybody"),
                            ("portal", "Members of the portal"),
                            ("partners", "The network, and the State it works with"),
                            ("network", "The network alone"),
                        ],
                        default="network",
                        max_length=10,
                        verbose_name="who reads it",
                    ),
                ),
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
            ],
            options={
                "verbose_name": "meeting of a network",
                "verbose_name_plural": "meetings of networks",
                "ordering": ["-held_on", "-pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("event__isnull", False),
                            models.Q(models.Q(("title", ""), _negated=True), ("held_on__isnull", False)),
                            _connector="OR",
                        ),
                        name="network_meeting_says_what_and_when",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("shown_to__in", ["public", "portal", "partners", "network"])),
                        name="network_meeting_shown_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("with_whom__in", ["stakeholders", "state", "both"])),
                        name="network_meeting_with_known",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("event__isnull", False)),
                        fields=("network", "event"),
                        name="network_meets_once_at",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="NetworkMember",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "network",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="members",
                        to="coordination.network",
                        verbose_name="network",
                    ),
                ),
                (
                    "stakeholder",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="network_members",
                        to="stakeholders.stakeholder",
                        verbose_name="stakeholder",
                    ),
                ),
                (
                    "role",
                    models.CharField(
                        choices=[
                            ("coordinator", "Coordinator"),
                            ("member", "Member"),
                            ("observer", "Observer"),
                        ],
                        default="member",
                        max_length=12,
                        verbose_name="role",
                    ),
                ),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("asked", "Asked to join"),
                            ("invited", "Invited"),
                            ("in", "Member"),
                            ("declined", "Declined"),
                            ("refused", "Invitation declined"),
                            ("withdrawn", "Taken back"),
                            ("left", "Left"),
                            ("ended", "Ended by the network"),
                        ],
                        max_length=10,
                        verbose_name="status",
                    ),
                ),
                ("why", models.TextField(blank=True, max_length=2000, verbose_name="why")),
                (
                    "asked_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="asked by",
                    ),
                ),
                (
                    "asked_at",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(),
                        editable=False,
                        verbose_name="asked at",
                    ),
                ),
                (
                    "joined_at",
                    models.DateTimeField(blank=True, editable=False, null=True, verbose_name="joined at"),
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
                "verbose_name": "membership of a network",
                "verbose_name_plural": "memberships of networks",
                "ordering": ["pk"],
                "indexes": [models.Index(fields=["stakeholder", "status"], name="network_member_of")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("role__in", ["coordinator", "member", "observer"])),
                        name="network_role_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "status__in",
                                [
                                    "asked",
                                    "invited",
                                    "in",
                                    "declined",
                                    "refused",
                                    "withdrawn",
                                    "left",
                                    "ended",
                                ],
                            )
                        ),
                        name="network_member_status_known",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("status__in", ("asked", "invited", "in"))),
                        fields=("network", "stakeholder"),
                        name="network_member_once",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="NetworkPlan",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "network",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="plans",
                        to="coordination.network",
                        verbose_name="network",
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[("work", "Work plan"), ("roadmap", "Roadmap")],
                        default="work",
                        max_length=10,
                        verbose_name="kind",
                    ),
                ),
                ("title", models.CharField(max_length=200, verbose_name="title")),
                ("about", models.TextField(blank=True, max_length=4000, verbose_name="what it is to achieve")),
                (
                    "language",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="taxonomy.language",
                        verbose_name="language of this text",
                    ),
                ),
                ("starts_on", models.DateField(verbose_name="begins on")),
                ("ends_on", models.DateField(verbose_name="ends on")),
                (
                    "shown_to",
                    models.CharField(
                        choices=[
                            ("public", "Everybody"),
                            ("portal", "Members of the portal"),
                            ("partners", "The network, and the State it works with"),
                            ("network", "The network alone"),
                        ],
                        default="network",
                        max_length=10,
                        verbose_name="who reads it",
                    ),
                ),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("shown", "Shown"),
                            ("hidden", "Hidden by the WhatsOn team"),
                            ("removed", "Removed by the WhatsOn team"),
                        ],
                        default="shown",
                        max_length=10,
                        verbose_name="status",
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
                "verbose_name": "plan of a network",
                "verbose_name_plural": "plans of networks",
                "ordering": ["-starts_on", "-pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("kind__in", ["work", "roadmap"])), name="plan_kind_known"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("shown_to__in", ["public", "portal", "partners", "network"])),
                        name="plan_shown_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("status__in", ["shown", "hidden", "removed"])),
                        name="plan_status_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("starts_on__lte", models.F("ends_on"))),
                        name="plan_ends_after_it_begins",
                        violation_error_message="The end has to come after the beginning.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Passed",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "absence",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="passed",
                        to="coordination.absence",
                        verbose_name="absence",
                    ),
                ),
                (
                    "item",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="workflow.workitem",
                        verbose_name="work item",
                    ),
                ),
            ],
            options={
                "verbose_name": "work passed to a deputy",
                "verbose_name_plural": "work passed to deputies",
                "constraints": [models.UniqueConstraint(fields=("absence", "item"), name="work_passed_once")],
            },
        ),
        migrations.CreateModel(
            name="PeriodReport",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("place", models.CharField(blank=True, max_length=3, verbose_name="for which place")),
                ("title", models.CharField(max_length=200, verbose_name="title")),
                (
                    "language",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="taxonomy.language",
                        verbose_name="language of this text",
                    ),
                ),
                ("first_day", models.DateField(verbose_name="first day")),
                ("last_day", models.DateField(verbose_name="last day")),
                (
                    "other_first_day",
                    models.DateField(
                        blank=True, null=True, verbose_name="first day of the period to compare with"
                    ),
                ),
                (
                    "other_last_day",
                    models.DateField(
                        blank=True, null=True, verbose_name="last day of the period to compare with"
                    ),
                ),
                (
                    "narrative",
                    models.TextField(
                        blank=True, max_length=12000, verbose_name="what the numbers do not tell"
                    ),
                ),
                (
                    "status",
                    models.CharField(
                        choices=[("draft", "Draft"), ("published", "Published")],
                        default="draft",
                        max_length=10,
                        verbose_name="status",
                    ),
                ),
                (
                    "figures",
                    models.JSONField(
                        blank=True, default=list, editable=False, verbose_name="numbers as published"
                    ),
                ),
                (
                    "author",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="written by",
                    ),
                ),
                (
                    "published_at",
                    models.DateTimeField(blank=True, editable=False, null=True, verbose_name="published at"),
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
            ],
            options={
                "verbose_name": "report for a period",
                "verbose_name_plural": "reports for periods",
                "ordering": ["-last_day", "-pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("status__in", ["draft", "published"])),
                        name="period_report_status_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("first_day__lte", models.F("last_day"))),
                        name="period_report_ends_after_it_starts",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("other_first_day", None), ("other_last_day", None)),
                            ("other_first_day__lte", models.F("other_last_day")),
                            _connector="OR",
                        ),
                        name="period_report_compares_with_a_period",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("status", "published"), _negated=True),
                            ("published_at__isnull", False),
                            _connector="OR",
                        ),
                        name="period_report_published_at",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="PlanGoal",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "plan",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="goals",
                        to="coordination.networkplan",
                        verbose_name="plan",
                    ),
                ),
                (
                    "instrument",
                    models.ForeignKey(
                        blank=True,
                        help_text="Leave it empty where it is about none of them, such as the environment.",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="taxonomy.instrument",
                        verbose_name="Convention or Protocol",
                    ),
                ),
                ("title", models.CharField(max_length=300, verbose_name="title")),
                ("about", models.TextField(blank=True, max_length=2000, verbose_name="more about it")),
                ("position", models.PositiveSmallIntegerField(default=1, verbose_name="order")),
            ],
            options={
                "verbose_name": "objective of a plan",
                "verbose_name_plural": "objectives of plans",
                "ordering": ["position", "pk"],
            },
        ),
        migrations.CreateModel(
            name="PlanStep",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "goal",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="steps",
                        to="coordination.plangoal",
                        verbose_name="objective",
                    ),
                ),
                ("title", models.CharField(max_length=300, verbose_name="what is done")),
                ("about", models.TextField(blank=True, max_length=2000, verbose_name="more about it")),
                ("starts_on", models.DateField(verbose_name="begins on")),
                ("ends_on", models.DateField(verbose_name="ends on")),
                (
                    "state",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="taxonomy.country",
                        verbose_name="State party responsible for it",
                    ),
                ),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("planned", "Planned"),
                            ("under_way", "Under way"),
                            ("done", "Done"),
                            ("dropped", "Given up"),
                        ],
                        default="planned",
                        max_length=10,
                        verbose_name="status",
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
                    "responsible",
                    models.ManyToManyField(
                        blank=True,
                        help_text="Members of the network. They may report progress.",
                        related_name="+",
                        to="stakeholders.stakeholder",
                        verbose_name="responsible",
                    ),
                ),
            ],
            options={
                "verbose_name": "step of a plan",
                "verbose_name_plural": "steps of plans",
                "ordering": ["starts_on", "ends_on", "pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("status__in", ["planned", "under_way", "done", "dropped"])),
                        name="step_status_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("starts_on__lte", models.F("ends_on"))),
                        name="step_ends_after_it_begins",
                        violation_error_message="The end has to come after the beginning.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="TermNote",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "appointment",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="notes",
                        to="stakeholders.appointment",
                        verbose_name="appointment",
                    ),
                ),
                ("text", models.TextField(max_length=10000, verbose_name="notes")),
                (
                    "changed_at",
                    models.DateTimeField(default=django.utils.timezone.now, verbose_name="changed at"),
                ),
            ],
            options={"verbose_name": "notes of a term", "verbose_name_plural": "notes of terms"},
        ),
    ]
