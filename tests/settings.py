"""The program's settings as the tests need them: test mode, and data of their own beside the demo's."""

import os
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
os.environ["EGENMAKT_TEST_MODE"] = "1"
os.environ["EGENMAKT_DATA"] = str(ROOT / ".data" / "test")

from egenmakt.site.settings import *  # noqa: F403

# sign-ins by the hundred: the strength of a password's hash is not what is tested
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
