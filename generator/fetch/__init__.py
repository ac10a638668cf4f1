"""Asking services for their listings; only :mod:`~generator.fetch.client` touches the network."""
