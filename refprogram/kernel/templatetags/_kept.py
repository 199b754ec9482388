"""`{% kept %}…{% endkept %}`: a piece of a page that is the same for everybody, drawn once per process and language.

It is drawn without the page's context, so nothing of one reader can stand in what another gets.
"""

from django.template import Context, Node, NodeList, TemplateSyntaxError
from django.template.base import Parser, Token
from django.template.defaulttags import CsrfTokenNode
from django.template.loader_tags import BlockNode
from django.utils.safestring import SafeString
from django.utils.translation import get_language


class KeptNode(Node):
    """Draws its content the first time, and remembers it for as long as the parsed template lives."""

    def __init__(self, nodelist: NodeList) -> None:
        self.nodelist = nodelist
        self._drawn: dict[str | None, SafeString] = {}

    def render(self, context: Context) -> SafeString:
        """Return the content."""
        language = get_language()
        drawn = self._drawn.get(language)
        if drawn is None:
            drawn = self._drawn[language] = self.nodelist.render(context.new())
        return drawn


def kept(parser: Parser, _token: Token) -> KeptNode:
    """`{% kept %} … {% endkept %}`: words, icons, addresses of files; no block, no form's token."""
    nodelist = parser.parse(("endkept",))
    parser.delete_first_token()
    if nodelist.get_nodes_by_type(BlockNode) or nodelist.get_nodes_by_type(CsrfTokenNode):
        msg = "what differs from page to page cannot be kept"
        raise TemplateSyntaxError(msg)
    return KeptNode(nodelist)
