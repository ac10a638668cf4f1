"""What readers suggest in forms, made into changes of ``content/`` that an editor looks at.

A form is an issue on GitHub: Markdown that anybody may have written by hand. :mod:`.forms` knows
the forms, :mod:`.events` the message in which GitHub tells of an issue, :mod:`.parsing` takes the
answers out of the Markdown, :mod:`.answers` makes values of them or says what is wrong with them; a
module a form says what would change, and :mod:`.wording` tells it to the reader and the editor.
"""
