"""Start and stop a private PostgreSQL and a real Elasticsearch for tests: services.py start|stop|status.

    eval "$(python3 scripts/services.py start)"     sets DATABASE_URL and ELASTICSEARCH_URL

Both keep their data and logs in var/services (SERVICES_DIR) and listen on this machine only. Environment: PG_PORT
(5433), ES_PORT (9201), ES_HEAP (1g). Not for production: PostgreSQL trades safety after a power cut for speed.
"""

from __future__ import annotations

import contextlib
import json
import os
import pwd
import re
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
import zipfile
from pathlib import Path

from console import VAR_DIR, Problem, output_of, run_main, step

SERVICES = Path(os.environ.get("SERVICES_DIR") or VAR_DIR / "services").absolute()
LOGS = SERVICES / "logs"
ES_VERSION = "8.19.21"
ES_ARTIFACT = f"org.elasticsearch.distribution.integ-test-zip:elasticsearch:{ES_VERSION}:zip"
ES_READY_SECONDS = 180


def account() -> dict[str, object]:
    """Options for subprocess: neither server runs as root, so root starts them as postgres or nobody."""
    if os.geteuid():
        return {}
    for name in ("postgres", "nobody"):
        with contextlib.suppress(KeyError):
            user = pwd.getpwnam(name)
            return {"user": user.pw_uid, "group": user.pw_gid, "extra_groups": []}
    raise Problem(
        "Neither server runs as root, and this machine has no user postgres or nobody to run them as."
    )


def prepare_folder(*folders: Path) -> None:
    """Create folders that the servers' account owns and can reach."""
    who = account()
    for folder in (SERVICES, LOGS, *folders):
        folder.mkdir(parents=True, exist_ok=True)
        if who:
            os.chown(folder, who["user"], who["group"])
    reached = subprocess.run(["test", "-w", str(LOGS)], **who)
    if reached.returncode:
        raise Problem(
            f"The servers' account cannot write in {SERVICES}. "
            "Name a folder that it can reach: SERVICES_DIR=/var/tmp/services"
        )


def port_is_free(port: int) -> bool:
    with socket.socket() as attempt:
        attempt.settimeout(1)
        return attempt.connect_ex(("127.0.0.1", port)) != 0


def number(name: str, default: int) -> int:
    value = os.environ.get(name) or str(default)
    if not value.isdecimal():
        raise Problem(f"{name} must be a port number, not {value!r}")
    return int(value)


def refuse_taken(port: int, variable: str) -> None:
    if not port_is_free(port):
        raise Problem(f"Port {port} is taken by another program. Choose another: {variable}={port + 10}")


class PostgreSQL:
    """A cluster of its own made by the machine's PostgreSQL programs."""

    name = "PostgreSQL"
    data = SERVICES / "postgres"

    def __init__(self) -> None:
        self.port = number("PG_PORT", 5433)
        self.url = f"DATABASE_URL=postgres://portal@127.0.0.1:{self.port}/portal"

    def program(self, name: str) -> Path:
        """The newest installed version of a PostgreSQL program."""
        found = sorted(Path("/usr/lib/postgresql").glob(f"*/bin/{name}"), key=lambda p: int(p.parts[4]))
        path = found[-1] if found else shutil.which(name)
        if not path:
            raise Problem("PostgreSQL is not installed. On Debian and Ubuntu: apt install postgresql")
        return Path(path)

    def is_running(self) -> bool:
        """Whether our cluster runs; raise Problem when it does so on another port than asked for."""
        pid_file = self.data / "postmaster.pid"
        status = [self.program("pg_ctl"), "status", "-D", self.data]
        if not pid_file.exists() or subprocess.run(status, capture_output=True, **account()).returncode:
            return False
        port = pid_file.read_text().splitlines()[3]
        if port != str(self.port):
            raise Problem(
                f"PostgreSQL runs on port {port} already. Stop it first (make services-stop) or use it."
            )
        return True

    def start(self) -> None:
        pg_ctl, who = self.program("pg_ctl"), account()
        if self.is_running():
            return
        refuse_taken(self.port, "PG_PORT")
        prepare_folder()
        if not (self.data / "PG_VERSION").exists():
            command = [self.program("initdb"), "-D", self.data, "-U", "portal", "-A", "trust"]
            output_of([*command, "-E", "UTF8", "--locale=C.UTF-8"], cwd="/", **who)
        settings = (
            f"-p {self.port} -c listen_addresses=127.0.0.1 -c unix_socket_directories='' "
            "-c fsync=off -c synchronous_commit=off -c full_page_writes=off"
        )
        log = LOGS / "postgres.log"
        command = [pg_ctl, "start", "-D", self.data, "-w", "-t", "60", "-l", log, "-o", settings]
        # pg_ctl's child keeps its output open, so it must not be a pipe that we wait for.
        if subprocess.run(
            command, cwd="/", stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, **who
        ).returncode:
            raise Problem(f"PostgreSQL did not start. Its log: {log}")
        connect = ["-h", "127.0.0.1", "-p", self.port, "-U", "portal"]
        names = output_of(
            [self.program("psql"), *connect, "-d", "postgres", "-Atc", "select datname from pg_database"]
        )
        if "portal" not in names.split():
            output_of([self.program("createdb"), *connect, "portal"])

    def stop(self) -> None:
        if (self.data / "postmaster.pid").exists():
            command = [self.program("pg_ctl"), "stop", "-D", self.data, "-m", "fast", "-w"]
            subprocess.run(command, cwd="/", capture_output=True, **account())


class Elasticsearch:
    """The distribution that its makers publish for integration tests, fetched from Maven Central."""

    name = "Elasticsearch"
    home = SERVICES / f"elasticsearch-{ES_VERSION}"
    config = SERVICES / "elasticsearch-config"
    pid_file = SERVICES / "elasticsearch.pid"

    def __init__(self) -> None:
        self.port = number("ES_PORT", 9201)
        self.url = f"ELASTICSEARCH_URL=http://127.0.0.1:{self.port}"

    def is_running(self) -> bool:
        """Whether our server, not another program on the port, answers and is well."""
        if not self.pid():
            return False
        try:
            address = f"http://127.0.0.1:{self.port}/_cluster/health"
            with urllib.request.urlopen(address, timeout=5) as answer:
                health = json.load(answer)
        except (OSError, ValueError):
            return False
        return health.get("status") in ("green", "yellow")

    def start(self) -> None:
        if self.is_running():
            return
        if self.pid():
            raise Problem(
                "Elasticsearch runs on another port or is not well. Stop it first: make services-stop"
            )
        refuse_taken(self.port, "ES_PORT")
        java = java_home()
        prepare_folder(SERVICES / "elasticsearch-data", self.config)
        if not (self.home / "bin" / "elasticsearch").exists():
            self.fetch()
        self.configure()
        environment = os.environ | {
            "ES_PATH_CONF": str(self.config),
            "ES_JAVA_OPTS": f"-Xms{self.heap()} -Xmx{self.heap()}",
            "ES_JAVA_HOME": java,
            "HOME": str(SERVICES),
        }
        log = LOGS / "elasticsearch.log"
        with log.open("ab") as output:
            server = subprocess.Popen(
                [self.home / "bin" / "elasticsearch", "-p", self.pid_file],
                cwd=SERVICES, env=environment, stdin=subprocess.DEVNULL, stdout=output, stderr=output,
                start_new_session=True, **account(),
            )  # fmt: skip
        self.wait(server, log)

    def heap(self) -> str:
        heap = os.environ.get("ES_HEAP") or "1g"
        if not re.fullmatch(r"\d+[mMgG]", heap):
            raise Problem(f"ES_HEAP is a size such as 512m or 2g, not {heap!r}")
        return heap

    def wait(self, server: subprocess.Popen[bytes], log: Path) -> None:
        deadline = time.monotonic() + ES_READY_SECONDS
        while time.monotonic() < deadline:
            if self.is_running():
                return
            if server.poll() is not None:
                raise Problem(f"Elasticsearch stopped while starting. Its log: {log}")
            time.sleep(0.5)
        self.stop()
        raise Problem(f"Elasticsearch did not answer within {ES_READY_SECONDS} seconds. Its log: {log}")

    def fetch(self) -> None:
        """Download the archive with Maven and unpack it."""
        archive = SERVICES / f"elasticsearch-{ES_VERSION}.zip"
        if not archive.exists():
            if not shutil.which("mvn"):
                raise Problem("Elasticsearch is fetched with Maven. On Debian and Ubuntu: apt install maven")
            # The version of the plugin is named so that the same one is used everywhere.
            goal = "org.apache.maven.plugins:maven-dependency-plugin:3.6.0:copy"
            command = ["mvn", goal, "-q", "-B", f"-Dartifact={ES_ARTIFACT}", f"-DoutputDirectory={SERVICES}"]
            try:
                output_of([*command, "-Dstyle.color=never"], cwd=SERVICES)
            except Problem as problem:
                said = re.search(r"\[ERROR\] (.{1,300})", str(problem))
                raise Problem(
                    f"Maven could not fetch Elasticsearch: {said[1] if said else problem}"
                ) from None
        with zipfile.ZipFile(archive) as source:
            for entry in source.infolist():
                path = Path(source.extract(entry, SERVICES))
                if mode := entry.external_attr >> 16 & 0o777:
                    path.chmod(mode | 0o444)

    def configure(self) -> None:
        for name in ("jvm.options", "log4j2.properties"):
            shutil.copy(self.home / "config" / name, self.config)
        settings = {
            "cluster.name": "portal-tests",
            "discovery.type": "single-node",
            "xpack.security.enabled": "false",
            "http.port": self.port,
            "network.host": "127.0.0.1",
            "transport.port": self.port + 100,
            "path.data": SERVICES / "elasticsearch-data",
            "path.logs": LOGS,
            "cluster.routing.allocation.disk.threshold_enabled": "false",
        }
        lines = "".join(f"{name}: {value}\n" for name, value in settings.items())
        (self.config / "elasticsearch.yml").write_text(lines, encoding="utf-8")
        who = account()
        for path in [self.config, *self.config.iterdir()] if who else []:
            os.chown(path, who["user"], who["group"])

    def pid(self) -> int | None:
        """The server's process id while it runs."""
        try:
            pid = int(self.pid_file.read_text())
        except (OSError, ValueError):
            return None
        return pid if is_elasticsearch(pid) else None

    def stop(self) -> None:
        if not (pid := self.pid()):
            return
        os.kill(pid, signal.SIGTERM)
        # Its pid file is gone long before the process is, so the process itself is watched.
        deadline = time.monotonic() + 30
        while is_elasticsearch(pid) and time.monotonic() < deadline:
            time.sleep(0.2)
        if is_elasticsearch(pid):
            os.kill(pid, signal.SIGKILL)


def is_elasticsearch(pid: int) -> bool:
    try:
        return "elasticsearch" in Path(f"/proc/{pid}/cmdline").read_text(errors="replace")
    except OSError:
        return False


def java_home() -> str:
    """Where the Java on the PATH lives; raise Problem unless it is version 17 or newer."""
    way_out = "On Debian and Ubuntu: apt install openjdk-17-jre-headless"
    if not shutil.which("java"):
        raise Problem(f"Elasticsearch needs Java 17 or newer. {way_out}")
    said = output_of(["java", "-XshowSettings:properties", "-version"])
    version = re.search(r"java\.specification\.version = (?:1\.)?(\d+)", said)
    home = re.search(r"java\.home = (.+)", said)
    if not version or not home or int(version[1]) < 17:
        raise Problem(f"Elasticsearch needs Java 17 or newer, and the one here is older. {way_out}")
    return home[1].strip()


def main() -> None:
    verb = sys.argv[1] if len(sys.argv) == 2 else ""
    if verb not in ("start", "stop", "status"):
        raise Problem("say start, stop or status")
    for service in (PostgreSQL(), Elasticsearch()):
        if verb == "status":
            print(f"{service.name}: {'running' if service.is_running() else 'stopped'} ({service.url})")
            continue
        # Standard output carries the export lines alone, so that a shell can evaluate it.
        label = f"{'Starting' if verb == 'start' else 'Stopping'} {service.name}"
        with contextlib.redirect_stdout(sys.stderr), step(label):
            service.start() if verb == "start" else service.stop()
        if verb == "start":
            print(f"export {service.url}")


if __name__ == "__main__":
    run_main(main)
