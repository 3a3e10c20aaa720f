"""Mails about dossiers: a code and a link, never a word on a person."""

from dataclasses import dataclass
from uuid import UUID

from flask import render_template

from commission_app.accounts.models import User
from commission_app.accounts.queries import people_of
from commission_app.accounts.states import Role
from commission_app.core.db import db
from commission_app.core.events import Event, on
from commission_app.core.mail import Mail, send_later
from commission_app.core.web import absolute_url
from commission_app.dossiers.models import Dossier


@dataclass(frozen=True)
class Notice:
    """What a mail says: its subject, one sentence, the button."""

    subject: str
    sentence: str
    button: str = "Ouvrir le dossier"


TO_COORDINATION = {
    "dossier_submitted": Notice(
        "Dossier {code} soumis", "Le dossier {code} vient d’être soumis. Il attend votre lecture."
    ),
    "exchange_wished": Notice(
        "Dossier {code} : un échange est demandé",
        "Le référent d’étape du dossier {code} souhaite échanger avec vous avant d’aller plus loin.",
    ),
    "fiche_sent": Notice(
        "Fiche relais transmise, dossier {code}",
        "Une fiche relais vient d’être transmise pour le dossier {code}. Vous êtes en copie.",
    ),
}
TO_REFERENT = {
    "precision_asked": Notice(
        "Dossier {code} : précisions demandées",
        "La coordination demande des précisions sur le dossier {code}. Répondez, puis soumettez-le.",
        "Répondre",
    ),
    "exchange_opened": Notice(
        "Dossier {code} : échange ouvert", "La coordination ouvre l’échange sur le dossier {code}."
    ),
    "dossier_solved_before": Notice(
        "Dossier {code} : solution avant commission",
        "Une solution est notée pour le dossier {code}. Il ne passera pas en commission.",
    ),
    "dossier_retained": Notice(
        "Dossier {code} retenu",
        "Le dossier {code} est retenu : il attend une place sur l’ordre du jour d’une commission.",
    ),
    "dossier_scheduled": Notice(
        "Dossier {code} inscrit", "Le dossier {code} est inscrit à l’ordre du jour d’une commission."
    ),
    "dossier_postponed": Notice(
        "Dossier {code} reporté", "Le dossier {code} est reporté à une prochaine commission."
    ),
    "dossier_withdrawn": Notice(
        "Dossier {code} retiré", "Le dossier {code} est retiré. Il n’est plus partagé avec personne."
    ),
    "dossier_closed": Notice("Dossier {code} clos", "Le dossier {code} est clos."),
}
TO_NEXT_REFERENT = Notice(
    "Un relais vous est proposé, dossier {code}",
    "Une fiche relais vous est transmise pour le dossier {code}. Lisez-la, puis acceptez le relais.",
    "Lire la fiche relais",
)
ACCEPTED = Notice(
    "Relais accepté, dossier {code}",
    "Le relais du dossier {code} est accepté. Fixez la rencontre à trois.",
    "Ouvrir la fiche relais",
)


def _tell_coordination(event: Event, dossier: Dossier) -> None:
    url = absolute_url("dossiers.show", dossier_id=dossier.id)
    for person in people_of(dossier.territory_id, Role.COORDINATOR):
        tell(person, TO_COORDINATION[event.name], event, dossier, url)


def _tell_referent(event: Event, dossier: Dossier) -> None:
    url = absolute_url("dossiers.show", dossier_id=dossier.id)
    if dossier.referent_id != event.actor_id:
        tell(dossier.referent, TO_REFERENT[event.name], event, dossier, url)


def tell(person: User, notice: Notice, event: Event, dossier: Dossier, url: str) -> None:
    """Put one notice about a dossier into the outbox."""
    words = {
        "subject": notice.subject.format(code=dossier.code),
        "sentence": notice.sentence.format(code=dossier.code),
        "button": notice.button,
        "url": url,
    }
    text = render_template("emails/dossiers/notice.txt", **words)
    html = render_template("emails/dossiers/notice.html", **words)
    key = f"{event.name}:{event.number or event.at.isoformat()}:{dossier.id}:{person.id}"
    send_later(Mail(to=person.email, subject=words["subject"], text=text, html=html), key=key[:150])


for _name in TO_COORDINATION:
    on(_name)(_tell_coordination)
for _name in TO_REFERENT:
    on(_name)(_tell_referent)


@on("fiche_sent")
def _tell_next_referent(event: Event, dossier: Dossier) -> None:
    """The next référent reads the fiche before accepting."""
    person = db.session.get(User, UUID(event.data["to"]))
    if person is not None:
        url = absolute_url("dossiers.fiche_relais.show", fiche_id=UUID(event.data["fiche"]))
        tell(person, TO_NEXT_REFERENT, event, dossier, url)


@on("fiche_accepted")
def _tell_former_referent(event: Event, dossier: Dossier) -> None:
    """Who handed over learns that it was taken up."""
    person = db.session.get(User, UUID(event.data["giver"]))
    if person is not None:
        url = absolute_url("dossiers.fiche_relais.show", fiche_id=UUID(event.data["fiche"]))
        tell(person, ACCEPTED, event, dossier, url)
