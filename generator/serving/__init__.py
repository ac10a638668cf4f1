"""The site on this machine while somebody edits it: each page is made when it is asked for."""
