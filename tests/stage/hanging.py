"""A real hang of one thread of a process, while its other threads go on."""

import contextlib
import ctypes
import os
import pathlib

_SEIZE, _INTERRUPT, _DETACH = 0x4206, 0x4207, 17  # ptrace(2), linux/ptrace.h
_WALL = 0x40000000  # waitpid(2): of threads, too
_libc = ctypes.CDLL(None, use_errno=True)
_libc.ptrace.argtypes = [ctypes.c_long, ctypes.c_long, ctypes.c_void_p, ctypes.c_void_p]


def _ptrace(request, thread):
    if _libc.ptrace(request, thread, None, None) != 0:
        raise OSError(ctypes.get_errno(), os.strerror(ctypes.get_errno()))


def find_thread(process, name):
    """The id of the first thread of that name."""
    for folder in sorted(pathlib.Path(f"/proc/{process}/task").iterdir()):
        if (folder / "comm").read_text().strip() == name:
            return int(folder.name)
    raise AssertionError(f"process {process} has no thread {name}")


@contextlib.contextmanager
def hung_thread(process, name):
    """The thread stops wherever it is, and goes on afterwards if it still exists. For root."""
    thread = find_thread(process, name)
    _ptrace(_SEIZE, thread)
    try:
        _ptrace(_INTERRUPT, thread)
        os.waitpid(thread, _WALL)
        yield
    finally:
        try:
            _ptrace(_DETACH, thread)
        except OSError:  # it has been killed: it is gone when its tracer has taken note
            with contextlib.suppress(ChildProcessError):
                os.waitpid(thread, _WALL)
