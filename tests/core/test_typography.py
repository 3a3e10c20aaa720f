"""No line begins with a mark that French sets apart, none ends with an opening quotation mark."""

import re

import pytest
from bs4 import BeautifulSoup
from jinja2 import Environment
from markupsafe import Markup

from commission_app.core.states import Labelled
from commission_app.core.typography import FrenchSpaces, spaced, unbroken

NARROW = "\u00a0"


@pytest.fixture(scope="module")
def compiled():
    """What a template written with plain spaces gives."""
    environment = Environment(extensions=[FrenchSpaces], autoescape=True, trim_blocks=True)
    return lambda source, **values: environment.from_string(source).render(**values)


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("Il manque : logement", "Il manque_: logement"),
        ("Êtes-vous « d’accord » ?", "Êtes-vous «_d’accord_»_?"),
        ("Vraiment ?!", "Vraiment_?!"),
        ("Il reste 12 % ; c’est peu !", "Il reste 12_%_; c’est peu_!"),
        ("(« ici »)", "(«_ici_»)"),
        ("de 9:30 à ?a=1&b=2", "de 9:30 à ?a=1&b=2"),
        ('{"version" : 3}', '{"version" : 3}'),
        ("rien", "rien"),
    ],
)
def test_the_marks_of_french_hold_to_their_word(written, read):
    assert spaced(written) == read.replace("_", NARROW)


def test_markup_stays_markup_and_text_stays_text():
    assert spaced(Markup("<b>Qui :</b>")) == Markup(f"<b>Qui{NARROW}:</b>")
    assert isinstance(spaced(Markup("<b>Qui :</b>")), Markup)
    assert not isinstance(spaced("<b> :"), Markup)


def test_a_reference_holds_on_one_line_and_the_words_around_stay_text():
    held = '<span class="text-nowrap">ARL-2026-014</span>'
    assert unbroken("Dossier ARL-2026-014 <b>") == Markup(f"Dossier {held} &lt;b&gt;")
    assert unbroken(Markup("<b>ARL-2026-014</b>")) == Markup(f"<b>{held}</b>")
    assert not isinstance(unbroken("Saint-Martin-de-Crau"), Markup)


def test_a_template_is_spaced_in_its_text_and_in_what_it_hands_over_but_not_in_what_is_computed(compiled):
    assert compiled("{{ who }} : {{ what }} ?", who="Nora", what="a : b") == f"Nora{NARROW}: a : b{NARROW}?"
    assert compiled('{{ who ~ " : " ~ "oui" }}', who="Nora") == f"Nora{NARROW}: oui"
    assert compiled("« {{ who }} »", who="Nora") == f"«{NARROW}Nora{NARROW}»"
    assert compiled('<a href="{{ url }}?page=1" hx-vals=\'{"a" : 1}\'>', url="/x") == (
        '<a href="/x?page=1" hx-vals=\'{"a" : 1}\'>'
    )


def test_the_labels_of_the_states_are_spaced():
    class Mood(Labelled):
        CALM = "calm", "Calme : oui"

    assert Mood.CALM.label == f"Calme{NARROW}: oui"


@pytest.mark.parametrize(
    "url", ["/connexion", "/mot-de-passe-oublie", "/donnees-personnelles", "/accessibilite"]
)
def test_a_page_has_no_plain_space_before_a_mark(client, url):
    page = BeautifulSoup(client.get(url).get_data(as_text=True), "html.parser")
    assert re.findall(r".{20} [:;?!»](?=\s|$)|« .{20}", page.get_text()) == []
