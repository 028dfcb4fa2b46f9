"""Tiny packages and lock files, so that installing needs no network."""

import hashlib
import zipfile
from pathlib import Path


def make_wheel(folder: Path, name: str, content: str = "") -> Path:
    """A wheel of one module; another ``content`` is another file with another hash."""
    wheel = folder / f"{name}-1.0-py3-none-any.whl"
    info = f"{name}-1.0.dist-info"
    tag = "Wheel-Version: 1.0\nGenerator: tests\nRoot-Is-Purelib: true\nTag: py3-none-any\n"
    with zipfile.ZipFile(wheel, "w") as archive:
        archive.writestr(f"{name}.py", content)
        archive.writestr(f"{info}/METADATA", f"Metadata-Version: 2.1\nName: {name}\nVersion: 1.0\n")
        archive.writestr(f"{info}/WHEEL", tag)
        archive.writestr(f"{info}/RECORD", f"{name}.py,,\n{info}/METADATA,,\n{info}/WHEEL,,\n")
    return wheel


def make_locks(root: Path, runtime: str, dev: str) -> None:
    """The two lock files of ``root``, each naming one package of its own."""
    for lock, name in (("requirements.txt", runtime), ("requirements-dev.txt", dev)):
        write_lock(root / lock, make_wheel(root, name))


def write_lock(lock: Path, wheel: Path) -> None:
    """A lock that names ``wheel`` with its hash."""
    digest = hashlib.sha256(wheel.read_bytes()).hexdigest()
    lock.write_text(f"{wheel.as_uri()} --hash=sha256:{digest}\n")
