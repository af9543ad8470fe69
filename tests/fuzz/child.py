"""The child of ``board/sheets/child.py`` kept alive for many files: ``python -I tests/fuzz/child.py PATH-OF-THE-REAL-ONE``.

For tests alone: the program starts a fresh child for every file, and nothing in it knows of this one. The limits are the real ones,
but that of CPU seconds, which is moved on with every file. Frames of four bytes of length, then the lines of the real one or {"raised"}.
"""

from __future__ import annotations

import json
import resource
import runpy
import struct
import sys
import traceback


def main() -> None:
    """Answer until the input ends."""
    real = runpy.run_path(sys.argv[1])
    real["alone"]()
    from board.sheets.reply import answer

    real["limit"].__globals__["resource"] = _Resource
    real["limit"]()
    source, sink = sys.stdin.buffer, sys.stdout.buffer
    while head := source.read(4):
        first, _, data = source.read(struct.unpack(">I", head)[0]).partition(b"\n")
        used = resource.getrusage(resource.RUSAGE_SELF)
        seconds = int(used.ru_utime + used.ru_stime) + 1 + real["CPU_SECONDS"]
        resource.setrlimit(resource.RLIMIT_CPU, (seconds, resource.RLIM_INFINITY))
        try:
            told = json.loads(first)
            said = (json.dumps(one, ensure_ascii=False).encode("utf-8", "replace") for one in answer(data, told["name"], told["most"]))
            out = b"\n".join(said)
        except BaseException:  # the real one would end here, and be told by its exit
            out = json.dumps({"raised": traceback.format_exc()[-1500:]}).encode()
        sink.write(struct.pack(">I", len(out)) + out)
        sink.flush()


class _Resource:
    """The module ``resource`` for the real ``limit``, without its limit of CPU seconds for the whole life of the process."""

    RLIMIT_AS, RLIMIT_CORE, RLIMIT_FSIZE = resource.RLIMIT_AS, resource.RLIMIT_CORE, resource.RLIMIT_FSIZE
    RLIMIT_CPU = -1

    @staticmethod
    def setrlimit(what: int, limits: tuple[int, int]) -> None:
        if what >= 0:
            resource.setrlimit(what, limits)


if __name__ == "__main__":
    main()
