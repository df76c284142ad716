"""Data sets in folders: s3://bucket/prefix/ and local paths alike.

A data set is the set of .csv and .parquet files at or below a location. Other files are left alone.
"""

import hashlib
import os
import shutil
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path, PurePosixPath
from typing import Any

from outcome import StepError

DATA_SUFFIXES = (".csv", ".parquet")
MAX_FILES = 10_000
MAX_TOTAL_BYTES = 2 * 1024**3


def fetch(location: str, folder: Path) -> int:
    """Copy the data set at location into folder and return the number of files."""
    found = _s3_files(location) if location.startswith("s3://") else _local_files(location)
    if not found:
        raise StepError(
            f"read the data at {location}, found no {' or '.join(DATA_SUFFIXES)} file; "
            "check that the location is right and that its producer has run"
        )
    total = sum(size for _, _, size in found)
    if len(found) > MAX_FILES or total > MAX_TOTAL_BYTES:
        raise StepError(
            f"read the data at {location}, {len(found)} files with {total} bytes are more than "
            f"MAX_FILES {MAX_FILES} or MAX_TOTAL_BYTES {MAX_TOTAL_BYTES}; name a smaller part of it"
        )
    for name, origin, _ in found:
        target = folder / name
        target.parent.mkdir(parents=True, exist_ok=True)
        if isinstance(origin, Path):
            shutil.copyfile(origin, target)
        else:
            bucket, key = origin
            with _s3_call(f"read s3://{bucket}/{key}") as s3:
                s3.download_file(bucket, key, str(target))
    return len(found)


def publish(folder: Path, location: str) -> int:
    """Copy the data set in folder to location. Each file appears whole or not at all.

    Files of the same name are replaced; others at the location stay.
    """
    names = data_files(folder)
    if location.startswith("s3://"):
        bucket, prefix = _bucket_and_prefix(location)
        with _s3_call(f"wrote to {location}") as s3:
            for name in names:
                s3.upload_file(str(folder / name), bucket, prefix + name)
        return len(names)
    _publish_locally(folder, names, Path(location))
    return len(names)


def data_files(folder: Path) -> list[str]:
    """Names, relative to folder and sorted, of the data files in it."""
    return sorted(
        path.relative_to(folder).as_posix()
        for path in folder.rglob("*")
        if path.is_file() and path.suffix in DATA_SUFFIXES and not path.name.startswith(".")
    )


def digest(folder: Path, names: list[str]) -> str:
    """sha256 over the lines that `sha256sum` prints for these files, sorted by name."""
    whole = hashlib.sha256()
    for name in sorted(names):
        with (folder / name).open("rb") as file:
            one = hashlib.file_digest(file, "sha256").hexdigest()
        whole.update(f"{one}  {name}\n".encode())
    return f"sha256:{whole.hexdigest()}"


def _publish_locally(folder: Path, names: list[str], location: Path) -> None:
    staged: list[tuple[Path, Path]] = []
    try:
        for name in names:
            target = location / name
            target.parent.mkdir(parents=True, exist_ok=True)
            partial = target.with_name(f".{target.name}.{uuid.uuid4().hex}.partial")
            staged.append((partial, target))
            shutil.copyfile(folder / name, partial)
        # Renamed together at the end, so that a reader sees old files or new ones, rarely a mixture.
        for partial, target in staged:
            os.replace(partial, target)
    except OSError as error:
        for partial, _ in staged:
            partial.unlink(missing_ok=True)
        raise StepError(
            f"wrote to {location}, failed because {error}; check that it is writable and has room"
        ) from error


def _local_files(location: str) -> list[tuple[str, Any, int]]:
    root = Path(location)
    if root.is_file() and root.suffix in DATA_SUFFIXES:
        return [(root.name, root, root.stat().st_size)]
    if not root.is_dir():
        raise StepError(f"read the data at {location}, there is no such file or folder; check the parameter")
    return [(name, root / name, (root / name).stat().st_size) for name in data_files(root)]


def _s3_files(location: str) -> list[tuple[str, Any, int]]:
    bucket, prefix = _bucket_and_prefix(location)
    found: list[tuple[str, Any, int]] = []
    with _s3_call(f"listed {location}") as s3:
        for page in s3.get_paginator("list_objects_v2").paginate(Bucket=bucket, Prefix=prefix):
            for entry in page.get("Contents", []):
                name = PurePosixPath(entry["Key"][len(prefix) :])
                if name.suffix not in DATA_SUFFIXES or name.name.startswith("."):
                    continue
                if name.is_absolute() or ".." in name.parts:
                    raise StepError(f"read the data at {location}, the key {entry['Key']!r} leaves it; rename it")
                found.append((name.as_posix(), (bucket, entry["Key"]), entry["Size"]))
            if len(found) > MAX_FILES:
                break
    return found


def _bucket_and_prefix(location: str) -> tuple[str, str]:
    bucket, _, prefix = location.removeprefix("s3://").partition("/")
    if not bucket:
        raise StepError(f"read the location {location}, it names no bucket; write s3://bucket/prefix/")
    return bucket, prefix if not prefix or prefix.endswith("/") else prefix + "/"


@contextmanager
def _s3_call(action: str) -> Iterator[Any]:
    """An S3 client whose failures say what was tried."""
    import boto3
    from boto3.exceptions import Boto3Error
    from botocore.config import Config
    from botocore.exceptions import BotoCoreError, ClientError

    try:
        # Endpoint, region and credentials come from AWS's own variables, so that MinIO and IRSA work alike.
        yield boto3.client("s3", config=Config(retries={"mode": "standard", "max_attempts": 5}))
    except (Boto3Error, BotoCoreError, ClientError) as error:
        raise StepError(
            f"{action}, failed because {error}; check the bucket and the role of the service account"
        ) from error
