"""The desks without a screen: exit codes and messages fit for a scheduler."""

import json

import pytest

from analytics.__main__ import main
from tests.houses import CUSTOMERS, copied


@pytest.fixture
def home(built_house, tmp_path, monkeypatch):
    """Environment of a small house that is closed, so that commands can open it."""
    copied(built_house, tmp_path).store.close()
    for name, value in {"store": "tierdesk.duckdb", "demo": "demo", "rules": "rules.toml"}.items():
        monkeypatch.setenv(f"TIERDESK_{name.upper()}", str(tmp_path / value))
    return tmp_path


def test_check_reports_faults_and_exits_with_1(home, house_rules, capsys):
    bad = home / "bad.toml"
    bad.write_text(house_rules.replace("weight = 40", "weight = 41"), encoding="utf-8")
    assert main(["check", str(bad)]) == 1
    assert "do not sum to 100" in capsys.readouterr().out
    assert main(["check", str(home / "rules.toml")]) == 0


def test_a_file_that_is_not_there_is_refused_with_3(home, capsys):
    assert main(["check", str(home / "nothing.toml")]) == 3
    assert "[FILE-001]" in capsys.readouterr().err


def test_wrong_words_exit_with_2(home):
    with pytest.raises(SystemExit, match="2"):
        main(["clasify"])


def test_a_standard_goes_from_file_to_law_between_two_people(home, house_rules, capsys):
    draft = home / "draft.toml"
    draft.write_text(house_rules.replace("entry = { person = 80,", "entry = { person = 70,"), encoding="utf-8")
    assert main(["diff", str(home / "rules.toml"), str(draft), "--snapshot", "2025Q4"]) == 0
    said = capsys.readouterr().out
    assert "the entry score of persons is 70 instead of 80" in said
    assert "0 down, 0 elsewhere" in said
    words = ["--title", "t", "--reason", "r", "--version", "2026.2"]
    assert main(["publish", "--propose", str(draft), *words, "--by", "chen.committee"]) == 0
    said = capsys.readouterr().out
    proposal = said.split()[1]
    assert "against version 2026.1:\n" in said
    assert "the entry score of persons is 70 instead of 80" in said
    assert main(["publish", "--confirm", proposal, "--by", "chen.committee"]) == 3
    assert main(["publish", "--confirm", proposal, "--by", "zhao.risk"]) == 0
    assert main(["verify", "--deep"]) == 0
    assert 'version = "2026.2"' in (home / "rules.toml").read_text(encoding="utf-8")


def test_a_kept_standard_is_named_by_its_file(home, house_rules, capsys):
    assert main(["classify", "--standard", str(home / "rules.toml"), "--snapshot", "2025Q4"]) == 0
    assert "2025Q4" in capsys.readouterr().out


def test_a_file_whose_standard_is_not_kept_is_refused_with_3(home, house_rules, capsys):
    draft = home / "draft.toml"
    draft.write_text(house_rules.replace("entry = { person = 80,", "entry = { person = 70,"), encoding="utf-8")
    assert main(["classify", "--standard", str(draft)]) == 3
    assert "[STANDARD-091]" in capsys.readouterr().err


def test_chinese_is_spoken_where_it_is_asked_for(home, capsys):
    assert main(["--language", "zh", "check", str(home / "rules.toml")]) == 0
    assert "错误 0 处" in capsys.readouterr().out


def test_settings_are_printed_one_or_all(home, capsys):
    assert main(["settings", "--get", "port"]) == 0
    assert capsys.readouterr().out == "8501\n"
    assert main(["settings", "--get", "prot"]) == 2


def test_the_demo_bank_is_made_where_it_is_asked_for(tmp_path):
    assert main(["demo", "--customers", "50", "--quarters", "1", "--out", str(tmp_path)]) == 0
    assert json.loads((tmp_path / "manifest.json").read_text(encoding="utf-8"))["customers"] == 50


def test_setup_does_only_what_is_missing(home, capsys):
    assert main(["setup"]) == 0
    assert capsys.readouterr().out == "Ready\n"


def test_a_file_is_imported_with_its_rejects_written_out(home, capsys):
    source = home / "customers_2026Q1.csv"
    source.write_text("no,kind,aum\nA1,1,100.5\nA2,1,x\nA3,9,3\n", encoding="utf-8")
    mapping = home / "mapping.toml"
    mapping.write_text(
        '[file]\nformat = "csv"\n[snapshot]\nas_of = 2026-03-31\nperiod = "2026Q1"\ncurrency = "CNY"\n'
        '[column.customer_id]\nfrom = "no"\n[column.kind]\nfrom = "kind"\ncodes = { "1" = "person" }\n'
        '[column.assets]\nfrom = "aum"\nunit = "yuan"\n',
        encoding="utf-8",
    )
    rejects = home / "rejects.csv"
    assert main(["import", str(source), "--mapping", str(mapping), "--rejects", str(rejects)]) == 0
    assert "3 rows = 1 accepted + 2 rejected" in capsys.readouterr().out
    assert "INTAKE-107" in rejects.read_text(encoding="utf-8-sig")


MAPPING = """
[file]
name = "customers_{period}.csv"
[column.customer_id]
from = "no"
[column.kind]
from = "kind"
[column.assets]
from = "aum"
"""


@pytest.fixture
def brought(home):
    """Import a folder of customers' files by their names; returns the exit code."""

    def bring(*more, **files):
        (home / "files").mkdir()
        (home / "mapping.toml").write_text(MAPPING, encoding="utf-8")
        for period, rows in files.items():
            (home / "files" / f"customers_{period[1:]}.csv").write_text(f"no,kind,aum\n{rows}", encoding="utf-8")
        return main(["import", str(home / "files"), "--mapping", str(home / "mapping.toml"), *more])

    return bring


def test_rejects_of_all_files_stand_in_one_list(brought, home, capsys):
    rejects = home / "rejects.csv"
    files = {"_2026Q1": "A1,person,1\nA2,robot,2\n", "_2026Q2": "A1,person,1\nA3,robot,3\nA4,robot,4\n"}
    assert brought("--rejects", str(rejects), **files) == 0
    lines = rejects.read_text(encoding="utf-8-sig").splitlines()
    assert [line.split(",")[4] for line in lines] == ["no", "A2", "A3", "A4"]


def test_a_list_that_cannot_be_written_is_refused_before_the_import(brought, home, capsys):
    assert brought("--rejects", str(home / "nowhere" / "rejects.csv"), _2026Q1="A1,robot,1\n") == 3
    assert "[FILE-002]" in capsys.readouterr().err
    assert main(["classify", "--snapshot", "2026Q1"]) == 3


def test_a_file_of_which_nothing_is_accepted_exits_with_1(brought, capsys):
    assert brought(_2026Q1="A1,person,1\n", _2026Q2="A1,robot,1\n") == 1
    said = capsys.readouterr().out
    assert "customers_2026Q2.csv, 2026Q2: nothing accepted, all 1 rows rejected, no snapshot" in said
    assert "2026Q1 snapshot" in said


def test_results_are_exported_for_everyone(home, capsys):
    assert main(["export", "results", str(home / "out.csv"), "--snapshot", "2025Q2"]) == 0
    lines = (home / "out.csv").read_text(encoding="utf-8").splitlines()
    assert len(lines) == CUSTOMERS + 1


def test_a_store_that_another_process_holds_is_told_and_left(home, capsys):
    import subprocess
    import sys

    hold = "import duckdb, sys; kept = duckdb.connect(sys.argv[1]); print('held', flush=True); sys.stdin.read()"
    command = [sys.executable, "-c", hold, str(home / "tierdesk.duckdb")]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as holder:
        assert holder.stdout is not None
        holder.stdout.readline()
        assert main(["verify"]) == 3
        assert f"PID {holder.pid}" in capsys.readouterr().err
        holder.communicate()


def test_a_store_of_a_newer_version_is_told_and_left(home, capsys):
    import duckdb

    with duckdb.connect(str(home / "tierdesk.duckdb")) as connection:
        connection.execute("INSERT INTO migration VALUES (9999, 'later', now())")
    assert main(["verify"]) == 3
    assert "[STORE-002]" in capsys.readouterr().err


def test_a_file_that_is_no_store_is_told_and_left(home, capsys):
    (home / "tierdesk.duckdb").write_bytes(b"not a store" * 1000)
    assert main(["verify"]) == 3
    assert "[STORE-003]" in capsys.readouterr().err
