package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"
)

const (
	capturePoll  = 100 * time.Millisecond
	clusterScope = "_cluster" // the folder of objects without a namespace
)

// capture applies the manifests of a folder to a cluster with Argo, ends the pods of its Workflows as an executor would,
// and writes what the cluster then stores: NAMESPACE/KIND-NAME.json for every manifest.
func capture(kubeconfig, in, out string, limit time.Duration) error {
	client, err := newClient(context.Background(), kubeconfig)
	if err != nil {
		return err
	}
	executor, err := newExecutor(client, in)
	if err != nil {
		return err
	}
	manifests, err := readManifests(in)
	if err != nil {
		return err
	}
	if !slices.ContainsFunc(manifests, func(o object) bool { return o.kind() == "Workflow" }) {
		return fmt.Errorf("%s holds no Workflow; nothing would run", in)
	}
	var captured []*captured
	for _, manifest := range manifests {
		c, err := submit(client, manifest)
		if err != nil {
			return err
		}
		captured = append(captured, c)
	}
	if err := executor.runUntilEnded(captured, limit); err != nil {
		return err
	}
	return writeCaptured(client, out, captured)
}

// captured is one object under the name of its manifest, which, unlike a generated name, is the same in every run.
type captured struct {
	label string
	live  object
}

func submit(client *client, manifest object) (*captured, error) {
	if err := client.place(manifest, argoNamespace); err != nil {
		return nil, err
	}
	if namespace := manifest.namespace(); namespace != "" {
		if err := client.ensureNamespace(namespace); err != nil {
			return nil, err
		}
	}
	label := manifest.name()
	if label == "" {
		label = strings.TrimSuffix(manifest.text("metadata", "generateName"), "-")
	}
	label = strings.ToLower(manifest.kind()) + "-" + label
	send := client.apply
	if manifest.kind() == "Workflow" {
		send = client.create
	}
	live, err := send(manifest)
	return &captured{label, live}, err
}

// runUntilEnded ends pods as they come until every Workflow has ended.
func (e *executor) runUntilEnded(all []*captured, limit time.Duration) error {
	deadline := time.Now().Add(limit)
	for {
		var open []string
		for _, c := range all {
			if c.live.kind() != "Workflow" {
				continue
			}
			if err := e.runPods(c.live); err != nil {
				return err
			}
			live, err := e.client.get(c.live)
			if err != nil {
				return err
			}
			c.live = live
			if live.text("metadata", "labels", "workflows.argoproj.io/completed") != "true" {
				open = append(open, fmt.Sprintf("%s: %s %s", live, live.text("status", "phase"), live.text("status", "message")))
			}
		}
		if len(open) == 0 {
			return nil
		}
		if time.Now().After(deadline) {
			return fmt.Errorf("waited %s, but these Workflows have not ended:\n%s", limit, strings.Join(open, "\n"))
		}
		time.Sleep(capturePoll)
	}
}

func writeCaptured(client *client, out string, all []*captured) error {
	taken := map[string]int{}
	for _, c := range all {
		live, err := client.get(c.live)
		if err != nil {
			return err
		}
		folder := filepath.Join(out, clusterScope)
		if namespace := live.namespace(); namespace != "" {
			folder = filepath.Join(out, namespace)
		}
		if err := os.MkdirAll(folder, 0o755); err != nil {
			return err
		}
		path := filepath.Join(folder, c.label)
		if taken[path]++; taken[path] > 1 {
			path = fmt.Sprintf("%s-%d", path, taken[path])
		}
		if err := writeJSON(path+".json", live); err != nil {
			return err
		}
		if live.kind() == "Workflow" {
			fmt.Fprintf(os.Stderr, "captured %s: %s %s\n", live, live.text("status", "phase"), live.text("status", "message"))
		}
	}
	return nil
}

// writeJSON sorts keys, so that two captures can be compared.
func writeJSON(path string, o object) error {
	var content bytes.Buffer
	encoder := json.NewEncoder(&content)
	encoder.SetEscapeHTML(false)
	encoder.SetIndent("", "  ")
	if err := encoder.Encode(o); err != nil {
		return err
	}
	return os.WriteFile(path, content.Bytes(), 0o644)
}

// readOutputs reads IN_DIR/outputs.json: what templates shall give out where a placeholder will not do, as
// {"TEMPLATE": {"PARAMETER": "value"}}, and the exit codes of its pods in turn, as {"TEMPLATE": {"exit-codes": "1,0"}}.
func readOutputs(in string) (map[string]map[string]string, error) {
	content, err := os.ReadFile(filepath.Join(in, outputsFile))
	if errors.Is(err, os.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	var outputs map[string]map[string]string
	if err := json.Unmarshal(content, &outputs); err != nil {
		return nil, fmt.Errorf("tried to read %s in %s: %w", outputsFile, in, err)
	}
	return outputs, nil
}

func conflictIsFine(err error) error {
	if isStatus(err, http.StatusConflict) {
		return nil
	}
	return err
}
