"""`make check`: everything that can be known without running the program. All checks run, all failures are told."""

import os
import re
import secrets
import subprocess
import sys
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from refprogram.ops.places import BASE_DIR

APPS = ("refprogram", "references", "nominations", "awards", "incentives")
AUDIT_SECONDS = 60
CHECK_SECONDS = 600
NOT_AUDITED = re.compile(
    r"could not be audited|not found on PyPI|ConnectionError|connection|timed? ?out|resolve", re.IGNORECASE
)
ADVISORY = re.compile(r"\b(PYSEC|GHSA|CVE)-")

# What a real deployment sets: the settings are checked as they will be, not as they are on this machine.
PRODUCTION = {
    "DATABASE_URL": "postgres://x@localhost/x",
    "REDIS_URL": "redis://localhost/0",
    "SECRET_KEY": secrets.token_urlsafe(64),
    "ALLOWED_HOSTS": "example.com",
    "BASE_URL": "https://example.com",
    "EMAIL_URL": "smtp://localhost:25",
    "DEBUG": "0",
}
KEPT = ("PATH", "HOME", "LANG", "TMPDIR", "PYTHONDONTWRITEBYTECODE", "VIRTUAL_ENV")


@dataclass(frozen=True)
class Result:
    """How a check went: `passed` is None where it could not be made, which counts as nothing."""

    name: str
    passed: bool | None
    output: str
    seconds: float


@dataclass(frozen=True)
class Check:
    """A command that fails by its exit code."""

    name: str
    command: list[str]
    is_production: bool = False

    def run(self) -> Result:
        """Run it and keep what it says."""
        begun = time.monotonic()
        code, output = call(self.command, CHECK_SECONDS, environment() if self.is_production else None)
        return Result(self.name, code == 0, output, time.monotonic() - begun)


def call(command: list[str], seconds: float, env: dict[str, str] | None = None) -> tuple[int, str]:
    """Run a command and return its exit code and all it said; running out of time is a failure."""
    try:
        done = subprocess.run(
            command,
            cwd=BASE_DIR,
            env=env,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            timeout=seconds,
            check=False,
        )
    except subprocess.TimeoutExpired as error:
        said = error.output.decode(errors="replace") if isinstance(error.output, bytes) else error.output or ""
        return 1, f"{said}\ntimed out after {seconds:.0f} s"
    return done.returncode, done.stdout.strip()


def environment() -> dict[str, str]:
    """A production environment and nothing of this machine's that could hide a missing setting."""
    return {**{name: os.environ[name] for name in KEPT if name in os.environ}, **PRODUCTION}


def tool(name: str, *arguments: str) -> list[str]:
    """A program that the development packages installed, called so that a moved virtual environment does not matter."""
    return [sys.executable, str(Path(sys.executable).with_name(name)), *arguments]


def manage(*arguments: str) -> list[str]:
    """A management command; without a database, Django warns that it cannot ask it, which is as it should be."""
    return [sys.executable, "-W", "ignore::RuntimeWarning", "manage.py", *arguments]


def checks() -> list[Callable[[], Result]]:
    """All of them, the slow ones first: they run side by side."""
    ruff = str(Path(sys.executable).with_name("ruff"))
    commands = [
        Check("types", tool("mypy")),
        Check("templates", tool("djlint", "templates", "--lint", "--quiet")),
        Check("imports", tool("lint-imports", "--no-cache")),
        Check("settings", manage("check", "--deploy", "--fail-level", "WARNING"), is_production=True),
        Check("migrations", manage("makemigrations", "--check", "--dry-run"), is_production=True),
        Check("Django idioms", tool("django-upgrade", "--target-version", "5.2", "--check", *sources())),
        Check("lint", [ruff, "check", "--output-format", "concise"]),
        Check("format", [ruff, "format", "--check", "--output-format", "concise"]),
    ]
    return [audit, *(check.run for check in commands)]


def sources() -> list[str]:
    """Our Python files, which django-upgrade wants one by one; migrations stay as they were made."""
    paths = [path for app in (*APPS, "tests") for path in sorted((BASE_DIR / app).rglob("*.py"))]
    return [str(path) for path in paths if path.parent.name != "migrations"]


def audit() -> Result:
    """Ask for known holes in what we depend on; where no source answers, say so and count it as nothing.

    pip-audit ends with success where it could not look up a single package, so that its words count, not its code.
    """
    begun = time.monotonic()
    command = tool("pip-audit", "--requirement", "requirements.txt", "--disable-pip", "--progress-spinner", "off")
    code, output = call(command, AUDIT_SECONDS)
    passed: bool | None = code == 0
    if ADVISORY.search(output):
        passed = False
    elif NOT_AUDITED.search(output) or not passed:
        passed, output = None, "dependency audit: not audited (no advisory source answers)"
    return Result("dependency audit", passed, output, time.monotonic() - begun)


def report(result: Result) -> None:
    """One line for a good result, all that was said for a bad one."""
    if result.passed is None:
        print(f"  --   {result.output}", flush=True)
        return
    print(f"  {'ok  ' if result.passed else 'FAIL'} {result.name} ({result.seconds:.1f} s)", flush=True)
    if not result.passed:
        print("\n".join(f"       {line}" for line in result.output.splitlines()), flush=True)


def main() -> int:
    """Run all checks, report as they end, and fail if one did."""
    failed = []
    with ThreadPoolExecutor(max_workers=os.cpu_count()) as pool:
        for future in [pool.submit(check) for check in checks()]:
            result = future.result()
            report(result)
            if result.passed is False:
                failed.append(result.name)
    print(f"check: {'failed: ' + ', '.join(failed) if failed else 'all good'}", flush=True)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
