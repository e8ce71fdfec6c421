"""Word files as PDF by LibreOffice: exact, in a process that is watched, renewed and killed."""

import os
import shutil
import signal
import subprocess
import threading
from pathlib import Path
from tempfile import TemporaryDirectory, mkdtemp

from core.documents.errors import OfficeHangs, OfficeMissing, OfficeRefuses

PROFILE_AFTER = 100  # documents, for a profile that is used for long grows and slows


class Office:
    """Turns files into PDF, one call after another.

    LibreOffice is started for each call with a profile that stays warm; the profile is made
    anew after :data:`PROFILE_AFTER` documents and after every fault. A call that takes longer
    than ``seconds`` is killed with everything it started.
    """

    def __init__(self, command: str = "soffice", seconds: float = 60) -> None:
        self._command = command
        self._seconds = seconds
        self._lock = threading.Lock()
        self._profile: Path | None = None
        self._made = 0

    def is_there(self) -> bool:
        """Whether LibreOffice is installed."""
        return shutil.which(self._command) is not None

    def pdf(self, content: bytes, ending: str = "docx") -> bytes:
        """One file as a PDF.

        Raises :class:`OfficeMissing`, :class:`OfficeHangs` or :class:`OfficeRefuses`.
        """
        with TemporaryDirectory(prefix="office-") as folder:
            file = Path(folder) / f"document.{ending}"
            file.write_bytes(content)
            self.convert([file], Path(folder))
            return file.with_suffix(".pdf").read_bytes()

    def convert(self, files: list[Path], folder: Path) -> None:
        """Several files of one kind in one call; each becomes a PDF of its name in ``folder``."""
        if not self.is_there():
            raise OfficeMissing(command=self._command)
        with self._lock:
            profile = self._warm(len(files))
            arguments = [f"-env:UserInstallation=file://{profile}", "--headless"]
            target = ["--convert-to", "pdf", "--outdir", str(folder)]
            self._run([self._command, *arguments, *target, *map(str, files)])
        missing = [
            one.name for one in files if not (folder / one.with_suffix(".pdf").name).exists()
        ]
        if missing:
            self.close()
            raise OfficeRefuses(files=", ".join(missing))

    def close(self) -> None:
        """Forget the profile; the next call begins anew."""
        if self._profile is not None:
            shutil.rmtree(self._profile, ignore_errors=True)
        self._profile, self._made = None, 0

    def _warm(self, count: int) -> Path:
        if self._made + count > PROFILE_AFTER:
            self.close()
        if self._profile is None:
            self._profile = Path(mkdtemp(prefix="office-profile-"))
        self._made += count
        return self._profile

    def _run(self, command: list[str]) -> None:
        """Run to the end, or end it with every process it started."""
        process = subprocess.Popen(  # noqa: S603 (the product's own command)
            command,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
        try:
            process.wait(self._seconds)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()
            self.close()
            raise OfficeHangs(seconds=round(self._seconds)) from None
