"""The library on disk: content/ read, with located mistakes, and written, all or nothing."""
