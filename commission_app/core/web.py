"""What every page shares: who may come in, refusals, headers, redirects."""

from collections.abc import Callable
from typing import Any, cast
from urllib.parse import urlsplit

import structlog
from flask import Flask, Response, current_app, flash, g, redirect, render_template, request
from flask.typing import ResponseReturnValue
from flask_wtf.csrf import CSRFError, CSRFProtect
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm.exc import StaleDataError
from werkzeug.exceptions import BadRequest, HTTPException
from werkzeug.middleware.proxy_fix import ProxyFix
from werkzeug.wrappers import Response as BaseResponse

from commission_app.core.addresses import path_for
from commission_app.core.config import Config
from commission_app.core.db import rollback, set_read_only
from commission_app.core.errors import DomainError, NotFoundError, StaleError

csrf = CSRFProtect()
log = structlog.get_logger()

SAFE_METHODS = {"GET", "HEAD", "OPTIONS"}
#: The answer to a page that asks in the background whether it may still be read.
STILL_READABLE = ("", 204)
MAX_BODY_BYTES = 1_000_000

CONTENT_SECURITY_POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self' data:",
        "font-src 'self'",
        "connect-src 'self'",
        "manifest-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
    )
)
HEADERS = {
    "Content-Security-Policy": CONTENT_SECURITY_POLICY,
    "Strict-Transport-Security": "max-age=63072000; includeSubDomains",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cross-Origin-Embedder-Policy": "require-corp",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=(), payment=(), usb=()",
    "Cache-Control": "no-store",
}

View = Callable[..., Any]


def public(view: View) -> View:
    """Mark a view that opens without signing in; everything else asks who you are."""
    view.is_public = True  # type: ignore[attr-defined]
    return view


def is_public(endpoint: str | None) -> bool:
    """Whether the view behind an endpoint opens without signing in."""
    view = current_app.view_functions.get(endpoint or "")
    return bool(getattr(view, "is_public", False))


def is_htmx() -> bool:
    """Whether the page asks for a fragment."""
    return request.headers.get("HX-Request") == "true"


def see(location: str, message: str = "") -> BaseResponse:
    """After a successful POST: go and see the page (303), with a sentence to show there."""
    if message:
        flash(message)
    return redirect(location, 303)


def invalid(template: str, **context: Any) -> tuple[str, int]:
    """A form that was refused, shown again with what was typed (422)."""
    rollback()
    return render_template(template, **context), 422


def safe_next(target: str | None) -> str:
    """A place of this site to return to, or '' when the target leads anywhere else."""
    if not target or not target.startswith("/") or target.startswith("//") or "\\" in target:
        return ""
    if not target.isprintable() or " " in target:
        return ""  # browsers drop such characters and may read another address
    parts = urlsplit(target)
    return target if not parts.scheme and not parts.netloc else ""


def absolute_url(endpoint: str, **values: Any) -> str:
    """A full address for mails and calendars; needs no request. The host comes from the configuration
    alone."""
    config = cast(Config, current_app.extensions["commission_config"])
    return config.base_url + path_for(endpoint, **values)


def init_web(app: Flask, config: Config) -> None:
    """Headers, CSRF, refusals and transactions for every request."""
    app.config.update(
        SECRET_KEY=config.secret_key,
        MAX_CONTENT_LENGTH=MAX_BODY_BYTES,
        MAX_FORM_MEMORY_SIZE=MAX_BODY_BYTES,
        SESSION_COOKIE_NAME="__Host-session" if config.https else "session",
        SESSION_COOKIE_SECURE=config.https,
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        WTF_CSRF_TIME_LIMIT=None,
        WTF_CSRF_SSL_STRICT=False,  # the token says enough; some browsers and proxies send no Referer
    )
    csrf.init_app(app)
    if config.trusted_proxies:
        app.wsgi_app = ProxyFix(  # type: ignore[method-assign]
            app.wsgi_app, x_for=config.trusted_proxies, x_proto=config.trusted_proxies, x_host=0
        )
    app.before_request(_refuse_nul)
    app.before_request(_begin_transaction)
    app.after_request(_add_headers)
    app.register_error_handler(DomainError, _refused)
    app.register_error_handler(StaleDataError, lambda _error: _refused(StaleError()))
    app.register_error_handler(CSRFError, _stale_form)
    app.register_error_handler(HTTPException, _http_error)
    app.register_error_handler(Exception, _broken)


def _refuse_nul() -> None:
    """Nobody types a NUL into an address, and no database of text takes one."""
    if "\0" in request.path or any("\0" in value for _, value in request.args.items(multi=True)):
        raise BadRequest()


def _begin_transaction() -> None:
    set_read_only(request.method in SAFE_METHODS)


def _add_headers(response: Response) -> Response:
    given = {name.lower() for name, _ in response.headers}
    response.headers.extend([(name, value) for name, value in HEADERS.items() if name.lower() not in given])
    return response


def render_fragment(path: str, **values: Any) -> str:
    """A piece of a page from its own values alone, without what only whole pages show (the menu, the
    account)."""
    return current_app.jinja_env.get_template(path).render(values)


def refusal(title: str, message: str, status: int) -> ResponseReturnValue:
    """A refusal as a page, or, when htmx asked, as a sentence above the page that keeps what was typed.

    What was being done is rolled back.
    """
    rollback()
    if not is_htmx():
        back = _page_before(status)
        return render_template("layout/refusal.html", title=title, message=message, back=back), status
    fragment = render_template("components/_refusal.html", title=title, message=message, status=status)
    return fragment, status, {"HX-Retarget": "#flashes", "HX-Reswap": "innerHTML"}


def _page_before(status: int) -> str:
    """The page of this site on which a refused act was pressed; '' where coming back would lose a text."""
    before = urlsplit(request.referrer or "")
    is_act = request.method == "POST" and status in (403, 409) and before.netloc == request.host
    pages = current_app.create_url_adapter(request)
    is_page = is_act and pages is not None and pages.test(before.path, "GET")
    return safe_next(before.path) if is_page else ""


TITLES = {
    400: "Demande incomplète",
    401: "Connexion nécessaire",
    403: "Acte refusé",
    404: "Page introuvable",
    405: "Acte impossible ici",
    409: "Acte impossible maintenant",
    410: "Lien expiré",
    413: "Envoi trop volumineux",
    415: "Envoi refusé",
    422: "À corriger",
    429: "Trop d’essais",
    500: "Une erreur est survenue",
}
MESSAGES = {
    400: "Votre demande est incomplète. Revenez en arrière et recommencez.",
    404: NotFoundError().message,
    405: "Cet acte n’est pas possible à cette adresse. Revenez à l’accueil.",
    413: "L’envoi dépasse la taille admise. Raccourcissez le texte, puis recommencez.",
    429: "Trop d’essais en peu de temps. Patientez un moment, puis recommencez.",
    500: "Rien n’a été enregistré. Revenez en arrière : ce que vous aviez écrit y est souvent encore. "
    "Si l’erreur revient, prévenez l’administration du site.",
}


def _refused(error: DomainError) -> ResponseReturnValue:
    return refusal(TITLES.get(error.status, TITLES[409]), error.message, error.status)


def _stale_form(_error: CSRFError) -> ResponseReturnValue:
    return refusal(
        "Page restée ouverte trop longtemps",
        "Cette page ne peut plus être envoyée. Copiez votre texte, rechargez la page, puis recommencez.",
        400,
    )


def _http_error(error: HTTPException) -> ResponseReturnValue:
    status = error.code or 500
    if status < 400:
        return error.get_response()
    return refusal(TITLES.get(status, TITLES[500]), MESSAGES.get(status, MESSAGES[400]), status)


def _broken(error: Exception) -> ResponseReturnValue:
    log.error("broken", exc_info=error)
    if isinstance(error, SQLAlchemyError):
        g.knows_nobody = True  # who reads stands in the database, which may not answer
        g.pop("_login_user", None)
    return refusal(TITLES[500], MESSAGES[500], 500)
