"""The only code that writes cases, journal notes and tasks."""

from egenmakt.casework.cases.actions.handling import (
    CaseInvalid,
    add_coworker,
    assign_officer,
    change_unit,
    close_case,
    end_coworker,
    open_case,
)
from egenmakt.casework.cases.actions.journal import (
    NoteInvalid,
    correct_note,
    lock_note,
    revise_note,
    write_note,
)
from egenmakt.casework.cases.actions.tasks import TaskInvalid, create_task, finish_task, revise_task

__all__ = [
    "CaseInvalid",
    "NoteInvalid",
    "TaskInvalid",
    "add_coworker",
    "assign_officer",
    "change_unit",
    "close_case",
    "correct_note",
    "create_task",
    "end_coworker",
    "finish_task",
    "lock_note",
    "open_case",
    "revise_note",
    "revise_task",
    "write_note",
]
