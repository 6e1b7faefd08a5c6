
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('contacts', '0016_lapsed_requests'),
    ]

    operations = [
        migrations.AlterField(
            model_name='enquiryevent',
            name='kind',
            field=models.CharField(choices=[('received', 'eingegangen'), ('routed', 'weitergeleitet'), ('taken', 'übernommen'), ('noted', 'vermerkt'), ('waiting', 'Rückfrage, wartet'), ('replied', 'Rückmeldung ist da'), ('interim', 'Zwischennachricht'), ('answered', 'beantwortet'), ('elsewhere', 'außerhalb beantwortet'), ('added', 'ergänzt'), ('withdrawn', 'zurückgezogen'), ('released', 'aus der Quarantäne genommen'), ('closed', 'abgeschlossen'), ('reopened', 'wieder geöffnet'), ('erased', 'gelöscht')], max_length=10, verbose_name='Art'),
        ),
    ]
