"""Passwords: argon2id, what makes one good enough, a check that takes as long for nobody as for somebody."""

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from commission_app.core.errors import InvalidInputError

MIN_LENGTH = 12
MAX_LENGTH = 200
MIN_DISTINCT = 5

#: What is verified where nobody has a password: a hash like any other, which opens nothing.
OF_NOBODY = (
    "$argon2id$v=19$m=19456,t=2,p=1$8AggxtFaGJZhI3PMkOIcrg$adl1AJy8nxv6vFWOJR1Cw33zXXWSsQ4FPpfIECkF69U"
)

hasher = PasswordHasher(time_cost=2, memory_cost=19_456, parallelism=1)


def password_hash(password: str) -> str:
    """What is stored of a password."""
    return hasher.hash(password)


def is_password(password: str, stored: str) -> bool:
    """Whether a password is the stored one; without a stored one the answer is no, after the same time."""
    try:
        return hasher.verify(stored or OF_NOBODY, password) and bool(stored)
    except (VerificationError, InvalidHashError):
        return False


def expect_good_password(password: str, *, email: str) -> None:
    """Refuse a password that a stranger would try: too short, a repetition, the mail address."""
    if not MIN_LENGTH <= len(password) <= MAX_LENGTH:
        raise InvalidInputError(f"Choisissez au moins {MIN_LENGTH} caractères.", field="password")
    if len(set(password)) < MIN_DISTINCT:
        raise InvalidInputError("Ce mot de passe se devine : variez les caractères.", field="password")
    if email.split("@", 1)[0].lower() in password.lower():
        raise InvalidInputError(
            "Ce mot de passe se devine : il contient votre adresse électronique.", field="password"
        )
