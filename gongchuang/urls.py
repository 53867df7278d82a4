"""All routes."""

from django.urls import include, path
from django.views.generic import RedirectView

urlpatterns = [
    # No e-mail is sent (settings.MAILERS), so allauth's pages that promise one are closed: a union officer gives a new password.
    path("account/password/reset/", RedirectView.as_view(url="/login/")),
    path("account/email/", RedirectView.as_view(url="/me/profile/")),
    path("account/", include("allauth.urls")),
    path("api/", include("gongchuang.api.urls")),
    path("paper/", include("gongchuang.paper.urls")),
    path("", include("gongchuang.web.urls")),
]

handler403 = "gongchuang.web.views.forbidden"
handler404 = "gongchuang.web.views.not_found"
handler500 = "gongchuang.web.views.broken"
