"""Downloads that no spreadsheet can run."""

import pandas as pd

from pages.ui.tables import csv


def test_a_download_opens_as_utf_8_and_never_as_a_formula() -> None:
    frame = pd.DataFrame({"name": ["=1+1", "@x", "陈**"], "n": ["-12.50", "1", "2"], "left_out": ["a", "b", "c"]})
    content = csv(frame, {"name": "名称", "n": "数"})
    assert content.startswith(b"\xef\xbb\xbf")
    assert content.decode("utf-8-sig").splitlines() == ["名称,数", "'=1+1,-12.50", "'@x,1", "陈**,2"]
