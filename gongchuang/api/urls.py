"""/api/v1/: OpenAPI at openapi.json, a reader at /api/."""

from __future__ import annotations

from django.urls import path
from django.views.generic import RedirectView
from ninja import NinjaAPI

from gongchuang.api import figures, pages, problems
from gongchuang.api.door import router_of
from gongchuang.desks import DESKS

api = NinjaAPI(
    title="工创 Gongchuang",
    version="1",
    docs_url="/docs",
    openapi_url="/openapi.json",
    description=(
        "一处录入，处处可查。写操作要带 Authorization: Bearer 令牌和 Idempotency-Key。"
        " Writing needs a bearer token and an Idempotency-Key; without a token you read what is public."
    ),
)
problems.install(api)
api.add_router("/figures", figures.router)
for desk in DESKS:
    api.add_router(f"/{desk.key}", router_of(desk))

urlpatterns = [
    path("", RedirectView.as_view(url="/api/v1/docs")),
    path("tokens/", pages.page),
    path("tokens/<uuid:uid>/revoke/", pages.revoke),
    path("v1/", api.urls),
]
