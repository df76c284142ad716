package main

import (
	"archive/tar"
	"bytes"
	"crypto/sha256"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
)

const (
	pauseImage   = "docker.io/library/pause:tests"
	busyboxImage = "docker.io/library/busybox:tests"
)

// imageFile is one entry of an image: a folder when it has neither content nor target.
type imageFile struct {
	path   string
	mode   int64
	source string // the file whose content it has
	target string // of a symbolic link
}

// image is what is to be made without any of the tools that make images.
type image struct {
	name       string
	entrypoint []string
	files      []imageFile
}

// blob is one content of an image, named by its digest.
type blob struct {
	MediaType   string            `json:"mediaType"`
	Digest      string            `json:"digest"`
	Size        int               `json:"size"`
	Annotations map[string]string `json:"annotations,omitempty"`
	content     []byte
}

func newBlob(kind string, content []byte) blob {
	return blob{MediaType: "application/vnd.oci.image." + kind, Digest: fmt.Sprintf("sha256:%x", sha256.Sum256(content)),
		Size: len(content), content: content}
}

func jsonBlob(kind string, value any) (blob, error) {
	content, err := json.Marshal(value)
	return newBlob(kind, content), err
}

// write writes the image as an archive in the OCI image layout, in one layer.
func (i image) write(path string) error {
	content, err := i.layer()
	if err != nil {
		return err
	}
	layer := newBlob("layer.v1.tar", content)
	config, err := jsonBlob("config.v1+json", map[string]any{
		"architecture": runtime.GOARCH, "os": "linux",
		"config": map[string]any{"Entrypoint": i.entrypoint, "Env": []string{"PATH=/bin"}},
		"rootfs": map[string]any{"type": "layers", "diff_ids": []string{layer.Digest}},
	})
	if err != nil {
		return err
	}
	manifest, err := jsonBlob("manifest.v1+json", map[string]any{"schemaVersion": 2,
		"mediaType": "application/vnd.oci.image.manifest.v1+json", "config": config, "layers": []blob{layer}})
	if err != nil {
		return err
	}
	manifest.Annotations = map[string]string{"io.containerd.image.name": i.name}
	index, err := json.Marshal(map[string]any{"schemaVersion": 2, "manifests": []blob{manifest}})
	if err != nil {
		return err
	}
	var out bytes.Buffer
	archive := tar.NewWriter(&out)
	for _, b := range []blob{layer, config, manifest} {
		name := "blobs/sha256/" + strings.TrimPrefix(b.Digest, "sha256:")
		if err := add(archive, &tar.Header{Name: name, Mode: 0o644}, b.content); err != nil {
			return err
		}
	}
	for name, content := range map[string]string{"index.json": string(index), "oci-layout": `{"imageLayoutVersion":"1.0.0"}`} {
		if err := add(archive, &tar.Header{Name: name, Mode: 0o644}, []byte(content)); err != nil {
			return err
		}
	}
	if err := archive.Close(); err != nil {
		return err
	}
	return os.WriteFile(path, out.Bytes(), 0o644)
}

func (i image) layer() ([]byte, error) {
	var out bytes.Buffer
	archive := tar.NewWriter(&out)
	for _, f := range i.files {
		header := &tar.Header{Name: f.path, Mode: f.mode, Typeflag: tar.TypeDir}
		var content []byte
		if f.target != "" {
			header.Typeflag, header.Linkname = tar.TypeSymlink, f.target
		} else if f.source != "" {
			header.Typeflag = tar.TypeReg
			var err error
			if content, err = os.ReadFile(f.source); err != nil {
				return nil, err
			}
		}
		if err := add(archive, header, content); err != nil {
			return nil, err
		}
	}
	err := archive.Close()
	return out.Bytes(), err
}

func add(archive *tar.Writer, header *tar.Header, content []byte) error {
	header.Size = int64(len(content))
	if err := archive.WriteHeader(header); err != nil {
		return err
	}
	_, err := archive.Write(content)
	return err
}

// program is an image with one static program in it, which it starts.
func program(name, source string, arguments ...string) image {
	path := "bin/" + filepath.Base(source)
	return image{name: name, entrypoint: append([]string{"/" + path}, arguments...), files: []imageFile{
		{path: "bin/", mode: 0o755}, {path: path, mode: 0o755, source: source},
		{path: "tmp/", mode: 0o1777}, {path: "etc/", mode: 0o755}}}
}

// busybox is this machine's static busybox under all its names.
func busybox() (image, error) {
	source, err := exec.LookPath("busybox")
	if err != nil {
		return image{}, err
	}
	names, err := exec.Command(source, "--list").Output()
	if err != nil {
		return image{}, fmt.Errorf("tried to list what busybox can do: %w", err)
	}
	made := program(busyboxImage, source)
	made.entrypoint = nil
	for _, name := range strings.Fields(string(names)) {
		if name != "busybox" {
			made.files = append(made.files, imageFile{path: "bin/" + name, mode: 0o777, target: "busybox"})
		}
	}
	return made, nil
}
