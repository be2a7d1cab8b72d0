"""DuckDB's failures in the house's words. Its own text may hold customers' values, so it is never repeated."""

import re
from pathlib import Path

import duckdb

from analytics.errors import TierdeskError
from analytics.vocabulary import Text


def cannot_open(path: Path, error: duckdb.Error) -> TierdeskError:
    """The store's file did not open: held by another process, newer, or not a store."""
    text = str(error)
    holder = re.search(r"PID (\d+)", text)
    if "Could not set lock" in text:
        pid = holder.group(1) if holder else "?"
        return TierdeskError(
            "STORE-001",
            Text(
                f"库文件 {path.name} 正被另一个进程（PID {pid}）使用。",
                f"The store {path.name} is open in another process (PID {pid}).",
            ),
            Text("请先停止该进程，再重试；没有数据受影响。", "Stop that process and try again; nothing was changed."),
        )
    if "newer version" in text or "storage version" in text.lower():
        return newer_store(path.name)
    return no_store(path.name)


def no_store(name: str) -> TierdeskError:
    """The file is something else, or a store that is no longer whole."""
    return TierdeskError(
        "STORE-003",
        Text(f"{name} 不是 Tierdesk 库，或已损坏。", f"{name} is not a Tierdesk store, or it is damaged."),
        Text("请改用备份，或在设置中指定另一个库文件。", "Restore a backup, or name another file in the settings."),
    )


def newer_store(name: str) -> TierdeskError:
    """The store was written by a later Tierdesk."""
    return TierdeskError(
        "STORE-002",
        Text(f"库 {name} 由更新版本的 Tierdesk 写成。", f"The store {name} was written by a newer Tierdesk."),
        Text("请升级程序，或恢复本版本的备份。", "Upgrade the program, or restore a backup made by this version."),
    )


def from_duckdb(error: duckdb.Error) -> TierdeskError:
    """A DuckDB failure in the house's words. Its own text may hold customers' values, so it is not repeated."""
    text = str(error)
    if isinstance(error, duckdb.IOException) and ("Cannot open file" in text or "No such file" in text):
        return TierdeskError(
            "STORE-006",
            Text("目标文件无法写入。", "The file to write to cannot be opened."),
            Text("请检查路径与权限。", "Check its path and permissions."),
        )
    if "No space left" in text or "Could not write" in text or "could not be truncated" in text.lower():
        return TierdeskError(
            "STORE-004",
            Text("磁盘已满，本次操作未保存。", "The disk is full; this act was not kept."),
            Text("请腾出空间后重试；此前的数据完好。", "Free some space and try again; everything before is intact."),
        )
    if isinstance(error, duckdb.InterruptException):
        return cancelled()
    return TierdeskError(
        "STORE-009",
        Text(
            f"存储层出错（{type(error).__name__}），本次操作未保存。",
            f"The store failed ({type(error).__name__}); this act was not kept.",
        ),
        Text(
            "请重试；若再次出现，请把代码与时间告知管理员。",
            "Try again; if it returns, tell the administrator the code and the time.",
        ),
    )


def cancelled() -> TierdeskError:
    """Somebody asked the work to stop."""
    return TierdeskError(
        "STORE-005",
        Text("操作已取消，没有保存任何内容。", "Cancelled; nothing was kept."),
        Text("可随时重新开始。", "Start again whenever you like."),
    )
