"""The house rules that no linter knows. Each failure lists the places and says what to do."""

import ast
import re
import sys
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
MAX_LINES = 400

CORE = ("charts", "classify", "cube", "governance", "intake", "letters", "standard", "study")
"""Rooms that know and decide; everything they need is handed to them."""

ROOMS = {
    "duckdb": ("analytics/store", "analytics/engine"),
    "plotly": ("analytics/charts",),
    "pydantic": ("analytics/standard", "analytics/intake"),
    "pydantic_core": ("analytics/standard", "analytics/intake"),
    "pyspark": ("analytics/engine",),
    "streamlit": ("app.py", "pages"),
    "tomlkit": ("analytics/standard",),
}
"""Where a library may be imported. Everyone else asks that room."""

NOT_IN_THE_CORE = {
    **dict.fromkeys(("os", "shutil", "subprocess", "tempfile", "glob"), "files and processes"),
    **dict.fromkeys(("requests", "httpx", "socket", "urllib.request", "smtplib"), "the network"),
    **dict.fromkeys(("random", "secrets", "uuid"), "chance"),
    **dict.fromkeys(("time", "analytics.clock"), "the clock"),
    "analytics.settings": "settings",
}

USED_INDIRECTLY = {
    "pyarrow": "DuckDB, pandas and Streamlit hand over columns with it",
}
"""Packages in requirements.in that no file imports, each with its reason."""

NOT_DECLARED = {
    "pydantic_core": "the half of pydantic that names its errors; pydantic pins it exactly",
    "pyspark": "an extra, imported in a function and only when the Spark engine is chosen",
    "starlette": "Streamlit's server is made of it; its version is Streamlit's choice",
}
"""Packages that are imported though requirements.in does not name them, each with its reason."""

IMPORT_NAMES = {"python-stdnum": "stdnum"}
"""Packages whose import name is not their own with _ for -."""

Place = tuple[Path, int, str]


def python_files(*parts: str) -> list[Path]:
    """Every Python file in those folders (or those files) that exist."""
    roots = [ROOT / part for part in parts]
    found = [file for root in roots for file in (root.rglob("*.py") if root.is_dir() else [root])]
    return sorted(file for file in found if file.is_file())


def shipped() -> list[Path]:
    return python_files("app.py", "pages", "analytics")


def core_files() -> list[Path]:
    return python_files(*(f"analytics/{room}" for room in CORE))


@cache
def tree(file: Path) -> ast.Module:
    return ast.parse(file.read_text(encoding="utf-8"), filename=str(file))


def nodes(file: Path) -> Iterator[ast.AST]:
    return ast.walk(tree(file))


def imports(file: Path) -> Iterator[tuple[int, str]]:
    """Every dotted name that the file imports: ``from a import b`` gives ``a`` and ``a.b``."""
    for node in nodes(file):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.lineno, node.module
            yield from ((node.lineno, f"{node.module}.{alias.name}") for alias in node.names)


def is_in(name: str, package: str) -> bool:
    return name == package or name.startswith(f"{package}.")


def place_of(file: Path) -> str:
    return file.relative_to(ROOT).as_posix()


def report(places: list[Place], advice: str) -> None:
    """Fail with the places, one a line, and what to do about them."""
    listed = "\n".join(f"  {place_of(file)}:{line}  {what}" for file, line, what in sorted(set(places)))
    if places:
        pytest.fail(f"{advice}\n{listed}", pytrace=False)


@pytest.mark.parametrize("library", ROOMS)
def test_a_third_party_library_lives_in_its_room(library: str) -> None:
    places = [
        (file, line, f"imports {name}")
        for file in shipped()
        if not any(Path(place_of(file)).is_relative_to(room) for room in ROOMS[library])
        for line, name in imports(file)
        if is_in(name, library)
    ]
    report(
        places,
        f"{library} may be imported in {' and '.join(ROOMS[library])} only, so that it can be replaced "
        f"and faked in one place. Call a function of that room instead, or move this code there.",
    )


def is_script(name: str) -> bool:
    """Whether Streamlit runs that module itself: the door or a page."""
    return is_in(name, "app") or (is_in(name, "pages") and name != "pages" and not is_in(name, "pages.ui"))


def test_no_page_imports_a_page() -> None:
    places = [(file, line, f"imports {name}") for file in shipped() for line, name in imports(file) if is_script(name)]
    report(
        places,
        "Nobody imports a page or app.py: Streamlit runs each as a script of its own. "
        "Put what two pages share into pages/ui if it is shown, into analytics if it is known.",
    )


FILE_CALLS = {
    "read_text",
    "read_bytes",
    "write_text",
    "write_bytes",
    "to_parquet",
    "read_parquet",
    "read_csv",
}
CLOCK_CALLS = {"now", "today", "utcnow"}


def call_that_leaves_the_core(call: ast.Call) -> str | None:
    """What the core must not do, named as it is written, or None."""
    match call.func:
        case ast.Name(id="open"):
            return "open() touches files"
        case ast.Attribute(attr="open", value=ast.Name(id="io" | "Path")):
            return "open() touches files"
        case ast.Attribute(attr=name) if name in FILE_CALLS:
            return f".{name}() touches files"
        case ast.Attribute(attr=name) if name in CLOCK_CALLS:
            return f".{name}() reads the clock"
        case ast.Attribute(attr="default_rng") if not call.args and not call.keywords:
            return "default_rng() without a seed is chance"
    return None


def test_the_core_is_pure() -> None:
    banned_imports = [
        (file, line, f"imports {name}: {reason}")
        for file in core_files()
        for line, name in imports(file)
        for banned, reason in NOT_IN_THE_CORE.items()
        if is_in(name, banned)
    ]
    banned_calls = [
        (file, call.lineno, what)
        for file in core_files()
        for call in nodes(file)
        if isinstance(call, ast.Call) and (what := call_that_leaves_the_core(call))
    ]
    report(
        banned_imports + banned_calls,
        "The core has no files, clock, chance, network or settings; that is why it can be proved. "
        "Let a desk (or the store) read the value and pass it in: bytes, frames, dates, seeds.",
    )


def uses(file: Path, name: str) -> Iterator[int]:
    """Lines where ``name`` is used as a name, an attribute, an argument's name or an import."""
    for node in nodes(file):
        match node:
            case ast.Name(id=found) | ast.Attribute(attr=found) if found == name:
                yield node.lineno
            case ast.keyword(arg=found) if found == name:
                yield node.value.lineno
    yield from (line for line, imported in imports(file) if imported.split(".")[-1] == name)


def swallows(node: ast.AST) -> bool:
    return isinstance(node, ast.ExceptHandler) and all(
        isinstance(line, ast.Pass) or (isinstance(line, ast.Expr) and isinstance(line.value, ast.Constant))
        for line in node.body
    )


BANNED_NAMES = {
    "express": "plotly.express costs every start 0.3 s: use plotly.graph_objects in analytics/charts.",
    "unsafe_allow_html": "Use native containers and the theme in .streamlit/config.toml.",
    "iterrows": "Work on whole columns, or use itertuples() for a handful of rows.",
}


@pytest.mark.parametrize("name", BANNED_NAMES)
def test_a_banned_name_is_used_nowhere(name: str) -> None:
    places = [(file, line, name) for file in shipped() for line in uses(file, name)]
    report(places, f"{name} is banned. {BANNED_NAMES[name]}")


def test_no_error_is_swallowed() -> None:
    places = [
        (file, node.lineno, "except: pass")
        for file in shipped()
        for node in nodes(file)
        if isinstance(node, ast.ExceptHandler) and swallows(node)
    ]
    report(
        places,
        "An error is mended, told or passed on, never dropped. Catch the narrowest class and do something; "
        "contextlib.suppress(ThatError) says that nothing is to be done.",
    )


def test_no_file_is_a_cupboard() -> None:
    cupboards = {"common", "helpers", "manager", "misc", "util", "utils"}
    places = [(file, 1, "names no thing") for file in shipped() if cupboards & {file.stem, *file.parent.parts}]
    report(
        places,
        "A file is named after the thing it holds. Give each thing in here a file, or its room, of its own.",
    )


SQL = re.compile(r"\b(SELECT|INSERT INTO|UPDATE|DELETE FROM)\b\s.*\s", re.DOTALL)


def texts(file: Path) -> Iterator[tuple[int, str]]:
    """Every string of the file; the holes of an f-string read ``_``."""
    inside = {id(part) for node in nodes(file) if isinstance(node, ast.JoinedStr) for part in node.values}
    for node in nodes(file):
        if isinstance(node, ast.JoinedStr):
            parts = (part.value if isinstance(part, ast.Constant) else "_" for part in node.values)
            yield node.lineno, "".join(map(str, parts))
        elif isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in inside:
            yield node.lineno, node.value


def test_pages_hold_no_sql() -> None:
    places = [
        (file, line, " ".join(text.split())[:60])
        for file in python_files("app.py", "pages")
        for line, text in texts(file)
        if SQL.search(text)
    ]
    report(
        places,
        "A page shows; it asks no database. Add a named read to analytics/store (views) and call it here.",
    )


def test_session_state_is_touched_in_one_file() -> None:
    places = [
        (file, line, "session_state")
        for file in python_files("app.py", "pages")
        if place_of(file) != "pages/ui/session.py"
        for line in uses(file, "session_state")
    ]
    report(
        places,
        "st.session_state belongs to pages/ui/session.py alone. Add a typed field to Session there and use it here.",
    )


def test_files_stay_short() -> None:
    scripts = [file for part in ("pages", "analytics") for file in sorted((ROOT / part).rglob("*.js"))]
    lengths = {
        file: len(file.read_text(encoding="utf-8").splitlines())
        for file in [*shipped(), *python_files("tests", "benchmarks"), *scripts]
    }
    places = [(file, length, f"{length} lines") for file, length in lengths.items() if length > MAX_LINES]
    report(
        places,
        f"A file of more than {MAX_LINES} lines holds more than one thing. Name the second thing and give it "
        f"a file beside this one; do not split it in halves.",
    )


def distribution(requirement: str) -> str:
    """The package's name out of a line of requirements.in, spelled as indexes spell it."""
    name = re.match(r"[A-Za-z0-9._-]+", requirement)
    return re.sub(r"[-_.]+", "-", name.group()).lower() if name else ""


def declared() -> dict[str, str]:
    """Import name of every package in requirements.in, with the package's name."""
    lines = (ROOT / "requirements.in").read_text(encoding="utf-8").splitlines()
    packages = {distribution(line) for line in lines if line and line[0] not in "#-"}
    return {IMPORT_NAMES.get(package, package.replace("-", "_")): package for package in packages}


def third_party() -> Iterator[tuple[Path, int, str]]:
    own = {"analytics", "app", "pages"} | sys.stdlib_module_names
    for file in shipped():
        for line, name in imports(file):
            if (top := name.split(".")[0]) not in own:
                yield file, line, top


def test_every_import_is_declared() -> None:
    allowed = {*declared(), *NOT_DECLARED}
    places = [(file, line, f"imports {top}") for file, line, top in third_party() if top not in allowed]
    report(
        places,
        "Only packages named in requirements.in may be imported. If it earns its place, add it there with "
        "its reason and run `make lock`; otherwise do without.",
    )


def test_every_declared_package_is_imported() -> None:
    if not (ROOT / "app.py").exists():
        pytest.skip("app.py is not there yet: the house is still being built")
    imported = {top for _, _, top in third_party()}
    idle = {package for name, package in declared().items() if name not in imported} - set(USED_INDIRECTLY)
    places = [(ROOT / "requirements.in", 1, package) for package in idle]
    report(
        places,
        "A package that nothing imports is weight and risk. Take it out of requirements.in and run "
        "`make lock`, or name its reason in USED_INDIRECTLY here.",
    )


def room_of(library: str) -> Callable[[], None]:
    return lambda: test_a_third_party_library_lives_in_its_room(library)


def banned(name: str) -> Callable[[], None]:
    return lambda: test_a_banned_name_is_used_nowhere(name)


BROKEN_HOUSES: list[tuple[Callable[[], None], str, str]] = [
    (room_of("duckdb"), "pages/overview.py", "import duckdb"),
    (room_of("streamlit"), "analytics/desks/run.py", "from streamlit import write"),
    (test_no_page_imports_a_page, "pages/bench.py", "from pages import overview"),
    (test_no_page_imports_a_page, "pages/ui/frame.py", "import pages.overview"),
    (test_no_page_imports_a_page, "analytics/cli/serve.py", "from app import application"),
    (test_the_core_is_pure, "analytics/cube/grid.py", "from os import path"),
    (test_the_core_is_pure, "analytics/standard/model.py", "from analytics import clock"),
    (test_the_core_is_pure, "analytics/cube/grid.py", "from datetime import datetime\nx = datetime.now()"),
    (test_the_core_is_pure, "analytics/intake/checks.py", "with open('x') as f:\n    f"),
    (test_the_core_is_pure, "analytics/study/clusters.py", "rng = np.random.default_rng()"),
    (banned("unsafe_allow_html"), "pages/a.py", "st.markdown('x', unsafe_allow_html=True)"),
    (banned("iterrows"), "analytics/cube/a.py", "for r in f.iterrows(): r"),
    (banned("express"), "analytics/charts/a.py", "import plotly.express as px"),
    (test_no_error_is_swallowed, "analytics/store/a.py", "try:\n    x()\nexcept Exception:\n    pass"),
    (test_no_file_is_a_cupboard, "analytics/cube/utils.py", ""),
    (test_pages_hold_no_sql, "pages/a.py", "q = f'SELECT {a} FROM {t} '"),
    (test_session_state_is_touched_in_one_file, "pages/a.py", "st.session_state.x = 1"),
    (test_files_stay_short, "pages/a.py", "x = 1\n" * (MAX_LINES + 1)),
    (test_every_import_is_declared, "analytics/cube/a.py", "import dask"),
]


@pytest.mark.parametrize(("rule", "path", "code"), BROKEN_HOUSES, ids=range(len(BROKEN_HOUSES)))
def test_each_rule_sees_a_house_that_breaks_it(
    rule: Callable[[], None], path: str, code: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / path
    file.parent.mkdir(parents=True)
    file.write_text(code, encoding="utf-8")
    (tmp_path / "requirements.in").write_text("duckdb==2.0.0", encoding="utf-8")
    monkeypatch.setitem(globals(), "ROOT", tmp_path)
    with pytest.raises(pytest.fail.Exception, match=re.escape(path)):
        rule()
