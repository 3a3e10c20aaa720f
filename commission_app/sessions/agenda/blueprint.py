"""The pages of the agenda, gathered from its subjects."""

from flask import Blueprint

bp = Blueprint("agenda", __name__)
