"""What can be wrong with the files that a model answers from."""

from core.errors import AppError
from core.i18n import mark


class ModelDamaged(AppError):
    """A model's file is missing or is not the one that was promoted; it gives no answer."""

    code = "model_damaged"
    status = 503
    message = mark(
        "The file {file} of version {version} of {name} is missing or damaged, so it gives no "
        "answers. An administrator can promote the version again on the Models page; that "
        "writes the file anew."
    )


class PointerDamaged(ModelDamaged):
    """Which version answers cannot be read."""

    code = "model_pointer_damaged"
    message = mark(
        "Which version of {name} answers cannot be read. An administrator can promote a version "
        "again on the Models page."
    )
