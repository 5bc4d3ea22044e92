"""The command line: ``roulement COMMAND``. Errors are one line on stderr; exit 2 for bad arguments, 1 for failure."""

from __future__ import annotations

import os
import sys
from argparse import ArgumentParser
from collections.abc import Sequence
from typing import NoReturn

from dashboard.commands import WHERE, command
from dashboard.commands.command import Failed, Misused
from dashboard.domain.refusals import Refusal
from dashboard.settings import Settings, WrongSetting


class OneLineParser(ArgumentParser):
    """Says what is wrong with the arguments in one line."""

    def error(self, message: str) -> NoReturn:
        """Exit 2."""
        sys.stderr.write(f"{self.prog}: {' '.join(message.split())} (see `{self.prog} --help`)\n")
        sys.exit(2)


def parser(*names: str) -> ArgumentParser:
    """These commands, or all, and their arguments."""
    program = OneLineParser(prog="roulement", description="A live dispatch desk for bike-delivery co-operatives.")
    commands = program.add_subparsers(required=True, metavar="COMMAND")
    for name in names or WHERE:
        command(name).add_to(commands)
    return program


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; the exit status."""
    words = sys.argv[1:] if arguments is None else arguments
    asked = parser(*(name for name in words[:1] if name in WHERE)).parse_args(words)
    try:
        return asked.run(asked, Settings.read(os.environ)) or 0
    except Misused as error:
        return _complain(error, 2)
    except (Failed, Refusal, WrongSetting) as error:
        return _complain(error, 1)
    except KeyboardInterrupt:
        return 130
    except BrokenPipeError:  # the reader of our output has gone: nothing to tell anybody
        sys.stdout = None
        return 1


def _complain(error: Exception, status: int) -> int:
    sys.stderr.write(f"roulement: {' '.join(str(error).split())}\n")
    return status


if __name__ == "__main__":
    sys.exit(main())
