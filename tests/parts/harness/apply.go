package main

import (
	"bytes"
	"fmt"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"sigs.k8s.io/yaml"
)

const namespaceLimit = 20 * time.Second

// waves says what comes before what; kinds that are not named come after these and before Workflows.
var waves = []string{"CustomResourceDefinition", "Namespace", "ServiceAccount", "ConfigMap", "Secret", "Role",
	"ClusterRole", "RoleBinding", "ClusterRoleBinding", "ClusterWorkflowTemplate", "WorkflowTemplate"}

// readManifests reads every .yaml, .yml and .json file below a folder, in the order in which they are to be applied.
func readManifests(folder string) ([]object, error) {
	var objects []object
	err := filepath.WalkDir(folder, func(path string, entry os.DirEntry, err error) error {
		if err != nil || entry.IsDir() || !slices.Contains([]string{".yaml", ".yml", ".json"}, filepath.Ext(path)) ||
			path == filepath.Join(folder, outputsFile) {
			return err
		}
		content, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		found, err := parseManifests(content)
		if err != nil {
			return fmt.Errorf("tried to read %s: %w", path, err)
		}
		objects = append(objects, found...)
		return nil
	})
	slices.SortStableFunc(objects, func(a, b object) int { return wave(a) - wave(b) })
	return objects, err
}

func wave(o object) int {
	if o.kind() == "Workflow" {
		return len(waves) + 1
	}
	if i := slices.Index(waves, o.kind()); i >= 0 {
		return i
	}
	return len(waves)
}

// parseManifests reads YAML documents; a List gives its items.
func parseManifests(content []byte) ([]object, error) {
	var objects []object
	for _, document := range bytes.Split(append([]byte("\n"), content...), []byte("\n---")) {
		converted, err := yaml.YAMLToJSON(document)
		if err != nil {
			return nil, err
		}
		o, err := parse(converted)
		if err != nil {
			return nil, err
		}
		switch {
		case o == nil:
		case o.kind() == "List":
			items, _ := o["items"].([]any)
			for _, item := range items {
				if m, ok := item.(map[string]any); ok {
					objects = append(objects, object(m))
				}
			}
		case o.kind() == "" || o.text("apiVersion") == "":
			return nil, fmt.Errorf("a document has no kind or no apiVersion")
		default:
			objects = append(objects, o)
		}
	}
	return objects, nil
}

// place puts an object that names no namespace into this one, where its kind has namespaces.
func (c *client) place(o object, namespace string) error {
	found, err := c.resourceOf(o)
	if err != nil {
		return err
	}
	metadata, ok := o["metadata"].(map[string]any)
	if !ok {
		return fmt.Errorf("%s has no metadata", o)
	}
	if found.Namespaced && o.namespace() == "" {
		metadata["namespace"] = namespace
	}
	return nil
}

// apply is a forced server-side apply.
func (c *client) apply(o object) (object, error) {
	collection, err := c.collection(o)
	if err != nil {
		return nil, err
	}
	path := collection + "/" + url.PathEscape(o.name()) + "?force=true&fieldManager=" + fieldManager
	live, err := c.send("PATCH", path, applyPatch, o)
	if err != nil {
		return nil, fmt.Errorf("tried to apply %s: %w", o, err)
	}
	return live, nil
}

// create is for objects that are made once: runs, which may have a generateName.
func (c *client) create(o object) (object, error) {
	collection, err := c.collection(o)
	if err != nil {
		return nil, err
	}
	live, err := c.send("POST", collection+"?fieldManager="+fieldManager, plainJSON, o)
	if err != nil {
		return nil, fmt.Errorf("tried to create %s: %w", o, err)
	}
	return live, nil
}

func (c *client) get(o object) (object, error) {
	collection, err := c.collection(o)
	if err != nil {
		return nil, err
	}
	return c.send("GET", collection+"/"+url.PathEscape(o.name()), "", nil)
}

// ensureNamespace returns when the namespace takes pods, which is when it has its default service account.
func (c *client) ensureNamespace(name string) error {
	namespace := object{"apiVersion": "v1", "kind": "Namespace", "metadata": map[string]any{"name": name}}
	if _, err := c.create(namespace); err != nil && !isStatus(err, http.StatusConflict) {
		return err
	}
	account := "/api/v1/namespaces/" + url.PathEscape(name) + "/serviceaccounts/default"
	deadline := time.Now().Add(namespaceLimit)
	for {
		_, err := c.do("GET", account, "", nil)
		if err == nil || !isStatus(err, http.StatusNotFound) {
			return err
		}
		if time.Now().After(deadline) {
			return fmt.Errorf("namespace %s has had no default service account for %s; does the controller manager run?",
				name, namespaceLimit)
		}
		time.Sleep(50 * time.Millisecond)
	}
}

// condition tells whether a status condition is "True".
func condition(o object, kind string) bool {
	status, _ := o["status"].(map[string]any)
	conditions, _ := status["conditions"].([]any)
	for _, item := range conditions {
		c, _ := item.(map[string]any)
		if c["type"] == kind {
			return strings.EqualFold(fmt.Sprint(c["status"]), "true")
		}
	}
	return false
}
