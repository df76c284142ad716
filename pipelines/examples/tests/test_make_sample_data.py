import hashlib
import subprocess
import sys
from pathlib import Path

import make_sample_data
import pytest


def make(file, *options):
    command = [sys.executable, make_sample_data.__file__, str(file), *options]
    return subprocess.run(command, capture_output=True, text=True, check=False)


def sha256(file):
    return hashlib.sha256(Path(file).read_bytes()).hexdigest()


def test_the_same_seed_gives_the_same_bytes_on_every_machine(tmp_path):
    assert make(tmp_path / "raw" / "customers.csv").returncode == 0
    assert (
        sha256(tmp_path / "raw" / "customers.csv") == "fbd63648654c214f08c7c90f8403213caaa3e65489e02c43f7a67644f53b1715"
    )


def test_the_defective_data_set_differs_in_four_rows(tmp_path):
    make(tmp_path / "good.csv")
    assert make(tmp_path / "defect.csv", "--defect").returncode == 0
    good, defect = ((tmp_path / name).read_text().splitlines() for name in ("good.csv", "defect.csv"))
    assert len(good) == len(defect) == 1001
    assert sum(left != right for left, right in zip(good, defect, strict=True)) == 4


@pytest.mark.parametrize("rows", ["99", "1000001", "many"])
def test_an_unreasonable_number_of_rows_is_refused(tmp_path, rows):
    assert make(tmp_path / "x.csv", "--rows", rows).returncode == 2
    assert not (tmp_path / "x.csv").exists()
