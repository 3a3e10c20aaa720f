"""What one can answer to a reminder."""

from commission_app.core.states import Labelled


class Reply(Labelled):
    """The three answers of a reminder."""

    DONE = "done", "C’est fait", "ok", "check-circle"
    MORE_TIME = "more_time", "C’est en cours, il me faut du temps", "go", "arrow-repeat"
    CANNOT = "cannot", "Je ne peux pas", "stop", "slash-circle"
