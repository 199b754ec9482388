"""`{% translate %}` and `{% blocktranslate %}` as Django has them, looking each sentence up once per language.

A page has a hundred of them, and nearly all are known when the template is parsed.
"""

from decimal import Decimal
from typing import Any

from django.template import Context, Node
from django.template.base import Parser, Token, Variable, render_value_in_context
from django.templatetags.i18n import BlockTranslateNode, TranslateNode, do_block_translate, do_translate
from django.utils.safestring import SafeString
from django.utils.translation import get_language, gettext, ngettext


class WordsNode(Node):
    """Words that stand in the template."""

    child_nodelists = ()

    def __init__(self, node: TranslateNode) -> None:
        self._node, self._asvar = node, node.asvar
        node.asvar = None
        self._said: dict[str | None, str] = {}

    def render(self, context: Context) -> str:
        """Return them in the reader's language."""
        language = get_language()
        said = self._said.get(language)
        if said is None:
            said = self._said[language] = self._node.render(context)
        if self._asvar:
            context[self._asvar] = said
            return ""
        return said


def translate(parser: Parser, token: Token) -> Node:
    """`{% translate "Words" %}`"""
    node = do_translate(parser, token)
    words = node.filter_expression
    literal = isinstance(words.var, Variable) and words.var.literal is not None
    return WordsNode(node) if literal and not words.filters and not node.message_context else node


class SentenceNode(BlockTranslateNode):
    """A sentence with places for values."""

    _said: dict[str | None, str]

    def __init__(self, node: BlockTranslateNode) -> None:
        vars(self).update(vars(node))
        self._said = {}
        self._number = node.countervar or ""
        self._singular, self._names = self.render_token_list(self.singular)
        self._plural, more = self.render_token_list(self.plural or [])
        self._names += more

    def render(self, context: Context, nested: bool = False) -> str:
        """Return the sentence in the reader's language, with its values."""
        given = {name: value.resolve(context) for name, value in self.extra_context.items()}
        if self._plural and self.counter:
            with context.push(**given):
                given[self._number] = self.counter.resolve(context)
            if not isinstance(given[self._number], int | float | Decimal):
                return str(super().render(context, nested))  # which says what is wrong
        sentence = self._sentence(given)
        values = {name: render_value_in_context(_value(name, given, context), context) for name in self._names}
        try:
            sentence %= values
        except (KeyError, ValueError):  # a translation that names what is not there: Django says what it then does
            return str(super().render(context, nested))
        if self.asvar:
            context[self.asvar] = SafeString(sentence)
            return ""
        return sentence

    def _sentence(self, given: dict[str, Any]) -> str:
        if self._plural:
            return ngettext(self._singular, self._plural, given[self._number])
        language = get_language()
        said = self._said.get(language)
        if said is None:
            said = self._said[language] = gettext(self._singular)
        return said


def _value(name: str, given: dict[str, Any], context: Context) -> Any:
    return given[name] if name in given else context.get(name, "")


def blocktranslate(parser: Parser, token: Token) -> Node:
    """`{% blocktranslate with name=row.name %}The words of {{ name }}{% endblocktranslate %}`"""
    node = do_block_translate(parser, token)
    return node if node.message_context else SentenceNode(node)
