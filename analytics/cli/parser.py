"""What can be said on the command line."""

import argparse
import datetime
from pathlib import Path


def parser() -> argparse.ArgumentParser:
    """Every command with its options; the command's function stands in ``commands``."""
    top = argparse.ArgumentParser(prog="python -m analytics", description="Tierdesk without a screen.")
    top.add_argument("--language", choices=("zh", "en"), default="en", help="language of what is printed")
    commands = top.add_subparsers(dest="command", required=True, metavar="COMMAND")

    commands.add_parser("setup", help="make the store, the first standard and the demo bank, where missing")

    demo = commands.add_parser("demo", help="make the demo bank's files")
    demo.add_argument("--customers", type=int, default=50_000)
    demo.add_argument("--quarters", type=int, default=8)
    demo.add_argument("--seed", type=int, default=20260101)
    demo.add_argument("--out", type=Path, default=None, help="folder (default: the demo setting)")

    settings = commands.add_parser("settings", help="print the settings in use")
    settings.add_argument("--get", metavar="NAME", help="print one setting only")

    bring = commands.add_parser("import", help="bring a customer file in as a snapshot")
    bring.add_argument("file", type=Path)
    bring.add_argument("--mapping", type=Path, required=True)
    bring.add_argument("--rejects", type=Path, help="write refused rows with their reasons to this CSV")
    _actor(bring)

    check = commands.add_parser("check", help="read a standard and report every fault")
    check.add_argument("rules", type=Path)

    classify = commands.add_parser("classify", help="classify snapshots by a standard")
    classify.add_argument("--snapshot", help="id or period (default: every latest snapshot)")
    classify.add_argument("--standard", help="hash, or rules.toml, of a kept standard (default: in force)")
    _actor(classify)

    diff = commands.add_parser("diff", help="say what one standard changes in another, and who would move")
    diff.add_argument("before", help="a rules.toml, or the hash of a kept standard")
    diff.add_argument("after", help="a rules.toml, or the hash of a kept standard")
    diff.add_argument("--snapshot", help="id or period whose customers are counted")

    publish = commands.add_parser("publish", help="propose a rules.toml, confirm a proposal, or found a store's first")
    which = publish.add_mutually_exclusive_group(required=True)
    which.add_argument("--propose", type=Path, metavar="RULES")
    which.add_argument("--confirm", metavar="PROPOSAL")
    which.add_argument("--return", dest="send_back", metavar="PROPOSAL")
    which.add_argument("--found", type=Path, metavar="RULES", help="publish the first standard of an empty store")
    which.add_argument("--settle", action="store_true", help="bring rules.toml in step with the law of today")
    publish.add_argument("--title", default="")
    publish.add_argument("--reason", default="")
    publish.add_argument("--version", default="")
    publish.add_argument("--effective", type=datetime.date.fromisoformat, default=None)
    publish.add_argument("--snapshot", help="id or period that the impact is shown on (default: the latest)")
    _actor(publish)

    verify = commands.add_parser("verify", help="prove the chain, the publications and every past result")
    verify.add_argument("--deep", action="store_true", help="from the facts of every customer again")

    export = commands.add_parser("export", help="write results, a standard, or its plain SQL to a file")
    export.add_argument("what", choices=("results", "rules", "sql"))
    export.add_argument("out", type=Path)
    export.add_argument("--snapshot", help="id or period (default: the latest)")
    export.add_argument("--standard", help="hash, or rules.toml, of a kept standard (default: in force)")
    _actor(export)
    return top


def _actor(command: argparse.ArgumentParser) -> None:
    command.add_argument("--by", default="scheduler", help="who does this")
