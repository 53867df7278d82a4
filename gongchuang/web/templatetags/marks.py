"""The small marks every page is made of (构件): icons, tags, persons, money, days, fields."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django import template
from django.forms import BoundField, DecimalField, EmailField, IntegerField, URLField
from django.template.context import Context
from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from gongchuang.kernel import clock, quantity
from gongchuang.web import icons, looks, undo

register = template.Library()


@register.simple_tag
def icon(name: str) -> SafeString:
    return icons.icon(name)


@register.simple_tag
def brand_mark() -> SafeString:
    return icons.BRAND


# ------------------------------------------------------------------------------------------------- tags and badges


@register.simple_tag
def status_tag(record: Any, label: str = "") -> SafeString:
    """The state of a record, always the same word in the same colour (状态标签)."""
    state = str(getattr(record, "state", record))
    said = label or getattr(record, "get_state_display", lambda: state)()
    return format_html('<span class="status-tag" data-status="{}">{}</span>', looks.look_of(state), said)


@register.simple_tag
def overdue_tag(due_on: date | None) -> SafeString:
    """How many working days an answer is late (逾期), or nothing."""
    words = looks.overdue_words(due_on)
    return format_html('<span class="status-tag" data-status="overdue">{}</span>', words) if words else SafeString("")


@register.simple_tag
def source_badge(source: str) -> SafeString:
    """Where a value comes from: certified, claimed, historic (来源)."""
    shown, said = looks.source_of(source)
    return format_html('<span class="source-badge" data-source="{}">{}</span>', shown, said)


@register.simple_tag(takes_context=True)
def person_chip(context: Context, person: Any, small: str = "", is_open: bool = True) -> SafeString:
    """A person with the first character in a disc; masked unless the page is one where the name is known (人)."""
    if person is None:
        return format_html('<span class="person-chip" data-initial="{}">{}</span>', "系", _("the system"))
    name = str(person.name)
    shown = name if is_open and context.get("person") is not None else looks.masked(name)
    tail = format_html(" <small>{}</small>", small) if small else ""
    return format_html('<span class="person-chip" data-initial="{}">{}{}</span>', name[:1], shown, tail)


# -------------------------------------------------------------------------------------------------- money, counts, days


@register.filter
def yuan(fen: int | None) -> str:
    """Exact yuan for tables and files: 600,000.00."""
    return "—" if fen is None else quantity.fen_text(int(fen))


@register.filter
def short_yuan(fen: int | None) -> str:
    """Money in words, cut, never rounded up: 60万元."""
    return "—" if fen is None else quantity.short_fen(int(fen))


@register.filter
def grouped(count: int | None) -> str:
    return "—" if count is None else quantity.count_text(int(count))


@register.filter
def percent(rate_bp: int | None) -> str:
    return "—" if rate_bp is None else quantity.percent_text(int(rate_bp))


@register.filter
def day(on: date | datetime | None) -> SafeString:
    """A day in a sentence: 6月5日 this year, 2025年6月5日 before."""
    if on is None:
        return SafeString("—")
    plain = on.astimezone(clock.ZONE).date() if isinstance(on, datetime) else on
    return format_html('<time datetime="{}">{}</time>', plain.isoformat(), looks.day_words(plain))


@register.filter
def brief_day(on: date | None) -> SafeString:
    """A day under a station: 6月5日, or 11-25 where that would be too wide."""
    if on is None:
        return SafeString("")
    words = looks.day_words(on, with_year=False)
    return format_html('<time datetime="{}">{}</time>', on.isoformat(), words if len(words) <= 5 else on.strftime("%m-%d"))


@register.filter
def plain_day(on: date | datetime | None) -> SafeString:
    """A day in a table: 2026-06-05."""
    if on is None:
        return SafeString("—")
    plain = on.astimezone(clock.ZONE).date() if isinstance(on, datetime) else on
    return format_html('<time datetime="{}">{}</time>', plain.isoformat(), plain.isoformat())


@register.filter
def moment(at: datetime | None) -> SafeString:
    """A moment: 2小时前 within seven days, the day before that; the full moment on hover."""
    if at is None:
        return SafeString("—")
    local = at.astimezone(clock.ZONE)
    full = local.strftime("%Y-%m-%d %H:%M")
    return format_html('<time datetime="{}" title="{}">{}</time>', local.isoformat(timespec="minutes"), full, looks.ago(local))


@register.filter
def days_left(due_on: date | None) -> str:
    """How much time is left, in words: 今天到期, 还剩 3 天, 逾期 2 天."""
    return "" if due_on is None else looks.left_words((due_on - clock.today()).days)


@register.filter
def file_size(size: int) -> str:
    return f"{size / 1_048_576:.1f} MB" if size >= 1_048_576 else f"{max(1, size // 1024)} KB"


@register.filter
def get(mapping: Mapping[Any, Any], key: Any) -> Any:
    return mapping.get(key, "")


# ----------------------------------------------------------------------------------------------- addresses and fields


@register.simple_tag(takes_context=True)
def with_query(context: Context, **changes: Any) -> str:
    """The page's own address with some of its query changed; an empty value takes the name out."""
    query = context["request"].GET.copy()
    for name, value in changes.items():
        query.pop(name, None)
        if value not in (None, ""):
            query[name] = str(value)
    return "?" + query.urlencode() if query else "?"


@register.filter
def undo_of(message: Any) -> dict[str, Any] | None:
    """The undo that a message carries, if any."""
    return undo.read(message.extra_tags or "")


@register.simple_tag
def swaps(address: str, part: str = "list") -> SafeString:
    """Makes a link or form fetch only one part of the page, with its address kept; without scripts it is an ordinary one."""
    return format_html('hx-get="{}" hx-target="#{}" hx-select="#{}" hx-swap="outerHTML" hx-push-url="true"', address, part, part)


@register.simple_tag(takes_context=True)
def other_language(context: Context) -> str:
    """The page's own address in the other language."""
    query = context["request"].GET.copy()
    query["lang"] = "zh" if (get_language() or "").startswith("en") else "en"
    return "?" + query.urlencode()


@register.simple_tag
def other_language_name() -> str:
    """The switch bears the other language's own name."""
    return "EN" if not looks.is_english() else "中文"


@register.simple_tag
def input_of(field: BoundField) -> SafeString:
    """The input of a field with its class, and tied to its help and its error for screen readers."""
    widget = field.field.widget
    kind = getattr(widget, "input_type", widget.__class__.__name__.lower())
    attributes: dict[str, Any] = {"class": _class_of(kind), **_keyboard(field)}
    described = [f"{field.auto_id}_help"] if field.help_text else []
    if field.errors:
        attributes["class"] += " is-invalid"
        attributes["aria-invalid"] = "true"
        described.append(f"{field.auto_id}_error")
    if described:
        attributes["aria-describedby"] = " ".join(described)
    return mark_safe(conditional_escape(field.as_widget(attrs={**widget.attrs, **attributes})))


def _keyboard(field: BoundField) -> dict[str, str]:
    """The right keyboard of a phone, and what the browser may fill in."""
    if "phone" in field.name:
        return {"inputmode": "tel", "autocomplete": "off"}  # mostly somebody else's
    for kind, mode in ((DecimalField, "decimal"), (IntegerField, "numeric"), (EmailField, "email"), (URLField, "url")):
        if isinstance(field.field, kind):
            return {"inputmode": mode}
    return {}


def _class_of(kind: str) -> str:
    if kind in {"checkbox", "radio"}:
        return ""
    return "form-select" if kind == "select" else "form-control"


@register.filter
def kind_of(field: BoundField) -> str:
    """How a field is drawn: check, choices, file, hidden or plain."""
    widget = field.field.widget
    if widget.is_hidden:
        return "hidden"
    kind = getattr(widget, "input_type", "")
    if kind == "checkbox" and not getattr(widget, "allow_multiple_selected", False):
        return "check"
    if kind in {"radio", "checkbox"}:
        return "choices"
    if kind == "file":
        return "photos" if str(widget.attrs.get("accept", "")).startswith("image/") else "file"
    return "plain"
