"""Markdown as HTML that may stand on a page: raw HTML in it is text, and what comes out is cleaned once more."""

import nh3
from django.utils.safestring import SafeString
from markdown_it import MarkdownIt
from markdown_it.token import Token

_READER = MarkdownIt("commonmark", {"html": False, "linkify": False}).enable("table").enable("strikethrough")
TAGS = {"p", "br", "strong", "em", "s", "ul", "ol", "li", "blockquote", "h3", "h4", "h5", "a", "code", "pre", "hr",
        "table", "thead", "tbody", "tr", "th", "td"}  # fmt: skip
_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
_OURS = ("h3", "h4", "h5")


def read(text: str) -> list[Token]:
    """Return text as what Markdown makes of it."""
    return _READER.parse(text)


def render(text: str) -> SafeString:
    """Return text as HTML. Its headings begin right below those of the page around it; links lead only to the web."""
    tokens = read(text)
    used = sorted({token.tag for token in tokens if token.tag in _HEADINGS})
    levels = {tag: _OURS[min(place, len(_OURS) - 1)] for place, tag in enumerate(used)}  # none is left out in between
    for token in tokens:
        token.tag = levels.get(token.tag, token.tag)
    html = _READER.renderer.render(tokens, _READER.options, {})
    return SafeString(nh3.clean(html, tags=TAGS, attributes={"a": {"href"}}, url_schemes={"https", "http", "mailto"}))
