"""The cast: the persons and units that every test may call on."""

pytest_plugins = ["tests.database"]
