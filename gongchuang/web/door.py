"""The generic door (通用的门): draws every desk as a list, a record and its acts. It asks; it decides nothing."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.forms import FileField
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import render
from django.template.loader import select_template
from django.utils.functional import SimpleLazyObject
from django.utils.http import urlencode
from django.views.decorators.cache import never_cache
from django_htmx.http import HttpResponseClientRedirect

from gongchuang.kernel import clock, drafts, history, together
from gongchuang.kernel.access import with_answers
from gongchuang.kernel.choosing import RecordField
from gongchuang.kernel.desk import Act, Desk
from gongchuang.kernel.errors import Busy, Conflict, NotYours, Refused, Stale
from gongchuang.kernel.text import Text
from gongchuang.people.fields import PersonField
from gongchuang.people.models import holders_of
from gongchuang.web import after, batch, effects, faces, listing, memory, presence, shown, triage, undo
from gongchuang.web.middleware import refusal_page

KEPT = "kept"  # what an expired login was about to hand in
KEPT_MOST = 20_000
NOT_AGAIN = frozenset({"key", "version", "csrfmiddlewaretoken"})


def face(desk: Desk, name: str) -> str:
    """A desk's own template for a face, or the generic one."""
    return select_template([f"{desk.key}/{name}.html", f"desk/{name}.html"]).template.name or f"desk/{name}.html"


def to_login(request: Any) -> HttpResponse:
    """Sign in first, then back here; a part of a page takes the whole page along."""
    here = request.htmx.current_url_abs_path if request.htmx else None
    answer = HttpResponseClientRedirect if request.htmx else HttpResponseRedirect
    return answer("/login/?" + urlencode({"next": here or request.get_full_path()}))


# --------------------------------------------------------------------------------------------------------------- list


def list_page(request: Any, desk: Desk, space: str = "") -> HttpResponse:
    """/<desk>/ and /<space>/<desk>/: what this person may see here, fifty at a time."""
    person = request.person
    is_open = person is None and desk.key in faces.OPEN
    if person is None and "public" not in desk.spaces and not is_open:
        return to_login(request)
    rows = faces.OPEN[desk.key].among(None, desk.model._default_manager.all()) if is_open else desk.rows_for(person)
    if space == "me":
        rows = listing.own(desk, person, rows)
    table = desk.table if person is not None else desk.table.public() if any(c.public for c in desk.table.columns) else desk.table
    found = listing.filtered(desk, rows, request.GET)
    order = listing.order_for(desk, table, request.GET.get("sort", ""))
    page = listing.page_of(table.rows(found.rows), order, request.GET)
    count, sums = listing.totals(desk, table, found.rows, page)
    kept = memory.on_list(request, desk, table)
    drawn = kept["drawn"]
    context = {
        **kept,
        "desk": desk,
        "space": space,
        "found": found,
        "chips": chips(found, request),
        "heads": listing.heads(desk, drawn, request.GET.get("sort", "")),
        "rows": (cells := [shown.row(desk, drawn, record, request) for record in page.rows]),
        "masks": shown.masks(cells),
        "records": page.rows,
        "page": page,
        "count": count,
        "sums": [shown.total(column, sums, at, count) for at, column in enumerate(drawn.columns)],
        "has_sums": any(column.key in sums for column in drawn.columns),
        "total": shown.data_total(table, sums, count),
        "creating": [act for act in desk.acts if act.creates and person is not None and faces.may_create(act, person)],
        "export": exports(desk, request, space),
        "here": space,
    }
    context |= faces.extra(desk, "list", request, context)
    return render(request, face(desk, "list"), context)


def chips(found: listing.Filtered, request: HttpRequest) -> list[dict[str, str]]:
    """The filters in force, each with the address without it."""
    made = []
    said = [(one.name, one.said) for one in found.filters if one.chosen]
    for name, words in [*said, *([("q", f"“{found.query}”")] if found.query else [])]:
        query = request.GET.copy()
        for gone in (name, "after", "before"):
            query.pop(gone, None)
        made.append({"said": words, "address": f"?{query.urlencode()}"})
    return made


def exports(desk: Desk, request: HttpRequest, space: str = "") -> list[tuple[str, str]]:
    """Addresses of the sheet door for exactly what is filtered here."""
    query = request.GET.copy()
    for name in ("after", "before", "lang", "cols"):
        query.pop(name, None)
    if space == "me":
        query["space"] = space
    tail = f"?{query.urlencode()}" if query else ""
    return [(kind.upper(), f"/{desk.key}.{kind}{tail}") for kind in ("xlsx", "csv")]


# ------------------------------------------------------------------------------------------------------------- record


def record_page(request: Any, desk: Desk, ref: str) -> HttpResponse:
    """/<desk>/<ref>/: one record for whoever may see it; foreign and missing look alike."""
    record = seen(request, desk, ref)
    if record is None:
        return open_page(request, desk, ref)
    context = record_context(request, desk, record)
    context |= faces.extra(desk, "record", request, context)
    return render(request, face(desk, "record"), context)


def open_page(request: Any, desk: Desk, ref: str) -> HttpResponse:
    """What everybody may read of a record that is open to the public; anything else is not there."""
    rule = faces.OPEN.get(desk.key)
    rows = desk.table.rows(rule.among(None, desk.model._default_manager.all())) if rule is not None else None
    record = rows.by_ref(ref).first() if rows is not None and len(ref) <= 60 else None
    if record is None:
        raise Http404
    context = {"desk": desk, "record": record}
    context |= faces.extra(desk, "public", request, context)
    return render(request, f"{desk.key}/public.html", context)


def seen(request: Any, desk: Desk, ref: str) -> Any:
    """The record at an address, if this person may see it; for a page with what the rules of its acts will ask."""
    rows = desk.table.rows(desk.rows_for(request.person))
    if request.method != "POST":
        rows = with_answers(rows.prefetch_related(None), request.person, [act.rule.relation for act in desk.acts])
    record = rows.by_ref(ref).first() if len(ref) <= 60 else None
    if record is not None and request.method != "POST":
        together.along(record, desk.table.prefetch, batch.of(request))
    return record


def found_or_404(request: Any, desk: Desk, ref: str) -> Any:
    record = seen(request, desk, ref)
    if record is None:
        raise Http404
    return record


def record_context(request: Any, desk: Desk, record: Any) -> dict[str, Any]:
    person = request.person
    events: Iterable[Any] = batch.of(request)(shown.events_of(record)) if person is not None else []
    acts = [act for act in desk.acts if not act.creates and act.offered_to(person, record)]
    here = address(desk, record)
    at_work = presence.is_awaited(record, {act.name for act in acts})
    queue = triage.standing(request, here)
    return {
        "triage": queue,
        **({"todo_count": min(queue["count"], 99)} if queue else {}),
        "here_address": f"/here{here}" if at_work else "",
        "here_too": presence.others(record, person) if at_work else [],
        "desk": desk,
        "record": record,
        "address": here,
        "facts": SimpleLazyObject(lambda: shown.facts(desk, record, request)),  # after what else is put on the list of the page
        "timeline": SimpleLazyObject(lambda: shown.timeline(events, person)),
        "related": SimpleLazyObject(lambda: related(request, desk, record)),  # some faces draw their own
        "acts": [triage.led_on(shown.act(act, record, person, here), queue) for act in acts],
        "has_primary": any(act.tone == "primary" for act in acts),
        "back": f"/{desk.key}/",
        "press_key": str(clock.new_uid()),
    }


def related(request: Any, desk: Desk, record: Any) -> list[tuple[Text, Any]]:
    """What belongs to a record; its lists are read together."""
    links = [
        (label, batch.of(request)(target) if isinstance(target, QuerySet) else target)
        for label, target in (desk.related(record, request.person) if desk.related else ())
    ]
    return [(label, one) for label, target in links for one in (target if isinstance(target, QuerySet) else [target])]


def address(desk: Desk, record: Any) -> str:
    return f"/{desk.key}/{record.ref}/"


# ---------------------------------------------------------------------------------------------------------------- act


@never_cache
def act_page(request: Any, desk: Desk, act: Act, ref: str = "") -> HttpResponse:
    """/<desk>/<ref>/<act>/ and /<desk>/<act>/: the form of an act, and its one effect."""
    if request.person is None:
        keep_input(request)
        return to_login(request)
    record = None if act.creates else found_or_404(request, desk, ref)
    if record is None and not faces.could_create(act, request.person):
        raise not_yours(act, request.person)
    if request.method == "POST":
        return press(request, desk, act, record)
    if record is not None:
        refuse_early(act, record, request.person)
    kept = request.session.get(KEPT)  # it goes when it was handed in: reading never writes
    data = kept["data"] if isinstance(kept, dict) and kept.get("path") == request.path else None
    draft = None
    if act.creates and data is None and "fresh" not in request.GET:
        draft = drafts.last(request.user.uid, draft_form(desk, act), request.GET.get("draft", "")[:64])
    said = data or (drafts.read(draft) if draft is not None else None)
    form = act.form(initial=initial(request, said), person=request.person, record=record)
    if "options" in request.GET:
        return options(form, request.GET["options"], request.GET.get("q", "")[:60])
    key = (data or {}).get("key") or (draft.key if draft is not None else "") or str(clock.new_uid())
    return act_face(request, desk, act, record, form, key, draft=draft)


def options(form: Any, name: str, query: str) -> JsonResponse:
    """What a half-typed choice may mean, among what this form lets this person choose: [value, what it is called]."""
    field = form.fields.get(name)
    if not isinstance(field, RecordField | PersonField):
        raise Http404
    return JsonResponse({"options": list(field.suggested(query.strip(), form.person)) if query.strip() else []})


def draft_form(desk: Desk, act: Act) -> str:
    return f"{desk.key}-{act.name}"


def initial(request: Any, kept: dict[str, Any] | None) -> dict[str, Any]:
    """First values: what an expired login kept, else what the address says (a link may fill in a form)."""
    return {
        **{name: value for name, value in request.GET.items() if name not in {"key", "draft", "fresh", "lang", "options", "q"}},
        **(kept or {}),
    }


def refuse_early(act: Act, record: Any, person: Any) -> None:
    """Say on opening what the press would say: not this person, or not in this state."""
    if not act.rule.allows(person, record):
        raise not_yours(act, record)
    if not act.is_open(record):
        state = getattr(record, "get_state_display", lambda: "")()
        raise Refused(Text(f"现在是“{state}”，不能办“{act.label.zh}”。", f"It is “{state}” now; “{act.label.en}” is not possible."))


def not_yours(act: Act, record: Any) -> NotYours:
    """A refusal that names who can."""
    unit = getattr(record, "unit", None)
    roles = tuple(act.rule.relation.roles)
    who = list(holders_of(roles, unit)[:3]) if unit is not None and roles else []
    return NotYours(Text(f"“{act.label.zh}”由别人办理。", f"“{act.label.en}” is for somebody else."), who)


def press(request: Any, desk: Desk, act: Act, record: Any) -> HttpResponse:
    """The press itself: run the act once under the form's key, then go where the person looks next."""
    key = request.POST.get("key", "")[:64] or str(clock.new_uid())
    if record is not None and not act.rule.allows(request.person, record) and not history.was_done(request.person, key):
        raise not_yours(act, record)  # whoever may not is told so, not what is wrong with the form; a second press is answered
    form = act.form(request.POST, request.FILES, person=request.person, record=record)
    if not form.is_valid():
        if done := history.done(request.person, key):  # this very press moved the record on, so that its form no longer fits
            return HttpResponseRedirect(faces.next_address(request, desk, act, record, history.subject_of(done)))
        return act_face(request, desk, act, record, form, key, status=422)
    try:
        changed_meanwhile(request, record, key)
        subject = act.run(*([] if record is None else [record]), by=request.person, key=key, **form.cleaned_data)
    except Conflict as conflict:
        return conflict_page(request, desk, act, form, conflict)
    except NotYours:
        raise not_yours(act, record) if record is not None else NotYours(Text("您不能办理这一步。", "This is not for you to do.")) from None
    except (Stale, Busy) as error:
        return refusal_page(request, error, **both_versions(request, desk, act, record, form, key))
    except Refused as refused:
        form.add_error(place_of(refused, form), str(refused))
        return act_face(request, desk, act, record, form, key, status=422)
    request.session.pop(KEPT, None)
    drafts.drop(request.user.uid, key)
    if record is not None:
        presence.leave(record, request.person)
    after.committed()
    request.handed_in = form.cleaned_data
    messages.success(request, faces.done_words(request, desk, act, subject), extra_tags=undo.offer(desk, act, record, subject))
    return HttpResponseRedirect(faces.next_address(request, desk, act, record, subject))


def place_of(refused: Refused, form: Any) -> str | None:
    """The field of the form that a refusal is about; what is wrong with a file belongs to the form's field for files."""
    if refused.field in form.fields:
        return refused.field
    files = [name for name, field in form.fields.items() if isinstance(field, FileField)]
    return files[0] if files and refused.field == "files" else None


def changed_meanwhile(request: Any, record: Any, key: str) -> None:
    """Refuse when somebody changed the record after this form was opened, unless this very press was done before."""
    version = request.POST.get("version", "")
    if record is None or not version.isdigit() or int(version) == record.version:
        return
    if not history.was_done(request.person, key):
        raise Stale(Text("别人刚改过这条记录，请看过再办。", "Somebody has just changed this record. Please look again."))


def both_versions(request: Any, desk: Desk, act: Act, record: Any, form: Any, key: str) -> dict[str, Any]:
    """How the record stands now beside what was handed in, and the same press again for whoever has looked at both."""
    context = {"desk": desk, "act": act, "record": record, "form": form, "address": request.path, "key": key, "given": shown.given(form)}
    if record is None:
        return context
    record.refresh_from_db()
    last = shown.timeline(list(shown.events_of(record, limit=1)), request.person)
    return {
        **context,
        "record_address": address(desk, record),
        "facts": [one for one in shown.facts(desk, record, request) if one["value"] != shown.NOTHING],
        "last": last[0] if last else None,
        "may_again": act.offered_to(request.person, record),
        "posted": [(name, value) for name, values in request.POST.lists() for value in values if name not in NOT_AGAIN],
        "version": record.version,
        "has_files": bool(request.FILES),
    }


def act_face(request: Any, desk: Desk, act: Act, record: Any, form: Any, key: str, status: int = 200, draft: Any = None) -> HttpResponse:
    batch.choices(request, form)
    context = {
        "draft": draft,
        "draft_url": f"/drafts/{draft_form(desk, act)}/" if act.creates else "",
        "desk": desk,
        "act": act,
        "record": record,
        "form": form,
        "key": key,
        "version": getattr(record, "version", ""),
        "errors": shown.form_errors(form),
        "effect": effects.of(act, record, request.person),
        "here_address": f"/here{address(desk, record)}" if record is not None else "",
        "here_too": presence.others(record, request.person) if record is not None else [],
        "back": address(desk, record) if record is not None else request.GET.get("back") or f"/{desk.key}/",
        "has_submit": True,
        "is_multipart": form.is_multipart(),
        "next": faces.safe_next(request),
    }
    context |= faces.extra(desk, act.name, request, context)
    return render(request, face(desk, act.name) if faces.has_own(desk, act.name) else "desk/act.html", context, status=status)


def conflict_page(request: Any, desk: Desk, act: Act, form: Any, conflict: Conflict) -> HttpResponse:
    """The same key with other content: shows what was handed in, and offers to hand this in as a new one."""
    subject = conflict.subject
    context = {
        "desk": desk,
        "act": act,
        "error": conflict,
        "subject": subject,
        "subject_address": faces.address_of(subject),
        "given": shown.given(form),
        "posted": [
            (name, value) for name, values in request.POST.lists() for value in values if name not in {"key", "csrfmiddlewaretoken"}
        ],
        "key": str(clock.new_uid()),
        "has_files": bool(request.FILES),
        "address": request.path,
        "back": faces.address_of(subject) or f"/{desk.key}/",
        "has_submit": True,
    }
    return render(request, "desk/conflict.html", context, status=conflict.status)


def keep_input(request: Any) -> None:
    """An expired login loses nothing: what was typed waits in the session and comes back after signing in."""
    if request.method != "POST":
        return
    data = {name: values if len(values) > 1 else values[0] for name, values in request.POST.lists() if name != "csrfmiddlewaretoken"}
    if sum(len(str(value)) for value in data.values()) <= KEPT_MOST:
        request.session[KEPT] = {"path": request.path, "data": data}
