"""The line drawings of menus and buttons (图标): 24 × 24, drawn in the colour of the text beside them."""

from __future__ import annotations

from typing import Final

from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

PATHS: Final[dict[str, str]] = {
    "board": '<path d="M4 20V4M4 20h16M8 16v-5M13 16V8M18 16v-9"/>',
    "people": '<circle cx="9" cy="9" r="3.5"/><path d="M2.5 20c0-3.5 3-5.5 6.5-5.5s6.5 2 6.5 5.5M16 5.8a3.5 3.5 0 0 1 0 6.4'
    'M18.5 15.2c1.9.8 3 2.5 3 4.8"/>',
    "idea": '<path d="M9 18h6M10 21h4M8.5 15C6.900 13.900 6 12 6 10a6 6 0 0 1 12 0c0 2-.9 3.900-2.500 5z"/>',
    "stamp": '<path d="M5 20h14M7 17h10v-2c0-1.5-3-2-3-4 0-1.5 1-2.5 1-4a3 3 0 0 0-6 0c0 1.5 1 2.5 1 4 0 2-3 2.5-3 4z"/>',
    "bank": '<rect x="4" y="4" width="16" height="16" rx="2"/><path d="M8 9h8M8 13h8M8 17h4"/>',
    "book": '<path d="M4 5h6a2 2 0 0 1 2 2v13a2 2 0 0 0-2-2H4zM20 5h-6a2 2 0 0 0-2 2v13a2 2 0 0 1 2-2h6z"/>',
    "cup": '<path d="M8 4h8v6a4 4 0 0 1-8 0zM8 6H5c0 3 1 5 3.5 5M16 6h3c0 3-1 5-3.5 5M12 14v4M8.5 20h7"/>',
    "tree": '<circle cx="5" cy="12" r="2"/><circle cx="18" cy="5" r="2"/><circle cx="18" cy="12" r="2"/>'
    '<circle cx="18" cy="19" r="2"/><path d="M7 12h9M11 12V5h5M11 12v7h5"/>',
    "link": '<path d="M10 14a4 4 0 0 0 5.7 0l3-3A4 4 0 0 0 13 5.3l-1 1M14 10a4 4 0 0 0-5.7 0l-3 3A4 4 0 0 0 11 18.7l1-1"/>',
    "todo": '<rect x="4" y="4" width="16" height="16" rx="2"/><path d="m8 12 3 3 5-6"/>',
    "sheet": '<path d="M6 3h12v18H6zM9 8h6M9 12h6M9 16h3"/>',
    "file": '<path d="M6 3h8l4 4v14H6zM14 3v4h4"/>',
    "home": '<path d="M3 11 12 4l9 7v9h-6v-6H9v6H3z"/>',
    "person": '<circle cx="12" cy="8" r="4"/><path d="M4 21c0-4.5 3.6-7 8-7s8 2.5 8 7"/>',
    "plus": '<path d="M12 5v14M5 12h14"/>',
    "back": '<path d="m15 5-7 7 7 7"/>',
    "camera": '<path d="M4 8h3l2-3h6l2 3h3v11H4z"/><circle cx="12" cy="13" r="3.5"/>',
    "star": '<path d="m12 4 2.5 5.200 5.500.7-4 3.900 1 5.700-5-2.800-5 2.800 1-5.700-4-3.900 5.500-.7z"/>',
    "search": '<circle cx="11" cy="11" r="6"/><path d="m16 16 4 4"/>',
    "bell": '<path d="M6 17V11a6 6 0 0 1 12 0v6l1.500 2h-15zM10 21h4"/>',
    "cog": '<circle cx="12" cy="12" r="3"/><path d="M12 3v3M12 18v3M3 12h3M18 12h3M5.600 5.600l2.100 2.100M16.300 16.300l2.100 2.100'
    'M18.400 5.600l-2.100 2.100M7.700 16.300l-2.100 2.100"/>',
}

BRAND: Final = mark_safe(
    '<svg class="brand-mark" viewBox="0 0 36 36" aria-hidden="true"><rect width="36" height="36" rx="5" fill="#B3261E"/>'
    '<path d="M9 10.5h18M18 10.5v15M7 25.5h22" fill="none" stroke="#FFFFFF" stroke-width="3.25"/>'
    '<path d="M22.5 20.5h5.5v-5" fill="none" stroke="#FFFFFF" stroke-width="1.75" opacity=".75"/></svg>'
)


def icon(name: str) -> SafeString:
    """One drawing, hidden from screen readers: the words beside it say what it is."""
    drawing = mark_safe(PATHS[name])
    return format_html('<svg class="icon" viewBox="0 0 24 24" aria-hidden="true">{}</svg>', drawing)
