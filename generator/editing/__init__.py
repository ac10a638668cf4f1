"""The editor's desk: decisions about papers, however they are said, and the making of editions."""
