"""Types words into a real interactive shell, presses TAB, and prints the line the shell made of them."""
import os
import pty
import select
import sys
import time

SHELL, SETUP, TYPED = sys.argv[1:4]
START_COMMANDS = {"bash": ["bash", "--norc", "--noprofile", "-i"], "zsh": ["zsh", "-f", "-i"]}
READY, DONE = "ready-for-keys", "line-is:"


def read_until(fd, mark, seconds):
    seen, ends = "", time.monotonic() + seconds
    while time.monotonic() < ends:
        if select.select([fd], [], [], 0.1)[0]:
            try:
                seen += os.read(fd, 65536).decode(errors="replace")
            except OSError:
                break
            if mark in seen:
                return seen
    raise SystemExit(f"{mark!r} did not come; the shell said: {seen!r}")


def settle(fd):
    """Waits until the shell says nothing for a while: it has completed then."""
    while select.select([fd], [], [], 1.0)[0]:
        os.read(fd, 65536)


pid, terminal = pty.fork()
if pid == 0:
    os.environ.update(TERM="dumb", PS1="> ", INPUTRC="/dev/null")
    os.execvp(SHELL, START_COMMANDS[SHELL])
os.write(terminal, f"{SETUP}; echo ready-for'-'keys\n".encode())
read_until(terminal, READY, 30)
settle(terminal)
os.write(terminal, f"{TYPED}\t".encode())
settle(terminal)
# Control-A goes to the beginning of the line: it is printed instead of run.
os.write(terminal, b"\x01echo line-is: \n")
said = read_until(terminal, f"\n{DONE}", 30)
settle_ends = said.split(f"\n{DONE}", 1)[1]
if "\n" not in settle_ends:
    settle_ends += read_until(terminal, "\n", 10)
print(settle_ends.split("\n", 1)[0].strip())
os.write(terminal, b"exit\n")
