"""The scripts of the live bench as files: what they ask for is given, and no folder is crowded."""

import re

from pages.ui.live.component import FOLDER, PARTS, script
from pages.ui.live.labels import labels_in


def test_every_word_that_the_scripts_ask_for_is_given() -> None:
    asked = {name for part in PARTS for name in re.findall(r"labels\.(\w+)", script(part))}
    for language in ("zh", "en"):
        assert asked <= set(labels_in(language, "CNY"))


def test_no_folder_of_scripts_is_crowded() -> None:
    files = list(FOLDER.rglob("*.js"))
    assert max(len(list(folder.glob("*.js"))) for folder in {file.parent for file in files}) <= 12
    assert len(PARTS) == len(set(PARTS)) <= len(files)
