"""The shape of the templates: one root a fragment, nothing inline, none forgotten, htmx 4 alone."""

import re

from bs4 import BeautifulSoup
from bs4.element import NavigableString, Tag

from tests.architecture.sources import ROOT, TEMPLATES, modules, name_of, templates, text_of

JINJA = re.compile(r"{[#%].*?[#%]}", re.DOTALL)
MACROS = re.compile(r"{%-?\s*macro\b.*?endmacro\s*-?%}", re.DOTALL)
#: A component called around a content: the component brings the root and its id.
CALLED = re.compile(
    r"(?:\s|{%-?\s*(?:from|import|set|if|elif|else|endif)\b(?:(?!%}).)*%})*"
    r"{%-?\s*call\b.*endcall\s*-?%}\s*",
    re.DOTALL,
)
HTMX_ATTRIBUTES = re.compile(
    r"hx-(?:get|post|put|patch|delete|action|method|target|trigger|swap|swap-oob|select|select-oob|include|vals"
    r"|headers|confirm|boost|sync|status|indicator|disable|ignore|preserve|push-url|replace-url|validate|encoding"
    r"|config|on|partial|morph-skip|morph-skip-children)"
)
OLD_HTMX_EVENT = re.compile(
    r"htmx:(?!(?:before|after):(?:viewTransition|implicitInheritance))[a-z:]*[A-Z]\w*"
)
OLD_HTMX_WORDS = re.compile(r"morph:(?:inner|outer)HTML|htmx:(?:load|xhr:|sse|ws)")


def test_a_fragment_has_one_root_with_an_id():
    faults = [fault for path in fragments() if (fault := root_fault(text_of(path)))]
    assert not faults, "\n".join(faults)


def test_no_template_is_forgotten():
    sources = "".join(text_of(path) for path in (*modules(), *templates()))
    forgotten = [name_of(path) for path in templates() if not is_used(path, sources)]
    assert not forgotten


def test_nothing_is_written_inline():
    inline = re.compile(r"<[^>]*\s(?:style|on[a-z]+)=|<style|<script(?![^>]*\bsrc=)(?![^>]*application/)")
    mails = TEMPLATES / "emails"
    pages = [path for path in templates() if mails not in path.parents and path.name != "email.html"]
    assert not [name_of(path) for path in pages if inline.search(text_of(path))]


def test_only_attributes_of_htmx_4_are_used():
    used = {
        (name_of(path), found)
        for path in templates()
        for found in re.findall(r"[\s\"'](hx-[a-z-]+)(?=[:=\s>])", text_of(path))
    }
    assert not {(path, name) for path, name in used if not HTMX_ATTRIBUTES.fullmatch(name)}


def test_only_events_of_htmx_4_are_heard():
    sources = [*templates(), *(ROOT / "static" / "src").rglob("*.js")]
    old = [
        (name_of(path), found)
        for path in sources
        for pattern in (OLD_HTMX_EVENT, OLD_HTMX_WORDS)
        for found in pattern.findall(text_of(path))
    ]
    assert not old


def is_used(path, sources):
    """Whether a template is named somewhere: whole, or its stem where the rest of the name is composed."""
    name = path.relative_to(TEMPLATES)
    is_composed = f"{name.parent.as_posix()}/{{" in sources
    return name.as_posix() in sources or (is_composed and f'"{path.stem}"' in sources)


def fragments():
    """The templates a route or a broadcast renders alone; those of layout/ are parts of the skeleton."""
    return [path for path in templates() if path.name.startswith("_") and path.parent != TEMPLATES / "layout"]


def root_fault(source):
    """What is wrong with the root of a fragment; '' when nothing is."""
    if CALLED.fullmatch(source):
        return ""
    html = JINJA.sub("", MACROS.sub("", source))
    contents = BeautifulSoup(html, "html.parser").contents
    roots = [node for node in contents if isinstance(node, Tag)]
    loose = [str(node).strip() for node in contents if type(node) is NavigableString and str(node).strip()]
    holds_macros_alone = not roots and not loose
    if holds_macros_alone or (len(roots) == 1 and not loose and roots[0].get("id")):
        return ""
    ids = [root.get("id") for root in roots]
    return f"{source[:80]!r}: {len(roots)} roots with ids {ids}, loose text {loose[:2]}"
