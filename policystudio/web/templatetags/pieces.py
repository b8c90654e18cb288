"""Tags that components are made of: icons, blocks with content, form fields."""

from __future__ import annotations

from typing import Any

from django import template
from django.forms import BoundField, CheckboxInput, RadioSelect, Select, Textarea
from django.http import QueryDict
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString

register = template.Library()


@register.simple_tag
def icon(name: str, label: str = "") -> SafeString:
    """A drawing from `static/img/icons.svg`; without a label it is decoration and hidden from assistive technology."""
    href = f"{static('img/icons.svg')}#{name}"
    if label:
        shape = '<svg class="icon" role="img" aria-label="{}"><use href="{}"></use></svg>'
        return format_html(shape, label, href)
    return format_html(
        '<svg class="icon" aria-hidden="true" focusable="false"><use href="{}"></use></svg>', href
    )


@register.simple_block_tag(takes_context=True)
def component(context: dict[str, Any], content: str, name: str, /, **inputs: Any) -> str:
    """`{% component "card" heading="…" %}…{% endcomponent %}`: a component around content, given to it as `content`."""
    request = context.get("request")
    return render_to_string(f"components/{name}.html", {**inputs, "content": content}, request=request)


@register.simple_tag
def bound(field: BoundField, **inputs: Any) -> str:
    """A field of a Django form as `components/field.html`; inputs given here win."""
    widget = field.field.widget
    kind = "text"
    if isinstance(widget, CheckboxInput):
        kind = "checkbox"
    elif isinstance(widget, RadioSelect):
        kind = "radio"
    elif isinstance(widget, Select):
        kind = "select"
    elif isinstance(widget, Textarea):
        kind = "textarea"
    value = field.value()
    context = {
        "kind": kind,
        "type": getattr(widget, "input_type", "text"),
        "name": field.html_name,
        "id": field.id_for_label or field.auto_id,
        "label": field.label,
        "value": "" if value is None else value,
        "checked": bool(value) if kind == "checkbox" else False,
        "help": field.help_text,
        "errors": field.errors,
        "optional": not field.field.required and kind != "checkbox",
        "options": list(getattr(field.field, "choices", ())),
        "autocomplete": widget.attrs.get("autocomplete", ""),
        "maxlength": widget.attrs.get("maxlength", ""),
        **inputs,
    }
    return render_to_string("components/field.html", context)


@register.simple_tag(takes_context=True)
def address_with(context: dict[str, Any], **changes: Any) -> str:
    """The present address with query parameters set, or removed when empty; a changed filter starts at page one."""
    query: QueryDict = context["request"].GET.copy()
    query.pop("cursor", None)
    for name, value in changes.items():
        if value in ("", None):
            query.pop(name, None)
        else:
            query[name] = value
    return f"?{query.urlencode()}" if query else context["request"].path


@register.filter
def initials(name: str) -> str:
    """Up to two letters that stand for a person."""
    words = name.replace("-", " ").replace("_", " ").replace(".", " ").split()
    return "".join(word[0] for word in words[:2]).upper()


@register.filter
def pressure(size: Any) -> str:
    """How near a document is to RAM's limit: "free", "near" from four fifths on, "over"."""
    if size.bytes_compact > size.limit:
        return "over"
    return "near" if size.bytes_compact * 5 > size.limit * 4 else "free"


@register.filter
def words(text: str) -> list[str]:
    """The words of a text, to loop over."""
    return text.split()
