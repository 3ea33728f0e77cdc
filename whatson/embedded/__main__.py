"""`python -m whatson.embedded run`: the whole portal. `exec -- COMMAND`: one command beside it."""

import argparse
import sys

from whatson.embedded import launcher
from whatson.embedded.report import Stopped, Trouble, say


def arguments(given: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="make")
    verbs = parser.add_subparsers(dest="verb", required=True)
    run = verbs.add_parser("run", help="start the portal and keep it running")
    run.add_argument("--port", type=port, default=8000)
    run.add_argument("--data", default=".data")
    run.add_argument(
        "--without-demonstration", action="store_true", help="real content alone, nobody invented"
    )
    beside = verbs.add_parser("exec", help="run one command with the services")
    beside.add_argument("--data", default=".data")
    beside.add_argument(
        "--throwaway", action="store_true", help="services that are gone afterwards, for tests"
    )
    beside.add_argument(
        "--services-only", action="store_true", help="no tables and no reference data, for a restore"
    )
    beside.add_argument("command", nargs=argparse.REMAINDER)
    return parser.parse_args(given)


def port(text: str) -> int:
    number = int(text) if text.isdigit() else 0
    if not 1 <= number <= 65535:
        raise argparse.ArgumentTypeError(f"PORT is a number from 1 to 65535, not {text!r}")
    return number


def main() -> int:
    options = arguments(sys.argv[1:])
    try:
        if options.verb == "run":
            launcher.run(options.data, options.port, demonstration=not options.without_demonstration)
            return 0
        command = options.command[1:] if options.command[:1] == ["--"] else options.command
        return launcher.beside(
            options.data, command, throwaway=options.throwaway, services_only=options.services_only
        )
    except Trouble as trouble:
        sys.stdout.flush()
        sys.stderr.write(f"make: {trouble}\n")
        return 1
    except Stopped:
        say("\nStopped. The data stay." if options.verb == "run" else "\nStopped.")
        return 0 if options.verb == "run" else 130


if __name__ == "__main__":
    raise SystemExit(main())
