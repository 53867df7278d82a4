"""The project's settings on a city of the test run's own: one throw-away data folder for all its processes.

DATABASE_URL=embedded runs the tests on a PostgreSQL that is started for this run.
"""

import atexit
import os
import shutil
import tempfile
from pathlib import Path

from gongchuang import keys

if "GONGCHUANG_TEST_DATA" not in os.environ:
    os.environ["GONGCHUANG_TEST_DATA"] = tempfile.mkdtemp(prefix="gongchuang-test-")
    atexit.register(shutil.rmtree, os.environ["GONGCHUANG_TEST_DATA"], ignore_errors=True)
_data = Path(os.environ["GONGCHUANG_TEST_DATA"])
keys.make(_data / "secret" / "master.key")
(_data / "static").mkdir(exist_ok=True)
os.environ["GONGCHUANG_DATA"] = str(_data)
if os.environ.get("DATABASE_URL") == "embedded":
    from tests import postgres

    os.environ["DATABASE_URL"] = postgres.start(_data / "postgres")

from gongchuang.settings import *  # noqa: E402, F403
from gongchuang.settings import STORAGES  # noqa: E402

# Unhashed names need no collectstatic; everything else is as a city has it.
STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
WHITENOISE_USE_FINDERS = True
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
