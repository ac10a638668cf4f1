"""The digest as a letter, for those who would rather be written to: an edition, or several.

``letter`` decides what a letter says, with ``openings``; ``message`` makes the e-mail of it, with
``headers`` and ``boxes``; all five are pure. ``composing`` has the templates (``email.html.j2``,
``email.txt.j2``) rendered where all others are. ``settings`` reads the environment, ``sending``
alone speaks SMTP, ``faults`` and ``hush`` put into words what a server says, and ``record`` knows
what was sent before.

**Who reads it** is nobody's business here: no address is in the repository, none is ever printed,
and none stands in a message that goes to several people.
"""
