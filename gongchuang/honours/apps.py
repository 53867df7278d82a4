from django.apps import AppConfig


class HonoursConfig(AppConfig):
    name = "gongchuang.honours"
    label = "honours"
    default_auto_field = "django.db.models.BigAutoField"
