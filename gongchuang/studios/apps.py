from django.apps import AppConfig


class StudiosConfig(AppConfig):
    name = "gongchuang.studios"
    label = "studios"
    default_auto_field = "django.db.models.BigAutoField"
