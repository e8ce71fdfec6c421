"""Named errors: a code, the data that explains it, and at the edge a sentence."""

from typing import Any, ClassVar

from core.i18n import Language, mark


class AppError(Exception):
    """A fault the product can name.

    Subclasses set ``code`` (stable, for programs), ``status`` (HTTP) and ``message``
    (an English template, translated and filled with ``data`` by :meth:`sentence`).
    """

    code: ClassVar[str] = "error"
    status: ClassVar[int] = 500
    message: ClassVar[str] = mark("Something went wrong.")

    def __init__(self, **data: Any) -> None:
        super().__init__(self.code, data)
        self.data = data

    def sentence(self, language: Language) -> str:
        """What happened and what to do, in the reader's language."""
        return language(self.message, **self.data)

    def __str__(self) -> str:
        return self.message.format_map(_Lenient(self.data))


class _Lenient(dict[str, Any]):
    """Leaves a placeholder standing when its value is missing, so that logging never fails."""

    def __missing__(self, key: str) -> str:
        return "{" + key + "}"


class NotFound(AppError):
    """The thing does not exist, or is not the reader's to see; the two look the same."""

    code = "not_found"
    status = 404
    message = mark("This does not exist, or you may not see it.")


class Forbidden(AppError):
    """The person is known but may not do this."""

    code = "forbidden"
    status = 403
    message = mark("You may not do this. Ask an administrator for the role it needs.")


class Invalid(AppError):
    """Input that breaks a rule; ``data`` holds the field and why."""

    code = "invalid"
    status = 422
    message = mark("The value of {field} is not valid: {reason}")


class Conflict(AppError):
    """Somebody else changed or made the same thing first."""

    code = "conflict"
    status = 409
    message = mark("Somebody changed this in the meantime. Reload the page and try again.")
