"""The backend Django loads: its own, with the one feature spelt out that the swapped library cannot be asked for."""

from django.db.backends.sqlite3 import base, features


class DatabaseFeatures(features.DatabaseFeatures):
    # The library's own default; Django would ask the connection's getlimit(), which pysqlite3 does not have.
    max_query_params = 32_766


class DatabaseWrapper(base.DatabaseWrapper):
    features_class = DatabaseFeatures
