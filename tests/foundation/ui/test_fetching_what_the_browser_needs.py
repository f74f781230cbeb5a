"""One command fetches what the pages need, does nothing when nothing has changed, and says what to do when it fails."""

import importlib.util
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[3]

pytestmark = pytest.mark.req("H-16")


@pytest.fixture
def frontend(tmp_path, monkeypatch):
    """The tool, with a small place of its own and packages that are already there."""
    spec = importlib.util.spec_from_file_location("frontend_tool", ROOT / "tools" / "frontend.py")
    tool = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(tool)
    packages = tmp_path / "frontend" / "node_modules"
    names = [*tool.COPIES]
    names += [
        f"{tool.FONT}/files/{tool.font_file(part, weight)}"
        for part in tool.FONT_RANGES
        for weight in tool.FONT_WEIGHTS
    ]
    for name in names:
        (packages / name).parent.mkdir(parents=True, exist_ok=True)
        (packages / name).write_text(name)
    (tmp_path / "frontend" / "package-lock.json").write_text("{}")
    monkeypatch.setattr(tool, "ROOT", tmp_path)
    monkeypatch.setattr(tool, "FRONTEND", tmp_path / "frontend")
    monkeypatch.setattr(tool, "VENDOR", tmp_path / "vendor")
    return tool


def test_a_second_run_does_nothing_and_a_new_version_is_fetched(frontend, monkeypatch):
    runs = []
    monkeypatch.setattr(frontend, "install", lambda: runs.append(1))
    assert frontend.prepare() is True
    assert frontend.prepare() is False
    (frontend.FRONTEND / "package-lock.json").write_text('{"new": true}')
    assert frontend.prepare() is True
    assert len(runs) == 2
    assert (frontend.VENDOR / "htmx.min.js").is_file()
    assert "Atkinson Hyperlegible Next" in (frontend.VENDOR / "fonts.css").read_text()


def test_a_run_that_fails_says_what_to_do_and_leaves_what_was_there(frontend, monkeypatch):
    answers = [
        subprocess.CompletedProcess([], 0, "", ""),
        subprocess.CompletedProcess([], 1, "", "npm error network"),
    ]
    monkeypatch.setattr(frontend.subprocess, "run", lambda *_, **__: answers.pop(0))
    frontend.prepare()
    with pytest.raises(frontend.FrontendFailed, match="Kontrollera nätet") as told:
        frontend.prepare(force=True)
    assert "npm error network" in str(told.value)
    assert (frontend.VENDOR / "htmx.min.js").is_file()


def test_a_package_that_has_lost_a_file_is_named_and_the_old_files_stay(frontend, monkeypatch):
    monkeypatch.setattr(frontend, "install", lambda: None)
    frontend.prepare()
    (frontend.FRONTEND / "node_modules/htmx.org/dist/htmx.min.js").unlink()
    with pytest.raises(frontend.FrontendFailed, match=r"htmx\.min\.js saknas"):
        frontend.prepare(force=True)
    assert (frontend.VENDOR / "htmx.min.js").is_file()
    assert not list(frontend.VENDOR.parent.glob(".vendor-*"))


def test_without_any_npm_it_says_how_to_get_one(frontend, monkeypatch):
    monkeypatch.setattr(frontend.shutil, "which", lambda _: None)
    monkeypatch.setattr(frontend, "wheel_root", lambda: None)
    with pytest.raises(frontend.FrontendFailed, match="uv sync"):
        frontend.npm()


def test_the_lock_file_names_no_registry():
    assert '"resolved"' not in (ROOT / "frontend" / "package-lock.json").read_text()
