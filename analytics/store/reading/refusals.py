"""Files that are refused as a whole: what is wrong, and what to do. Nothing of such a file is kept."""

from collections.abc import Sequence

from analytics.errors import TierdeskError, nearest
from analytics.vocabulary import Text

_DELIMITERS = {",": "逗号 / comma", ";": "分号 / semicolon", "\t": "\\t", "|": "|", "\x01": "\\u0001"}


def not_found(name: str) -> TierdeskError:
    return TierdeskError(
        "INTAKE-001",
        Text(f"找不到 {name}，或无权读取。", f"{name} is not there, or may not be read."),
        Text("请核对路径与权限。", "Check the path and its permissions."),
    )


def empty_file(name: str) -> TierdeskError:
    return TierdeskError(
        "INTAKE-002",
        Text(f"{name} 是空文件。", f"{name} is empty."),
        Text("请向出具方索取完整文件。", "Ask whoever made it for the whole file."),
    )


def wrong_encoding(name: str, wanted: str, looks_like: str, at: int | None = None) -> TierdeskError:
    """``looks_like`` is what the bytes look like, empty where nobody can tell; ``at`` is the first wrong byte."""
    where = ("", "") if at is None else (f"（第 {at:,} 字节）", f" (byte {at:,})")
    if looks_like in ("GB18030", "UTF-8"):
        hint = Text(
            f'文件像是 {looks_like}：请在映射的 [file] 中写 encoding = "{looks_like.lower()}"。',
            f'It looks like {looks_like}: put encoding = "{looks_like.lower()}" under [file] in the mapping.',
        )
    elif looks_like:
        hint = Text(f"文件像是 {looks_like}：请另存为 UTF-8。", f"It looks like {looks_like}: save it as UTF-8.")
    else:
        hint = Text("请另存为 UTF-8 或 GB18030 后重试。", "Save it as UTF-8 or GB18030 and try again.")
    said = wanted.upper() if wanted != "auto" else "UTF-8 / GB18030"
    return TierdeskError(
        "INTAKE-003",
        Text(f"{name} 不是 {said} 编码{where[0]}。", f"{name} is not written in {said}{where[1]}."),
        hint,
    )


def wrong_delimiter(name: str, wanted: str, other: str) -> TierdeskError:
    found, said = _DELIMITERS.get(other, other), _DELIMITERS.get(wanted, wanted)
    value = other.replace("\t", "\\t").replace("\x01", "\\u0001")
    return TierdeskError(
        "INTAKE-004",
        Text(
            f"{name} 的分隔符不是 {said}，像是 {found}。",
            f"{name} is not divided by {said}; it looks like {found}.",
        ),
        Text(
            f'请在映射的 [file] 中写 delimiter = "{value}"。',
            f'Put delimiter = "{value}" under [file] in the mapping.',
        ),
    )


def doubled_columns(name: str, columns: Sequence[str]) -> TierdeskError:
    listed = ", ".join(columns)
    return TierdeskError(
        "INTAKE-005",
        Text(f"{name} 的表头有重复列：{listed}。", f"The header of {name} has columns twice: {listed}."),
        Text("请为每列起不同的名称。", "Give each column a name of its own."),
    )


def missing_columns(name: str, columns: Sequence[str], header: Sequence[str]) -> TierdeskError:
    similar = {column: nearest(column, header) for column in columns}
    zh = "、".join(f"{each}（是否为 {near}）" if near else each for each, near in similar.items())
    en = ", ".join(f"{each} (is it {near}?)" if near else each for each, near in similar.items())
    return TierdeskError(
        "INTAKE-006",
        Text(f"{name} 缺少映射所需的列：{zh}。", f"{name} lacks columns that the mapping reads: {en}."),
        Text("请修改映射的 from，或补全文件。", "Change `from` in the mapping, or complete the file."),
    )


def broken_parquet(name: str) -> TierdeskError:
    return TierdeskError(
        "INTAKE-007",
        Text(
            f"{name} 不是完整的 Parquet 文件，可能在传输中被截断。",
            f"{name} is not a whole Parquet file; it may have been cut short on its way.",
        ),
        Text("请重新传输，并核对文件大小或校验和。", "Transfer it again, and compare its size or checksum."),
    )


def lost_lines(name: str, line: int | None) -> TierdeskError:
    where = ("", "") if line is None else (f"（第 {line} 行附近）", f" (near line {line})")
    return TierdeskError(
        "INTAKE-008",
        Text(
            f"{name} 有未闭合的引号{where[0]}，其后的行无法分清。",
            f"{name} has a quote that never closes{where[1]}; the lines after it cannot be told apart.",
        ),
        Text(
            '请闭合引号、把字段内的引号写两遍；若文件不用引号，请在映射的 [file] 中写 quote = ""。',
            'Close the quote and double quotes inside a field; if the file uses none, put quote = "" under [file].',
        ),
    )


def no_rows(name: str) -> TierdeskError:
    return TierdeskError(
        "INTAKE-009",
        Text(f"{name} 只有表头，没有数据行。", f"{name} has a header and no rows."),
        Text("请向出具方索取完整文件。", "Ask whoever made it for the whole file."),
    )


def changed(name: str) -> TierdeskError:
    return TierdeskError(
        "INTAKE-010",
        Text(f"{name} 在读取时被改动，未保存任何内容。", f"{name} changed while it was read; nothing was kept."),
        Text("请待文件写完后重试。", "Try again when whoever writes it has finished."),
    )


def two_dates(period: str) -> TierdeskError:
    return TierdeskError(
        "INTAKE-011",
        Text(f"期次 {period} 有两个以上的快照日。", f"Period {period} has more than one as-of date."),
        Text(
            "请核对映射的 as_of_column 与 period_column。",
            "Check as_of_column and period_column in the mapping.",
        ),
    )


def too_many_periods(found: int, most: int) -> TierdeskError:
    return TierdeskError(
        "INTAKE-012",
        Text(f"文件含 {found} 个期次，上限为 {most}。", f"The file holds {found} periods; the most is {most}."),
        Text("请核对映射中的期次列是否指错。", "Check that the mapping names the right column for the period."),
    )


def empty_folder(name: str, suffixes: Sequence[str]) -> TierdeskError:
    listed = ", ".join(suffixes)
    return TierdeskError(
        "INTAKE-013",
        Text(f"文件夹 {name} 中没有 {listed} 文件。", f"The folder {name} holds no {listed} file."),
        Text("请核对路径，或映射中的 format。", "Check the path, or `format` in the mapping."),
    )


def wrong_name(name: str, template: str) -> TierdeskError:
    return TierdeskError(
        "INTAKE-014",
        Text(
            f"从文件名 {name} 读不出期次（约定：{template}）。",
            f"The name {name} does not say its period (agreed: {template}).",
        ),
        Text("请改文件名，或修改映射中的 name。", "Rename the file, or change `name` in the mapping."),
    )


def other_header(name: str, first: str) -> TierdeskError:
    return TierdeskError(
        "INTAKE-015",
        Text(
            f"{name} 的列与 {first} 不同，不能一起导入。",
            f"{name} has other columns than {first}; they cannot be one import.",
        ),
        Text("请分别导入，各用各的映射。", "Import them apart, each with its own mapping."),
    )


def unreadable_lines(name: str) -> TierdeskError:
    return TierdeskError(
        "INTAKE-016",
        Text(f"{name} 无法按映射的格式读取。", f"{name} cannot be read in the form that the mapping states."),
        Text(
            "请核对映射 [file] 中的 format、delimiter 与 quote。",
            "Check format, delimiter and quote under [file] in the mapping.",
        ),
    )


def other_currency(period: str, known: str, wanted: str) -> TierdeskError:
    return TierdeskError(
        "INTAKE-018",
        Text(
            f"期次 {period} 已有 {known} 快照，文件的币种为 {wanted}。",
            f"Period {period} has a snapshot in {known}, and the file is in {wanted}.",
        ),
        Text(
            "请核对映射 [snapshot] 的 currency；另一币种的数据请用另一个期次名称导入。",
            "Check currency under [snapshot] in the mapping; import another currency under a period name of its own.",
        ),
    )


def two_line_ends(name: str) -> TierdeskError:
    return TierdeskError(
        "INTAKE-017",
        Text(f"{name} 混用了两种换行（LF 与 CRLF）。", f"The lines of {name} end in two ways (LF and CRLF)."),
        Text("请统一换行后重试，例如用 dos2unix。", "Make them the same and try again, with dos2unix for instance."),
    )
