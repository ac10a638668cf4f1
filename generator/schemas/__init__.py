"""JSON Schemas of the files in ``content/``, so that editors complete and check what people write.

:mod:`~generator.schemas.types` turns the types of the model into those of JSON Schema,
:mod:`~generator.schemas.tables` says how fields are called in files and what they mean, and
:mod:`~generator.schemas.files` puts the schemas into ``schemas/`` and names them in the files. What
a schema cannot see (whether a paper is there, whether a date is in quotes), ``digest check`` does.
"""
