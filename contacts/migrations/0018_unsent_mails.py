from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('contacts', '0017_replies'),
    ]

    operations = [
        migrations.AddIndex(
            model_name='outboxmessage',
            index=models.Index(condition=models.Q(('state', 'sent'), _negated=True), fields=['created_at'], name='contacts_outbox_unsent'),
        ),
    ]
