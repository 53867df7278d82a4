"""How passwords are stored (口令散列): Argon2id with less memory a sign-in than Django's own.

Django's own asks 100 MB a sign-in, which eight at once would not get on a small machine. 46 MiB, two passes and one lane
are above OWASP's Password Storage Cheat Sheet (46 MiB, one pass). A hash of other settings is renewed at the next sign-in.
"""

from __future__ import annotations

from django.contrib.auth.hashers import Argon2PasswordHasher


class Argon2(Argon2PasswordHasher):
    """Argon2id; memory_cost in KiB."""

    time_cost = 2
    memory_cost = 47_104
    parallelism = 1
