"""Run variants in turn and set their times against a baseline's, round by round."""

import gc
import os
import statistics
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Timing:
    """Medians over the rounds; ``ratio`` is against the baseline of the same round, by wall and by CPU."""

    name: str
    wall: float
    cpu: float
    ratio: float
    cpu_ratio: float


def interleaved(variants: Mapping[str, Callable[[], object]], *, baseline: str, rounds: int) -> list[Timing]:
    """Every variant once a round, after one round that is not counted."""
    walls: dict[str, list[float]] = {name: [] for name in variants}
    cpus: dict[str, list[float]] = {name: [] for name in variants}
    for turn in range(rounds + 1):
        for name, run in variants.items():
            gc.collect()
            cpu, wall = _cpu(), time.perf_counter()
            run()
            wall, cpu = time.perf_counter() - wall, _cpu() - cpu
            if turn:
                walls[name].append(wall)
                cpus[name].append(cpu)
    return [
        Timing(
            name,
            statistics.median(walls[name]),
            statistics.median(cpus[name]),
            statistics.median(a / b for a, b in zip(walls[name], walls[baseline], strict=True)),
            statistics.median(a / b for a, b in zip(cpus[name], cpus[baseline], strict=True)),
        )
        for name in variants
    ]


def _cpu() -> float:
    times = os.times()
    return times.user + times.system


def table(timings: list[Timing], baseline: str) -> str:
    """The timings as a Markdown table."""
    lines = [f"| variant | wall s | CPU s | x {baseline}, wall | x {baseline}, CPU |", "|---|---:|---:|---:|---:|"]
    lines += [f"| {t.name} | {t.wall:.3f} | {t.cpu:.3f} | {t.ratio:.2f} | {t.cpu_ratio:.2f} |" for t in timings]
    return "\n".join(lines)


def peak_memory() -> int:
    """Peak resident memory of this process in MiB; only of this process, unlike ``ru_maxrss`` after a fork."""
    lines = Path("/proc/self/status").read_text(encoding="ascii").splitlines()
    return next(int(line.split()[1]) // 1024 for line in lines if line.startswith("VmHWM"))
