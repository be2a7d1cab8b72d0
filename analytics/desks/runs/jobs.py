"""Long work in the background: it shows how far it is, can be left, and can be stopped."""

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field

from analytics import clock
from analytics.desks.progress import Progress
from analytics.desks.runs.classification import Cancel
from analytics.errors import TierdeskError
from analytics.vocabulary import Text

WAITING = Text("排队中", "Waiting")
Work = Callable[[Progress, Cancel], object]


@dataclass
class Job:
    """One piece of work. ``state`` is waiting, running, done, failed or cancelled."""

    job_id: str
    title: Text
    actor: str
    state: str = "waiting"
    share: float = 0.0
    words: Text = WAITING
    result: object = None
    error: TierdeskError | None = None
    cancel: Cancel = field(default_factory=Cancel)

    @property
    def is_over(self) -> bool:
        return self.state in ("done", "failed", "cancelled")

    def stop(self) -> None:
        """Ask the work to stop; nothing of it is kept."""
        self.cancel.stop()


class Jobs:
    """The work of this process, one piece at a time, latest last; the last hundred are remembered."""

    def __init__(self) -> None:
        self._pool = ThreadPoolExecutor(max_workers=1, thread_name_prefix="tierdesk-job")
        self._jobs: dict[str, Job] = {}
        self._lock = threading.Lock()

    def start(self, title: Text, actor: str, work: Work) -> Job:
        job = Job(clock.new_id(), title, actor)
        with self._lock:
            self._jobs[job.job_id] = job
            while len(self._jobs) > 100:
                self._jobs.pop(next(iter(self._jobs)))
        self._pool.submit(self._run, job, work)
        return job

    def every(self) -> list[Job]:
        """All jobs, latest first."""
        with self._lock:
            return list(reversed(self._jobs.values()))

    def get(self, job_id: str) -> Job | None:
        with self._lock:
            return self._jobs.get(job_id)

    def wait(self) -> None:
        """Until everything that was started is over."""
        self._pool.submit(lambda: None).result()

    def _run(self, job: Job, work: Work) -> None:
        def progress(share: float, words: Text) -> None:
            job.share, job.words = share, words

        job.state = "running"
        try:
            job.cancel.check()
            job.result = work(progress, job.cancel)
            job.share, job.state = 1.0, "done"
        except TierdeskError as error:
            job.error, job.state = error, "cancelled" if error.code == "STORE-005" else "failed"
        except Exception as error:  # noqa: BLE001 - the thread's last word: a job must tell that it failed
            job.error, job.state = _broken(error), "failed"


def _broken(error: Exception) -> TierdeskError:
    return TierdeskError(
        "JOB-001",
        Text(f"任务意外中断（{type(error).__name__}）。", f"The work broke off ({type(error).__name__})."),
        Text(
            "没有保存任何内容；请把代码与时间告知管理员。",
            "Nothing was kept; tell the administrator the code and the time.",
        ),
    )
