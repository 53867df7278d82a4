"""/api/tokens/ (接口令牌): a person's own keys to the API: what there is, a new one shown once, one taken back."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from gongchuang.api import tokens
from gongchuang.api.models import Token
from gongchuang.kernel import clock
from gongchuang.kernel.desk import ActForm
from gongchuang.kernel.errors import Refused
from gongchuang.kernel.fields import day, line
from gongchuang.kernel.text import Text
from gongchuang.web import after
from gongchuang.web.shown import form_errors


class TokenForm(ActForm):
    name = line(Text("用途", "Purpose"), 60, min_length=2)
    scope = forms.ChoiceField(label=Text("范围", "Scope"), choices=Token.SCOPES.choices, widget=forms.RadioSelect, initial="read")
    ends_on = day(Text("有效到", "Valid until"), required=False)


@login_required
@never_cache
def page(request: Any) -> HttpResponse:
    """The person's tokens and the form for a new one; what a new one says is on this answer only."""
    if request.person is None:
        raise Http404
    key = request.POST.get("key", "")[:64] or str(clock.new_uid())
    form = TokenForm(request.POST if request.method == "POST" else None, person=request.person)
    made, secret = None, tokens.Secret()
    if request.method == "POST" and form.is_valid():
        try:
            made = tokens.make_token(request.user, secret=secret, by=request.person, key=key, **form.cleaned_data)
            after.committed()
        except Refused as refused:
            form.add_error(refused.field if refused.field in form.fields else None, str(refused))
    said = secret.said if made is not None and secret.opens(made) else ""
    is_repeat = made is not None and not said
    if made is not None:
        form, key = TokenForm(None, person=request.person), str(clock.new_uid())
    context = {
        "form": form, "errors": form_errors(form), "key": key, "said": said, "is_repeat": is_repeat, "tokens": tokens.tokens_of(request.user),
        "today": clock.today(), "back": "/me/profile/", "here": "profile",
    }  # fmt: skip
    return render(request, "me/tokens.html", context, status=422 if form.is_bound else 200)


@require_POST
@login_required
def revoke(request: Any, uid: Any) -> HttpResponse:
    """Take one of one's own tokens back; it opens nothing from then on."""
    token = tokens.tokens_of(request.user).filter(uid=uid).first()
    if request.person is None or token is None:
        raise Http404
    if token.revoked_on is None:
        tokens.revoke_token(token, by=request.person, key=f"revoke:{uid}")
        after.committed()
    return HttpResponseRedirect("/api/tokens/")
