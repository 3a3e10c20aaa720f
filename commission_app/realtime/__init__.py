"""The Socket.IO server, doors and broadcasts."""

from flask import Flask, current_app

from commission_app.core.db import on_committed


def register(app: Flask) -> None:
    """Put the live server before the application and follow each commit."""
    from commission_app.accounts.web import following
    from commission_app.realtime.broadcasts import Broadcaster
    from commission_app.realtime.doors import FOLLOWED_VIEWS, audiences_of
    from commission_app.realtime.handlers import Entrance
    from commission_app.realtime.lines import Lines
    from commission_app.realtime.notes.handlers import register_notes
    from commission_app.realtime.passes import Passes
    from commission_app.realtime.server import init_server
    from commission_app.realtime.watch import Watch

    socketio = init_server(app)
    lines = Lines()
    broadcaster = Broadcaster(app, lines)
    passes = Passes(audiences_of)
    watch = Watch(app, lines, broadcaster, passes)
    app.extensions["commission_live"] = (lines, broadcaster, watch)
    app.extensions["commission_passes"] = passes
    Entrance(app, socketio, lines, watch, broadcaster, passes).register()
    register_notes(app, socketio, lines)
    for endpoint in FOLLOWED_VIEWS:
        following(app.view_functions[endpoint])
    on_committed(publish)


def publish(happened: list[str]) -> None:
    """Send what a committed transaction changed on live days, and hang up whom it shut out."""
    from commission_app.realtime.broadcasts import tell_guests
    from commission_app.realtime.notes.handlers import send_written
    from commission_app.sessions.day.renderings import keep_rendering
    from commission_app.sessions.day.versions import take_grown

    is_about_rights = current_app.extensions["commission_passes"].heed(happened)
    send_written(current_app)
    _lines, broadcaster, watch = current_app.extensions["commission_live"]
    grown = take_grown()
    for day_id, version in grown.items():
        tell_guests(current_app, day_id, version)
        keep_rendering(day_id, broadcaster.touch(day_id, version))
    if is_about_rights or not grown:  # an act on a live day ends nobody's login
        watch.wake()
