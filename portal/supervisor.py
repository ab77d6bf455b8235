"""Web server and worker started, watched and stopped together: a library has no system administrator."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable

from django.conf import settings

RESTART_PAUSE_SECONDS = 2
STOP_SECONDS = 20


class AddressTaken(Exception):
    """The port is in use by another program."""


def serve(*, host: str, port: int, workers: int, say: Callable[[str], object]) -> None:
    """Run gunicorn and the worker until SIGINT or SIGTERM; start the worker again if it dies.

    Raises AddressTaken before anything is started; exits with the web server's code if that ends by itself.
    """
    check_port(host, port)
    environment = os.environ | {"DJANGO_SETTINGS_MODULE": "portal.settings"}
    commands = {
        "web": web_command(host, port, workers),
        "worker": [sys.executable, "manage.py", "run_worker"],
    }
    running = {name: start(command, environment) for name, command in commands.items()}
    stopping = []
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: stopping.append(True))
    say(
        f"The portal answers at http://{'localhost' if host == '127.0.0.1' else host}:{port}/ (stop it with Ctrl-C)"
    )
    try:
        while not stopping:
            if running["web"].poll() is not None:
                sys.exit(running["web"].returncode or 1)
            if running["worker"].poll() is not None:
                say("The background worker stopped; starting it again.")
                time.sleep(RESTART_PAUSE_SECONDS)
                running["worker"] = start(commands["worker"], environment)
            time.sleep(0.3)
    finally:
        stop(running.values())


def web_command(host: str, port: int, workers: int) -> list[str]:
    """The gunicorn command line; its own access log is off since it would write down what people search."""
    return [
        sys.executable, "-m", "gunicorn", "portal.wsgi:application", "--bind", f"{host}:{port}",
        "--workers", str(workers), "--worker-class", "gthread", "--threads", "4", "--timeout", "60",
        "--graceful-timeout", "15", "--max-requests", "20000", "--max-requests-jitter", "2000",
        "--log-level", "warning", "--config", "python:portal.web_server",
    ]  # fmt: skip


def start(command: list[str], environment: dict[str, str]) -> subprocess.Popen[bytes]:
    # A session of its own: Ctrl-C reaches only the supervisor, which then stops both in order.
    return subprocess.Popen(command, cwd=settings.BASE_DIR, env=environment, start_new_session=True)


def stop(processes) -> None:
    for process in processes:
        process.terminate()
    deadline = time.monotonic() + STOP_SECONDS
    for process in processes:
        try:
            process.wait(max(0.1, deadline - time.monotonic()))
        except subprocess.TimeoutExpired:
            process.kill()


def check_port(host: str, port: int) -> None:
    """Raise AddressTaken with the way out when something listens on the port already."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError:
            raise AddressTaken(
                f"Port {port} is in use by another program. Stop it, or choose another: make run PORT={port + 1}"
            ) from None
