"""What can go wrong with accounts and sign-in."""

from typing import ClassVar

from core.errors import AppError, Conflict, Invalid, NotFound
from core.i18n import mark


class WrongCredentials(AppError):
    """The e-mail or the password is wrong; which of the two is not told."""

    code = "wrong_credentials"
    status = 401
    message = mark("The e-mail address or the password is not right.")


class TooManyTries(AppError):
    """Too many wrong tries; ``seconds`` tells how long to wait."""

    code = "too_many_tries"
    status = 429
    message = mark("Too many tries. Wait {seconds} seconds and try again.")


class AlreadySetUp(Conflict):
    """There is an administrator already."""

    code = "already_set_up"
    message = mark("This installation is already set up. Sign in, or ask an administrator.")


class InvitationGone(NotFound):
    """The link was used, has expired, was replaced, or never existed; all look the same."""

    code = "invitation_gone"
    message = mark("This link is no longer valid. Ask an administrator for a new one.")


class EmailTaken(Conflict):
    """Somebody has this e-mail address already."""

    code = "email_taken"
    message = mark("Somebody with the e-mail address {email} is already here.")


class AlreadyInvited(Conflict):
    """The person was invited and has not answered."""

    code = "already_invited"
    message = mark("{email} was already invited. Choose the person in the list to send a new link.")


class LastAdministrator(Conflict):
    """Without this person nobody could administer the installation."""

    code = "last_administrator"
    message = mark("{name} is the last active administrator. Make somebody else one first.")


class MailNotSent(AppError):
    """The mail server refused the mail or could not be reached."""

    code = "mail_not_sent"
    status = 502
    message = mark("The mail could not be sent. Hand the link on yourself, or check SMTP_URL.")


class InvalidField(Invalid):
    """A value a person typed breaks a rule; ``field`` is the form field it belongs to."""

    field: ClassVar[str] = ""


class InvalidEmail(InvalidField):
    """Not an e-mail address."""

    code = "invalid_email"
    field = "email"
    message = mark("Type an e-mail address such as name@example.org.")


class InvalidName(InvalidField):
    """An empty or overlong name, or one with control characters."""

    code = "invalid_name"
    field = "name"
    message = mark("Type a name of 1 to 200 characters on one line.")


class NoRole(InvalidField):
    """A person without a role could open nothing, not even their profile."""

    code = "no_role"
    field = "roles"
    message = mark("Choose at least one role.")


class WrongPassword(InvalidField):
    """The current password, asked for again before a change, is not right."""

    code = "wrong_password"
    field = "current"
    message = mark("Your current password is not right.")


class WeakPassword(InvalidField):
    """A new password that breaks a rule of :mod:`core.accounts.passwords`."""

    code = "weak_password"
    field = "password"
    message = mark("Choose a different password.")


class PasswordTooShort(WeakPassword):
    """Fewer characters than ``least``."""

    code = "password_too_short"
    message = mark("Use at least {least} characters. Four or five unrelated words work well.")


class PasswordTooLong(WeakPassword):
    """More bytes than the hash can take."""

    code = "password_too_long"
    message = mark(
        "This password takes {taken} bytes and at most {most} fit. Use a shorter one; "
        "accented letters and symbols take two to four bytes each."
    )


class PasswordTooCommon(WeakPassword):
    """Known from lists of common passwords, or built of their words."""

    code = "password_too_common"
    message = mark("Many people use a password like this one. Choose a different one.")


class PasswordRepeats(WeakPassword):
    """A short piece repeated, or too few different characters."""

    code = "password_repeats"
    message = mark("This password repeats itself. Choose one that does not.")


class PasswordIsSequence(WeakPassword):
    """Mostly neighbours in the alphabet, among digits or on the keyboard."""

    code = "password_is_sequence"
    message = mark("This password follows the alphabet or the keyboard. Choose a different one.")


class PasswordNamesYou(WeakPassword):
    """Contains the person's name, their e-mail address or the product's name."""

    code = "password_names_you"
    message = mark("Do not use your name, your e-mail address or the product's name in it.")


class NoAddress(Invalid):
    """Somebody known from a course's data has no address to which a link could go."""

    code = "no_address"
    message = mark("{name} has no e-mail address and so cannot be sent a link.")
