"""What can go wrong with telling people of alerts."""

from core.errors import AppError, Invalid
from core.i18n import mark


class BadWebhook(Invalid):
    """The address is none that the product may send to."""

    code = "bad_webhook"
    message = mark(
        "This address cannot be used. It must start with https:// and lead to a server on the "
        "internet, or into a network that the administrator has allowed."
    )


class WebhookNotSent(AppError):
    """The receiver could not be reached or did not accept; it is tried again later."""

    code = "webhook_not_sent"
    status = 502
    message = mark("The webhook's receiver did not accept the message ({reason}).")
