"""The pages of the library, gathered from its subjects."""

from flask import Blueprint

bp = Blueprint("library", __name__)
