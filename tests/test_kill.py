"""A kill -9 before any statement of an act leaves nothing half-done, and the same press afterwards has its one effect."""

import json
import os
import subprocess
import sys

import pytest


@pytest.mark.slow
def test_no_kill_leaves_anything_half_done(tmp_path):
    environment = os.environ | {"GONGCHUANG_TEST_DATA": str(tmp_path), "DJANGO_SETTINGS_MODULE": "tests.settings"}
    if environment.get("DATABASE_URL"):
        environment["DATABASE_URL"] = "embedded"
    ran = subprocess.run([sys.executable, "-m", "tests.kill_points"], env=environment, capture_output=True, text=True, timeout=500)
    assert ran.returncode == 0, ran.stderr[-2000:]
    found = json.loads(ran.stdout)
    assert len(found) >= 2
    for name, story in found.items():
        assert story["kills"] >= 10, (name, story)
        assert story["half_done"] == [] and story["broken"] == [] and story["done"], (name, story)
