"""All routes."""

from importlib.util import find_spec

from django.urls import include, path

urlpatterns = [path("account/", include("allauth.urls"))]
if find_spec("gongchuang.api.urls"):
    urlpatterns.append(path("api/", include("gongchuang.api.urls")))
if find_spec("gongchuang.paper.urls"):
    urlpatterns.append(path("paper/", include("gongchuang.paper.urls")))
if find_spec("gongchuang.web.gallery"):
    urlpatterns.append(path("", include("gongchuang.web.urls")))

handler403 = "gongchuang.web.views.forbidden"
handler404 = "gongchuang.web.views.not_found"
handler500 = "gongchuang.web.views.broken"
