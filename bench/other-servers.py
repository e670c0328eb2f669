#!/usr/bin/env python3
"""What does the checker say of the echo services of Debian's inetds?

  bench/other-servers.py [NAME…]     inetutils-inetd, xinetd, openbsd-inetd, or those named

Downloads their Debian packages and unpacks them in a temporary folder; nothing is installed. Each
serves echo at port 7 of a network namespace of its own, where the checker asks it over both
transports. Prints the package's version, and each case that is no pass. To be run by root.
"""

import contextlib
import pathlib
import subprocess
import sys
import tempfile
import time

SOCKBED = str(pathlib.Path(__file__).resolve().parent.parent / "sockbed")

LINES = "echo stream tcp nowait root internal\necho dgram udp wait root internal\n"
BLOCK = """service echo
{{
  type = INTERNAL
  id = echo-{kind}
  socket_type = {kind}
  protocol = {protocol}
  user = root
  wait = {wait}
  disable = no
  instances = UNLIMITED
  cps = 100000 1
}}
"""
INETDS = {
    "inetutils-inetd": ("usr/sbin/inetutils-inetd", ["-d", "-R", "1000000"], LINES),
    "openbsd-inetd": ("usr/sbin/inetd", ["-d", "-R", "1000000"], LINES),
    "xinetd": (
        "usr/sbin/xinetd",
        ["-dontfork", "-f"],
        BLOCK.format(kind="stream", protocol="tcp", wait="no")
        + BLOCK.format(kind="dgram", protocol="udp", wait="yes"),
    ),
}


def unpacked(package, folder):
    """Its version, when it is unpacked in the folder."""
    subprocess.run(
        ["apt-get", "-qq", "-o", "APT::Sandbox::User=root", "download", package],
        cwd=folder,
        check=True,
    )
    file = next(folder.glob(f"{package}_*.deb"))
    subprocess.run(["dpkg-deb", "-x", file, folder], check=True)
    return subprocess.run(
        ["dpkg-deb", "-f", file, "Version"], capture_output=True, text=True, check=True
    ).stdout.strip()


@contextlib.contextmanager
def running(program, flags, config):
    """Runs it in this process's network namespace."""
    with subprocess.Popen(
        [program, *flags, config],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    ) as inetd:
        try:
            deadline = time.monotonic() + 40
            while not listens():
                if time.monotonic() > deadline:
                    sys.exit(f"{program} does not listen")
                time.sleep(0.1)
            yield
        finally:
            inetd.kill()


def listens():
    sockets = pathlib.Path("/proc/net/tcp").read_text() + pathlib.Path("/proc/net/tcp6").read_text()
    return ":0007 " in sockets


def judge(package, folder):
    program, flags, text = INETDS[package]
    config = folder / "echo.conf"
    config.write_text(text)
    with running(folder / program, flags, config):
        for transport in ("tcp", "udp"):
            command = [SOCKBED, "check", "server", f"{transport}://127.0.0.1:7", "--quiet"]
            told = subprocess.run(command, capture_output=True, text=True, check=False)
            lines = (told.stdout + told.stderr).splitlines()
            bad = [line for line in lines if line and not line.startswith("PASS")]
            print(f"{transport}:", *bad, sep="\n  ", flush=True)


def main():
    if sys.argv[1:2] == ["--inside"]:
        judge(sys.argv[2], pathlib.Path(sys.argv[3]))
        return
    wanted = sys.argv[1:] or list(INETDS)
    if not set(wanted) <= set(INETDS):
        sys.exit(__doc__)
    for package in wanted:
        with tempfile.TemporaryDirectory() as scratch:
            folder = pathlib.Path(scratch)
            print(package, unpacked(package, folder), flush=True)
            inside = [sys.executable, __file__, "--inside", package, scratch]
            alone = ["unshare", "-n", "sh", "-c", 'ip link set lo up && exec "$@"', "sh", *inside]
            subprocess.run(alone, check=True)


main()
