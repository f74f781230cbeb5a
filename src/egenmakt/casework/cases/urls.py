"""URLs of the room."""

from django.urls import URLPattern, path

from egenmakt.casework.cases.views import case, journal, tasks

app_name = "cases"

_CASE = "arenden/<uuid:case_id>/"

urlpatterns: list[URLPattern] = [
    path("arenden/", case.case_list, name="list"),
    path(_CASE, case.overview, name="case"),
    path(f"{_CASE}journal/", journal.journal, name="journal"),
    path(f"{_CASE}journal/<uuid:note_id>/", journal.note, name="note"),
    path(f"{_CASE}journal/<uuid:note_id>/las/", journal.lock_note, name="lock_note"),
    path(f"{_CASE}journal/<uuid:note_id>/ratta/", journal.correct_note, name="correct_note"),
    path(f"{_CASE}uppgifter/", tasks.tasks, name="tasks"),
    path(f"{_CASE}uppgifter/<uuid:task_id>/", tasks.task, name="task"),
    path(f"{_CASE}uppgifter/<uuid:task_id>/klar/", tasks.finish_task, name="finish_task"),
    path(f"{_CASE}handlingar/", case.documents, name="documents"),
    path(f"{_CASE}handlingar/<uuid:document_id>/", case.document, name="document"),
    path(f"{_CASE}atkomst/", case.access, name="access"),
    path(f"{_CASE}fordelning/", case.handling, name="handling"),
    path(f"{_CASE}fordelning/handlaggare/", case.assign_officer, name="assign_officer"),
    path(f"{_CASE}fordelning/enhet/", case.change_unit, name="change_unit"),
    path(f"{_CASE}fordelning/kollega/", case.add_coworker, name="add_coworker"),
    path(f"{_CASE}fordelning/kollega/<uuid:coworker_id>/avsluta/", case.end_coworker, name="end_coworker"),
    path(f"{_CASE}avsluta/", case.close_case, name="close"),
]
