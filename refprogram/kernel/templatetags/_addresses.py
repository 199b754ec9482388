"""`{% url %}` as Django has it, asking our memory of addresses."""

from django.template import Context
from django.template.base import Parser, Token
from django.template.defaulttags import URLNode
from django.template.defaulttags import url as djangos
from django.urls import NoReverseMatch
from django.utils.html import conditional_escape

from refprogram.kernel.addresses import address


class AddressNode(URLNode):
    """The address of a view with these arguments."""

    def render(self, context: Context) -> str:
        """Return the address; `as` keeps it, or nothing where there is none."""
        try:
            found = address(
                self.view_name.resolve(context),
                *[value.resolve(context) for value in self.args],
                **{name: value.resolve(context) for name, value in self.kwargs.items()},
            )
        except NoReverseMatch:
            if self.asvar is None:
                raise
            found = ""
        if self.asvar:
            context[self.asvar] = found
            return ""
        return conditional_escape(found) if context.autoescape else found


def url(parser: Parser, token: Token) -> AddressNode:
    """`{% url 'room:name' row.public_id %}`"""
    node = djangos(parser, token)
    return AddressNode(node.view_name, node.args, node.kwargs, node.asvar)
