"""The program that a test is given on its command line."""
import argparse
import os
import sys


def program_under_test(description):
    """(path of the program, the other arguments); ends the run as skipped, status 77, where there is no language model."""
    parser = argparse.ArgumentParser(description=description)
    parser.add_argument("--program", required=True)
    arguments, rest = parser.parse_known_args()
    if not os.environ.get("DATELINE_MODEL"):
        print("skipped: DATELINE_MODEL is not set")
        sys.exit(77)
    return os.path.abspath(arguments.program), rest
