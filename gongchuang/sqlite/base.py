"""The backend Django loads: its own, with what the swapped library cannot be asked for spelt out."""

from typing import Any

from django.db.backends.sqlite3 import base, features, operations


class DatabaseFeatures(features.DatabaseFeatures):
    # The library's own default; Django would ask the connection's getlimit(), which pysqlite3 does not have.
    max_query_params = 32_766


class DatabaseOperations(operations.DatabaseOperations):
    def _quote_params_for_last_executed_query(self, params: Any) -> Any:
        """For the query log only, which tests read: 2,000 columns is SQLite's own default, unasked for the same reason."""
        quoted: tuple[Any, ...] = ()
        for start in range(0, len(params), 2_000):
            chunk = params[start : start + 2_000]
            cursor = self.connection.connection.cursor()
            quoted += cursor.execute("SELECT " + ", ".join(["QUOTE(?)"] * len(chunk)), chunk).fetchone()
            cursor.close()
        return quoted


class DatabaseWrapper(base.DatabaseWrapper):
    features_class = DatabaseFeatures
    ops_class = DatabaseOperations
