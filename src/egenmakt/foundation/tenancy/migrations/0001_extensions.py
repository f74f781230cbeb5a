from django.contrib.postgres.operations import BtreeGistExtension, TrigramExtension, UnaccentExtension
from django.db import migrations

from egenmakt.foundation.database.security import _FUNCTIONS


class Migration(migrations.Migration):
    dependencies = []

    operations = [
        BtreeGistExtension(),
        TrigramExtension(),
        UnaccentExtension(),
        migrations.RunSQL(_FUNCTIONS, reverse_sql=migrations.RunSQL.noop),
    ]
