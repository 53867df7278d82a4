from django.apps import AppConfig


class MatchmakerConfig(AppConfig):
    name = "gongchuang.matchmaker"
    label = "matchmaker"
    default_auto_field = "django.db.models.BigAutoField"
