import hashlib

import boto3
import pytest
import storage
from moto.server import ThreadedMotoServer
from outcome import StepError


@pytest.fixture
def bucket(monkeypatch):
    """A bucket of a real HTTP server on loopback that speaks S3."""
    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    for name, value in {
        "AWS_ENDPOINT_URL_S3": f"http://{host}:{port}",
        "AWS_ACCESS_KEY_ID": "test",
        "AWS_SECRET_ACCESS_KEY": "test",
        "AWS_DEFAULT_REGION": "us-east-1",
    }.items():
        monkeypatch.setenv(name, value)
    made = boto3.resource("s3").create_bucket(Bucket="rows")
    yield made
    server.stop()


def write(folder, **files):
    for name, text in files.items():
        target = folder / name.replace("__", "/").replace("_", ".")
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text)
    return folder


def test_takes_data_files_only_and_keeps_their_folders(tmp_path):
    source = write(tmp_path / "in", a_csv="1", sub__b_csv="2", notes_txt="x", _hidden_csv="y")
    target = tmp_path / "out"
    target.mkdir()
    assert storage.fetch(f"{source}/", target) == 2
    assert storage.data_files(target) == ["a.csv", "sub/b.csv"]


def test_takes_a_single_file(tmp_path):
    source = write(tmp_path / "in", a_csv="1", b_csv="2")
    assert storage.fetch(str(source / "b.csv"), tmp_path) == 1
    assert (tmp_path / "b.csv").read_text() == "2"


def test_the_digest_is_that_of_sha256sums_lines(tmp_path):
    write(tmp_path, a_csv="1", sub__b_csv="2")
    lines = f"{hashlib.sha256(b'1').hexdigest()}  a.csv\n{hashlib.sha256(b'2').hexdigest()}  sub/b.csv\n"
    expected = f"sha256:{hashlib.sha256(lines.encode()).hexdigest()}"
    assert storage.digest(tmp_path, ["sub/b.csv", "a.csv"]) == expected


def test_the_digest_tells_names_and_contents_apart(tmp_path):
    write(tmp_path, a_csv="1", b_csv="1", c_csv="2")
    assert len({storage.digest(tmp_path, [name]) for name in ("a.csv", "b.csv", "c.csv")}) == 3


def test_an_empty_folder_is_refused(tmp_path):
    with pytest.raises(StepError, match=r"found no \.csv or \.parquet file"):
        storage.fetch(str(tmp_path), tmp_path)


@pytest.mark.parametrize("bound", ["MAX_FILES", "MAX_TOTAL_BYTES"])
def test_passing_a_bound_is_refused_by_its_name(tmp_path, monkeypatch, bound):
    source = write(tmp_path / "in", a_csv="1", b_csv="2")
    monkeypatch.setattr(storage, bound, 1)
    with pytest.raises(StepError, match=f"{bound} 1"):
        storage.fetch(str(source), tmp_path / "out")
    assert not (tmp_path / "out").exists()


def test_publishing_replaces_what_has_the_same_name_and_leaves_the_rest(tmp_path):
    new, output = write(tmp_path / "new", a_csv="new"), write(tmp_path / "out", a_csv="old", z_csv="kept")
    assert storage.publish(new, str(output)) == 1
    assert {path.name: path.read_text() for path in output.iterdir()} == {"a.csv": "new", "z.csv": "kept"}


def test_a_failing_publication_replaces_nothing_and_leaves_no_rest(tmp_path):
    new = write(tmp_path / "new", a_csv="new", b_csv__c_csv="new")
    output = write(tmp_path / "out", a_csv="old", b_csv="in the way of a folder")
    with pytest.raises(StepError, match=r"wrote to .*out, failed because .*; check that it is writable"):
        storage.publish(new, str(output))
    assert {path.name: path.read_text() for path in output.iterdir()} == {
        "a.csv": "old",
        "b.csv": "in the way of a folder",
    }


def test_reads_and_writes_s3_like_a_folder(bucket, tmp_path):
    source = write(tmp_path / "in", a_csv="1", sub__b_csv="2")
    assert storage.publish(source, "s3://rows/curated") == 2
    bucket.put_object(Key="curated/notes.txt", Body=b"x")
    bucket.put_object(Key="curated-not/c.csv", Body=b"3")
    target = tmp_path / "out"
    target.mkdir()
    assert storage.fetch("s3://rows/curated/", target) == 2
    assert storage.digest(target, storage.data_files(target)) == storage.digest(source, storage.data_files(source))


def test_a_key_that_leaves_the_prefix_is_refused(bucket, tmp_path):
    bucket.put_object(Key="curated/../../escape.csv", Body=b"1")
    with pytest.raises(StepError, match="leaves it"):
        storage.fetch("s3://rows/curated/", tmp_path)


@pytest.mark.parametrize("call", [storage.fetch, lambda place, folder: storage.publish(folder, place)])
def test_a_missing_bucket_is_named(bucket, tmp_path, call):
    write(tmp_path, a_csv="1")
    with pytest.raises(StepError, match=r"s3://nowhere/x/.*NoSuchBucket.*check the bucket"):
        call("s3://nowhere/x/", tmp_path)


def test_a_location_without_a_bucket_is_refused(tmp_path):
    with pytest.raises(StepError, match="names no bucket"):
        storage.fetch("s3:///x", tmp_path)
