"""What goes wrong with a server of mail, in words; nothing secret is in them."""

from __future__ import annotations

import smtplib
import socket
import ssl

from generator.mail.hush import hushed
from generator.mail.settings import Post

#: What a server said, and what that is about; the first kind that fits.
_REPLIES: tuple[tuple[type[smtplib.SMTPResponseException], str], ...] = (
    (smtplib.SMTPAuthenticationError, "does not take user and password: "),
    (smtplib.SMTPSenderRefused, "does not take mail from DIGEST_MAIL_FROM: "),
    (smtplib.SMTPDataError, "does not take the letter: "),
    (smtplib.SMTPResponseException, "answers "),
)
_KINDS: tuple[tuple[type[Exception], str], ...] = (
    (smtplib.SMTPNotSupportedError, "does not offer what is asked of it (STARTTLS, or to log in)"),
    (smtplib.SMTPServerDisconnected, "broke off, or did not answer in time"),
    (TimeoutError, "does not answer in time"),
    (socket.gaierror, "no host of this name is known"),
)


def reason(error: Exception, post: Post) -> str:
    """Why it did not go well."""
    if isinstance(error, smtplib.SMTPResponseException):
        about = next(words for kind, words in _REPLIES if isinstance(error, kind))
        return about + hushed(error.smtp_code, error.smtp_error, post)
    if isinstance(error, ssl.SSLCertVerificationError):
        return f"its certificate is not to be trusted ({error.verify_message})"
    if isinstance(error, ssl.SSLError):
        return f"no encrypted connection can be made ({error.reason or 'it broke off'})"
    for kind, words in _KINDS:
        if isinstance(error, kind):
            return words
    if isinstance(error, OSError) and not isinstance(error, smtplib.SMTPException):
        return f"cannot be reached: {error.strerror or 'the connection broke off'}"
    return "does not speak SMTP as it should"


def remedy(error: Exception) -> str:
    """What to do where nothing was sent; never to do without encryption."""
    if isinstance(error, smtplib.SMTPAuthenticationError):
        return "check DIGEST_SMTP_USER and DIGEST_SMTP_PASSWORD; nothing was sent"
    return (
        "check DIGEST_SMTP_HOST, DIGEST_SMTP_PORT and DIGEST_SMTP_SECURITY (starttls, mostly at "
        "587, or tls, mostly at 465); nothing was sent"
    )
