"""ask_checkov.py TARGET PATH... - what checkov says of each template or configuration, as JSON; for
checkov's own Python.

Each is asked about by itself, through a link of a name that says nothing. Over a folder, things of one
name in two files are one to checkov, and which one is a matter of the order of directories. And it puts
the path of the file among the values that it looks for keys in: a path with 40 letters, digits and
slashes between two hyphens is an AWS key to it, so what it finds depends on where a checkout is."""

import json
import os
import pathlib
import sys
import tempfile

from checkov.cloudformation.runner import Runner as CloudFormation
from checkov.runner_filter import RunnerFilter
from checkov.terraform.runner import Runner as Terraform

RUNNERS = {"cloudformation": CloudFormation, "terraform": Terraform}


def ask(target, path):
    with tempfile.TemporaryDirectory(prefix="wgen-", dir="/tmp") as folder:
        link = pathlib.Path(folder, "it" + pathlib.Path(path).suffix)
        link.symlink_to(os.path.abspath(path))
        where = {"root_folder": str(link)} if link.is_dir() else {"root_folder": None, "files": [str(link)]}
        report = RUNNERS[target]().run(**where, runner_filter=RunnerFilter(framework=[target], show_progress_bar=False))
    return {"errors": report.parsing_errors, "passed": len(report.passed_checks),
            "failed": [[check.check_id, check.resource] for check in report.failed_checks]}


json.dump({path: ask(sys.argv[1], path) for path in sys.argv[2:]}, sys.stdout)
