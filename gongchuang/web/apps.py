from django.apps import AppConfig


class WebConfig(AppConfig):
    """The pages (网页): one door over all desks, and the spaces each kind of person meets first."""

    name = "gongchuang.web"
    label = "web"
    default_auto_field = "django.db.models.BigAutoField"
