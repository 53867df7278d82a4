"""When the heaviest tests run: always in CI, elsewhere when asked for with GONGCHUANG_THOROUGH=1."""

import pytest
from django.db import connection

thorough_on_postgresql = pytest.mark.thorough if connection.vendor == "postgresql" else pytest.mark.slow
"""For what asks the same code through many pages: one database tells most of it, both tell all."""
