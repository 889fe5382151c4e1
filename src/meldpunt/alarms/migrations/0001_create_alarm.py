import uuid

from django.db import migrations, models

from meldpunt.access.policies import policies


class Migration(migrations.Migration):
    initial = True

    dependencies = [("access", "0001_create_accounts")]

    operations = [
        migrations.CreateModel(
            name="Alarm",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("kind", models.CharField(max_length=30)),
                ("since", models.DateTimeField()),
                ("count", models.PositiveIntegerField()),
                ("raised_at", models.DateTimeField()),
                ("cleared_at", models.DateTimeField(null=True)),
                ("message_id", models.CharField(max_length=300)),
                ("attempts", models.PositiveIntegerField(default=0)),
                ("next_attempt_at", models.DateTimeField(null=True)),
                ("mailed_at", models.DateTimeField(null=True)),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("cleared_at", None)), fields=("kind",), name="alarm_stands_once"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "kind__in",
                                [
                                    "queue-unread",
                                    "kept-unread",
                                    "mailbox",
                                    "answers-refused",
                                    "answers-held-back",
                                    "deliveries-stuck",
                                    "worker-silent",
                                    "listener-silent",
                                ],
                            )
                        ),
                        name="alarm_kind_known",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Heartbeat",
            fields=[
                ("process", models.CharField(max_length=20, primary_key=True, serialize=False)),
                ("beat_at", models.DateTimeField()),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("process__in", ["worker", "listener"])), name="heartbeat_process_known"
                    ),
                ],
            },
        ),
        *policies("alarms", "alarms_alarm", "alarms_heartbeat"),
    ]
