"""Campaign data on its way: the jobs that bring it, for those who may open Data."""

from components import jobs
from core.accounts.access import Area, Principal
from core.i18n import Language
from core.jobs import queue
from core.jobs.models import JobKind, JobStatus
from wiring import services

_KINDS = (JobKind.IMPORT_ADS, JobKind.LOAD_SAMPLE)
_OPEN = (JobStatus.QUEUED, JobStatus.RUNNING)


def show(principal: Principal, _t: Language) -> None:
    """The open jobs as they go; nothing, and no looking again, while there are none."""
    if is_expected(principal):
        jobs.watch(Area.DATA, _KINDS, keep=0)


def is_expected(principal: Principal) -> bool:
    """Whether a job that brings campaign data is open and the person may see it."""
    if not principal.may_open(Area.DATA):
        return False
    with services().reading() as session:
        found = queue.recent(session, principal, _KINDS, limit=0)
    return any(job.status in _OPEN for job in found)
