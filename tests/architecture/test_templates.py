"""Templates keep within the Content-Security-Policy, and ask nothing of htmx that the policy would drop silently."""

import re

import pytest

from tests.architecture.tree import files, shown

COMMENT = re.compile(r"\{#.*?#\}|\{% comment.*?endcomment %\}|<!--.*?-->", re.DOTALL)
FORBIDDEN = {
    "inline style element": re.compile(r"<style\b", re.IGNORECASE),
    "style attribute": re.compile(r"""\sstyle\s*=\s*["'{]""", re.IGNORECASE),
    "event attribute": re.compile(r"""\son[a-z]+\s*=\s*["'{]""", re.IGNORECASE),
    "javascript: link": re.compile(r"javascript:", re.IGNORECASE),
    "hx-on, which does nothing without eval": re.compile(r"\b(data-)?hx-on\b", re.IGNORECASE),
    "js: value, which is dropped and the request sent anyway": re.compile(r"""["'\s]js:""", re.IGNORECASE),
    "filter in hx-trigger, which is dropped and the request sent anyway": re.compile(
        r"""hx-trigger\s*=\s*("[^"]*\[|'[^']*\[)""", re.IGNORECASE
    ),
    "escaping switched off": re.compile(r"\|\s*safe\b|\{%\s*autoescape\s+off"),
    "file from elsewhere": re.compile(
        r"""<(script|link|img|iframe|source)\b[^>]*\b(src|href)\s*=\s*["']?(https?:)?//"""
    ),
}
SCRIPT = re.compile(r"<script\b(?P<attributes>[^>]*)>(?P<inside>.*?)</script>", re.DOTALL | re.IGNORECASE)


def faults(text: str) -> list[str]:
    """What is wrong with a template, in words."""
    text = COMMENT.sub("", text)
    found = [name for name, pattern in FORBIDDEN.items() if pattern.search(text)]
    for script in SCRIPT.finditer(text):
        is_data = re.search(r"""type\s*=\s*["']application/json["']""", script["attributes"])
        if not is_data and ("src=" not in script["attributes"] or script["inside"].strip()):
            found.append("inline script")
    return found


def test_no_template_needs_a_weaker_policy():
    wrong = {
        shown(path): found
        for path in files("", ".html")
        if (found := faults(path.read_text(encoding="utf-8")))
    }
    assert not wrong


@pytest.mark.parametrize(
    "text",
    [
        "<style>p { color: red }</style>",
        '<p style="color: red">',
        '<button onclick="go()">',
        '<a href="javascript:go()">',
        '<button hx-on:click="go()">',
        """<p hx-vals='js:{"a": 1}'>""",
        '<p hx-trigger="keyup[ctrlKey]">',
        "{{ name|safe }}",
        "{% autoescape off %}",
        '<script src="https://elsewhere.example/x.js"></script>',
        "<script>go()</script>",
    ],
)
def test_each_forbidden_thing_is_found(text):
    assert faults(text)


@pytest.mark.parametrize(
    "text",
    [
        '<script src="/static/app.js" defer></script>',
        '<script type="application/json" id="data">{"a": 1}</script>',
        '<p class="style" data-onward="x" hx-trigger="change delay:300ms">',
        "{# <style> is not used here #}",
    ],
)
def test_what_is_allowed_is_not_found(text):
    assert not faults(text)
