"""init, migrate: a city's data folder and the schema in it."""

import secrets
from pathlib import Path


def make_key(data: Path) -> bool:
    """Make the installation's master key, readable by its owner alone; False if it has one already."""
    file = data / "secret" / "master.key"
    if file.is_file():
        return False
    file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    file.touch(mode=0o600)
    file.write_text(secrets.token_hex(32) + "\n")
    return True


def migrate(verbosity: int = 1) -> None:
    """Bring the schema, guards and views to this version's state; safe to repeat."""
    from django.core.management import call_command

    call_command("migrate", interactive=False, verbosity=verbosity)
