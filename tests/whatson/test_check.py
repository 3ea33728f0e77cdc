"""`make test` itself: what it says, what it counts, which tests it takes, what of the night it excuses."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.whatson import ROOT
from tools import changes, check, progress


@pytest.fixture
def times(tmp_path, monkeypatch):
    """No earlier run of this checkout, and none that is written into it."""
    file = tmp_path / "times" / "times.json"
    monkeypatch.setattr(check, "TIMES", file)
    monkeypatch.setattr(check, "keep_compiled", lambda: None)
    monkeypatch.delenv(check.TOTALS, raising=False)
    return file


def choose(monkeypatch, **checks) -> None:
    labelled = {name: (name.title(), run) for name, run in checks.items()}
    monkeypatch.setattr(check.Runner, "checks", lambda self: labelled)


# --- What it says ---------------------------------------------------------------------------------------


def test_a_failing_check_stops_the_rest_and_is_counted(times, monkeypatch, capsys):
    def bad() -> None:
        raise check.Failed("Mend it.")

    choose(monkeypatch, one=bad, two=pytest.fail)
    assert check.main([]) == 1
    lines = capsys.readouterr().out.splitlines()
    assert "FAILED: One. Mend it." in lines
    assert lines[-1] == "0 passed, 1 failed"


def test_an_unknown_check_is_named(capsys):
    assert check.main(["spelling"]) == 2
    assert "There is no check spelling. Known: format, templates" in capsys.readouterr().out


@pytest.mark.parametrize("given", ["3", "0/4", "5/4", "a/b"])
def test_a_part_that_is_none_is_refused(given, capsys):
    with pytest.raises(SystemExit):
        check.main(["--part", given])
    assert "PART is k/N" in capsys.readouterr().err


def test_it_says_what_it_will_do_how_long_that_took_last_time_and_what_is_left(times, monkeypatch, capsys):
    choose(monkeypatch, format=lambda: None, tests=lambda: None)
    times.parent.mkdir()
    times.write_text(json.dumps({"checks": {"format": 40.2, "tests": 440}}), encoding="utf-8")
    assert check.main([]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[0] == "What is done, and how long it took last time here:"
    assert [line.split() for line in lines[1:3]] == [
        ["format", "Format", "40", "s"],
        ["tests", "Tests", "7", "minutes"],
    ]
    assert lines[3] == "In all about 8 minutes."
    assert "    fine, 1 s; about 7 minutes left" in lines
    assert json.loads(times.read_text(encoding="utf-8"))["checks"]["tests"] < 440


def test_without_an_earlier_run_it_says_so_and_gives_the_figure_of_the_readme(times, monkeypatch, capsys):
    choose(monkeypatch, format=lambda: None)
    check.main([])
    lines = capsys.readouterr().out.splitlines()
    assert lines[1].split() == ["format", "Format", "not", "known", "yet"]
    assert lines[2].startswith("README says: make test ")


@pytest.mark.parametrize("command", ["make test", "make test ALL=1", "make test ONLY=fast"])
def test_the_readme_has_a_line_for_each_way_to_call_it(command):
    assert " # " in check.readme_figure(command)


def test_what_the_night_takes_is_no_measure_for_the_gate(times):
    assert check.Runner().key("tests") != check.Runner(all=True).key("tests") != check.Runner(part="1/6")
    assert check.Runner().key("types") == check.Runner(all=True).key("types")


# --- What it counts ---------------------------------------------------------------------------------------

CASES = """
import pytest
def test_passes(subtests):
    for number in range(4):
        with subtests.test(number=number):
            pass
def test_two_fail(subtests):
    for number in range(4):
        with subtests.test(number=number):
            assert number % 2
def test_one_fails_and_it_fails_itself(subtests):
    with subtests.test("first"):
        assert 0
    assert 0
def test_plain():
    assert 0
@pytest.mark.parametrize("number", range(3))
def test_of_three(number):
    pass
def test_skipped():
    pytest.skip("not here")
@pytest.fixture
def broken():
    yield
    raise ValueError
def test_its_end_fails(broken):
    pass
"""


def run_pytest(folder: Path, *arguments: str) -> tuple[str, dict]:
    """Run tests of their own with the plugin alone, as a process; returns what it said and its results."""
    results = folder / "results.json"
    own = ("-p", "tools.progress", "-q", "-o", "console_output_style=classic", f"--results={results}")
    env = {key: value for key, value in os.environ.items() if not key.startswith(("PYTEST_", "DJANGO_"))}
    done = subprocess.run(
        [sys.executable, "-m", "pytest", f"--rootdir={folder}", *own, *arguments],
        cwd=folder,
        env=env | {"PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1", "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert results.is_file(), done.stdout + done.stderr
    return done.stdout, json.loads(results.read_text(encoding="utf-8"))


@pytest.mark.parametrize("processes", [[], ["-p", "xdist.plugin", "-n", "2"]], ids=["one", "two"])
def test_a_subtest_that_fails_counts_once(tmp_path, processes):
    (tmp_path / "test_cases.py").write_text(CASES, encoding="utf-8")
    output, results = run_pytest(tmp_path, *processes)
    assert results["failures"] == {
        "test_cases.py::test_two_fail": 2,
        "test_cases.py::test_one_fails_and_it_fails_itself": 2,
        "test_cases.py::test_plain": 1,
        "test_cases.py::test_its_end_fails": 1,
    }
    assert (results["passed"], results["skipped"]) == (4, 1)
    assert results["times"].keys() >= {"test_cases.py::test_of_three"}
    assert "    9 tests\n" in output
    assert "    FAILED test_cases.py::test_two_fail (number=" in output
    assert "....." not in output


def test_what_cannot_be_collected_counts(tmp_path):
    (tmp_path / "test_cases.py").write_text("import nothing_of_this_name", encoding="utf-8")
    assert run_pytest(tmp_path)[1]["failures"] == {"test_cases.py": 1}


def test_the_closing_line_is_of_all_runs(tmp_path):
    file = tmp_path / "totals"
    file.touch()
    check.Count(5, 0, 1).add_up(file)
    second = check.Count(6, 2, 0)
    second.add_up(file)
    assert second.line() == "11 passed, 2 failed, 1 skipped"
    assert check.Count(1, 0, 0).line() == "1 passed, 0 failed"


# --- Which tests it takes -----------------------------------------------------------------------------------

IDS = [f"tests/test_{module}.py::test_{number}" for module in range(60) for number in range(module % 5 + 1)]


def test_the_parts_are_the_whole_of_the_same_size_and_a_module_is_in_one_of_them():
    parts = [progress.part_of(IDS, f"{place}/6") for place in range(1, 7)]
    assert sorted(nodeid for part in parts for nodeid in part) == sorted(IDS)
    assert sum(len({progress.file_of(nodeid) for nodeid in part}) for part in parts) == 60
    assert max(map(len, parts)) - min(map(len, parts)) <= 5


def test_a_new_module_moves_few_others_to_another_part():
    more = [*IDS, *(f"tests/test_new.py::test_{number}" for number in range(5))]
    stay = [set(progress.part_of(IDS, f"{k}/6")) & set(progress.part_of(more, f"{k}/6")) for k in range(1, 7)]
    assert sum(map(len, stay)) > 0.9 * len(IDS)


def test_a_sample_begins_with_files_that_are_named_then_takes_a_case_of_each_function():
    ids = [f"tests/a/test_a.py::test_{number}[{case}]" for number in range(3) for case in range(9)]
    ids.append("tests/a/test_b.py::test_it")
    few = progress.sample(ids, 4, {"tests/a/test_b.py"})
    assert few[0] == "tests/a/test_b.py::test_it"
    assert sorted(map(progress.function_of, few[1:])) == [f"tests/a/test_a.py::test_{n}" for n in range(3)]
    assert progress.sample(ids[::-1], 4, {"tests/a/test_b.py"}) == few


def test_the_tests_about_a_file_are_those_beside_its_like():
    assert changes.tests_about(
        [
            "events/registrations/views.py",
            "events/urls.py",
            "templates/stakeholders/claims/claim.html",
            "tests/news/images/conftest.py",
            "tests/search/test_find.py",
            "tests/conftest.py",
            "tests/test_docs.py",
            "tests/browser/test_home.py",
            "tests/search/test_that_is_gone.py",
            "docs/events.md",
            "README.md",
        ]
    ) == [
        "tests/events",
        "tests/events/registrations",
        "tests/news/images",
        "tests/search/test_find.py",
        "tests/stakeholders/claims",
    ]


# --- What it excuses --------------------------------------------------------------------------------------


@pytest.fixture
def repository(tmp_path, monkeypatch):
    """Two commits a day apart. Of three tests of the second one fails in both, one since, one is new."""
    for name in ("BASE", "GITHUB_BASE_REF", "CI_MERGE_REQUEST_DIFF_BASE_SHA", "DJANGO_SETTINGS_MODULE"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("PYTEST_DISABLE_PLUGIN_AUTOLOAD", "1")
    monkeypatch.setattr(changes, "ROOT", tmp_path)
    for number, text in enumerate(
        ["def test_a(): assert 0\ndef test_b(): pass\n", "def test_a(): assert 0\ndef test_b(): assert 0\n"]
    ):
        (tmp_path / "test_it.py").write_text(text, encoding="utf-8")
        (tmp_path / f"test_{number}.py").write_text("def test_c(): assert 0\n", encoding="utf-8")
        commit(tmp_path, f"2026-11-0{number + 1}T09:00:00Z")
    return tmp_path


def commit(folder: Path, when: str) -> None:
    who = ["-c", "user.name=Test", "-c", "user.email=test@example.org"]
    env = os.environ | {"GIT_AUTHOR_DATE": when, "GIT_COMMITTER_DATE": when}
    for command in (["init", "--quiet"], ["add", "."], ["commit", "--quiet", "--message", "As it is."]):
        subprocess.run(["git", *who, *command], cwd=folder, env=env, check=True)


def test_the_base_is_what_is_named_or_the_last_commit_of_twelve_hours_before(repository, monkeypatch):
    first, second = (changes.git("rev-parse", name) for name in ("HEAD~1", "HEAD"))
    assert changes.base_commit() == first
    monkeypatch.setenv("BASE", "HEAD")
    assert changes.base_commit() == second
    monkeypatch.setenv("BASE", "gone")
    with pytest.raises(changes.NoBase, match="There is no commit gone"):
        changes.base_commit()


def test_a_first_commit_has_no_base_and_a_shallow_clone_says_what_it_lacks(
    repository, tmp_path_factory, monkeypatch
):
    clone = tmp_path_factory.mktemp("clone")
    subprocess.run(["git", "clone", "--quiet", "--depth", "1", f"file://{repository}", clone], check=True)
    monkeypatch.setattr(changes, "ROOT", clone)
    with pytest.raises(changes.NoBase, match="shallow"):
        changes.base_commit()
    changes.git("-C", str(repository), "checkout", "--quiet", "HEAD~1")
    monkeypatch.setattr(changes, "ROOT", repository)
    with pytest.raises(changes.NoBase, match="older than 12 hours"):
        changes.base_commit()


FAILURES = {"test_it.py::test_a": 1, "test_it.py::test_b": 1, "test_1.py::test_c": 1}


def test_what_fails_before_the_change_too_is_told_apart_from_what_does_not(repository):
    before = changes.failing_before(list(FAILURES), changes.git("rev-parse", "HEAD~1"), {})
    assert before == {"test_it.py::test_a"}
    assert changes.git("worktree", "list").count("\n") == 0


def test_a_failure_of_the_night_is_excused_only_where_the_change_is_not_its_cause(repository, times, capsys):
    runner = check.Runner(part="1/6")
    runner.count.add(7, 1, 0)
    runner.excuse({"test_it.py::test_a": 1}, {})
    assert runner.count.line() == "7 passed, 0 failed, 1 skipped"
    assert "failed before this change as well: test_it.py::test_a" in capsys.readouterr().out
    with pytest.raises(check.Failed, match=r"test_1.py::test_c, test_it.py::test_b$"):
        runner.excuse(FAILURES, {})


def test_what_has_changed_is_what_differs_from_the_main_branch(repository):
    assert changes.changed_files() == ["test_1.py", "test_it.py"]  # on it: what the last commit changed
    (repository / "test_new.py").touch()
    assert changes.changed_files() == ["test_new.py"]
    subprocess.run(["git", "branch", "--force", "main", "HEAD~1"], cwd=repository, check=False)
    subprocess.run(["git", "checkout", "--quiet", "-B", "topic"], cwd=repository, check=True)
    subprocess.run(["git", "branch", "--force", "main", "HEAD~1"], cwd=repository, check=True)
    assert changes.changed_files() == ["test_1.py", "test_it.py", "test_new.py"]


def test_ci_runs_what_a_developer_runs_and_a_part_of_the_night():
    lines = (ROOT / ".ci" / "run").read_text(encoding="utf-8").splitlines()
    assert lines[-2:] == ["make test", 'make test PART="$((commits % PARTS + 1))/$PARTS"']
