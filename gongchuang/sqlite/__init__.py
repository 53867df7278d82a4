"""Django's SQLite backend on a SQLite that may be trusted with a write-ahead log.

SQLite 3.7.0 to 3.51.2 can corrupt a WAL database under two writers, and common Python builds link such a version.
The `pysqlite3` wheel brings a mended one; importing this package puts it in the place of `sqlite3`, which therefore
has to happen before Django's own backend is imported (settings.py does it).
"""

import sqlite3
import sys

FIRST_SOUND_VERSION = (3, 51, 3)

if sqlite3.sqlite_version_info < FIRST_SOUND_VERSION and "django.db.backends.sqlite3.base" not in sys.modules:
    try:
        import pysqlite3
        import pysqlite3.dbapi2
    except ImportError:
        pass
    else:
        sys.modules["sqlite3"] = pysqlite3
        sys.modules["sqlite3.dbapi2"] = pysqlite3.dbapi2


def version() -> tuple[int, int, int]:
    """The version of the SQLite library that is really in use."""
    return sys.modules["sqlite3"].sqlite_version_info


def is_sound() -> bool:
    """Whether the library in use may be given a write-ahead log."""
    return version() >= FIRST_SOUND_VERSION


def init_command() -> str:
    """What every new connection is told first.

    FULL, because NORMAL forgets acknowledged work at a power cut. Recursive triggers, because without them
    INSERT OR REPLACE deletes a row past the guards. Every thread has its connection, so each keeps 8 MB at most.
    """
    journal = "WAL" if is_sound() else "DELETE"
    return (
        f"PRAGMA journal_mode={journal}; PRAGMA synchronous=FULL; PRAGMA recursive_triggers=ON; "
        "PRAGMA journal_size_limit=67108864; PRAGMA cache_size=-8192; PRAGMA temp_store=MEMORY"
    )
