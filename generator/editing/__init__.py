"""What an editor does to content, whichever way it is said: on the command line, or in a form."""
