"""Words about the code, held against the code."""

import re
import subprocess
import sys
import tomllib
from dataclasses import fields
from pathlib import Path

from analytics.cli.commands import COMMANDS
from analytics.settings import Settings, load_settings

ROOT = Path(__file__).resolve().parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")


def test_every_error_code_is_in_the_docs_with_words_in_both_languages():
    made = subprocess.run([sys.executable, "tools/error_codes.py"], cwd=ROOT, capture_output=True, check=True)
    page = (ROOT / "docs" / "errors.md").read_text(encoding="utf-8")
    assert made.stdout.decode() == page, "run `python tools/error_codes.py --write`"
    assert re.findall(r"^\| [A-Z]+-\d+ \|  \|", page, re.MULTILINE) == []


def test_every_setting_is_in_the_settings_file_and_the_readme_with_its_default():
    stated = tomllib.loads((ROOT / "tierdesk.toml").read_text(encoding="utf-8"))
    for field in fields(Settings):
        default = getattr(Settings(), field.name)
        assert str(stated[field.name]) == str(default)
        assert f"| {field.name} | `{default}` |" in README
    assert load_settings({}) == Settings()


def test_the_environment_overrides_every_setting():
    changed = {"TIERDESK_PORT": "9000", "TIERDESK_LANGUAGE": "zh", "TIERDESK_STORE": "other.duckdb"}
    settings = load_settings(changed)
    assert (settings.port, settings.language, settings.store) == (9000, "zh", Path("other.duckdb"))


def test_every_command_that_the_readme_shows_exists():
    shown = set(re.findall(r"-m analytics (\w+)", README))
    assert shown
    assert shown <= set(COMMANDS)


def test_links_of_the_readme_lead_somewhere():
    targets = re.findall(r"\]\(([^)#:]+)\)", README)
    assert targets
    assert [target for target in targets if not (ROOT / target).exists()] == []
