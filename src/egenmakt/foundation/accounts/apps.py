from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "egenmakt.foundation.accounts"
    label = "accounts"
    verbose_name = "Inloggning och konton"
