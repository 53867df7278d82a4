"""All routes."""

from django.urls import include, path

urlpatterns = [
    path("account/", include("allauth.urls")),
    path("api/", include("gongchuang.api.urls")),
    path("paper/", include("gongchuang.paper.urls")),
    path("", include("gongchuang.web.urls")),
]

handler403 = "gongchuang.web.views.forbidden"
handler404 = "gongchuang.web.views.not_found"
handler500 = "gongchuang.web.views.broken"
