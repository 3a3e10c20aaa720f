"""Templates as the pages import them."""

from jinja2 import Template
from jinja2.environment import TemplateModule
from jinja2.runtime import Context


class ComponentTemplate(Template):
    """A template whose macros are made once. Every template has the globals of the application and no other;
    Jinja compares them anew at each import, some fifteen times a page."""

    def _get_default_module(self, ctx: Context | None = None) -> TemplateModule:
        return super()._get_default_module()
