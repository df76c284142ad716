package main

import (
	"encoding/json"
	"fmt"
	"net/url"
	"path"
	"slices"
	"strconv"
	"strings"
	"time"
)

const (
	outputsFile   = "outputs.json"
	exitCodesKey  = "exit-codes"
	mainContainer = "main"

	workflowLabel   = "workflows.argoproj.io/workflow"
	completeLabel   = "workflows.argoproj.io/report-outputs-completed"
	nodeAnnotation  = "workflows.argoproj.io/node-id"
	templateEnv     = "ARGO_TEMPLATE"
	scriptOutputEnv = "ARGO_INCLUDE_SCRIPT_OUTPUT"
	offloadedValue  = "{{offloaded}}"
)

// executor stands in for kubelet and argoexec: it runs nothing, reports the outputs that a pod's template declares and
// ends the pod, as succeeded unless another exit code is given.
type executor struct {
	client  *client
	outputs map[string]map[string]string // by template, then parameter
	done    map[string]bool              // by pod uid
	ended   map[string]int               // pods ended so far, by Workflow and template
}

func newExecutor(client *client, in string) (*executor, error) {
	outputs, err := readOutputs(in)
	return &executor{client, outputs, map[string]bool{}, map[string]int{}}, err
}

// runPods ends each pod of the Workflow that has not ended.
func (e *executor) runPods(workflow object) error {
	selector := url.QueryEscape(workflowLabel + "=" + workflow.name())
	pods := "/api/v1/namespaces/" + workflow.namespace() + "/pods"
	found, err := e.client.list(pods + "?labelSelector=" + selector)
	if err != nil {
		return err
	}
	for _, pod := range found {
		uid := pod.text("metadata", "uid")
		if e.done[uid] || pod.text("metadata", "deletionTimestamp") != "" {
			continue
		}
		if err := e.runPod(pods+"/"+pod.name()+"/status", pod, workflow); err != nil {
			return fmt.Errorf("tried to end pod %s: %w", pod.name(), err)
		}
		e.done[uid] = true
	}
	return nil
}

func (e *executor) runPod(path string, pod, workflow object) error {
	template, script, err := templateOf(pod)
	if err != nil {
		return err
	}
	code, err := e.exitCode(workflow.name(), template.Name)
	if err != nil {
		return err
	}
	outputs := map[string]any{}
	if code == 0 {
		outputs = e.outputsOf(template, script)
	}
	if err := e.reportOutputs(pod, workflow, outputs); err != nil {
		return err
	}
	return e.end(path, pod, code)
}

// exitCode is that of the next pod of this template: the given codes in turn, the last one again and again.
func (e *executor) exitCode(workflow, template string) (int, error) {
	given, found := e.outputs[template][exitCodesKey]
	if !found {
		return 0, nil
	}
	codes := strings.Split(given, ",")
	key := workflow + "/" + template
	code, err := strconv.Atoi(strings.TrimSpace(codes[min(e.ended[key], len(codes)-1)]))
	e.ended[key]++
	if err != nil {
		return 0, fmt.Errorf("%s of template %s in %s must be numbers with commas: %w", exitCodesKey, template, outputsFile, err)
	}
	return code, nil
}

// reportOutputs makes the WorkflowTaskResult that argoexec would.
func (e *executor) reportOutputs(pod, workflow object, outputs map[string]any) error {
	node := pod.text("metadata", "annotations", nodeAnnotation)
	if node == "" {
		return nil
	}
	result := object{
		"apiVersion": "argoproj.io/v1alpha1",
		"kind":       "WorkflowTaskResult",
		"metadata": map[string]any{
			"name":      node,
			"namespace": pod.namespace(),
			"labels":    map[string]any{workflowLabel: workflow.name(), completeLabel: "true"},
			"ownerReferences": []any{map[string]any{
				"apiVersion": "argoproj.io/v1alpha1", "kind": "Workflow",
				"name": workflow.name(), "uid": workflow.text("metadata", "uid"),
			}},
		},
	}
	if len(outputs) > 0 {
		result["outputs"] = outputs
	}
	_, err := e.client.create(result)
	return conflictIsFine(err)
}

// podTemplate is what is read of the template that Argo hands to its executor in the pod.
type podTemplate struct {
	Name    string `json:"name"`
	Outputs struct {
		Parameters []struct {
			Name string `json:"name"`
			// The whole parameter is given back with its value, as argoexec does.
			GlobalName string `json:"globalName"`
			ValueFrom  any    `json:"valueFrom"`
		} `json:"parameters"`
		Artifacts []map[string]any `json:"artifacts"`
	} `json:"outputs"`
	ArchiveLocation struct {
		S3 struct {
			Key string `json:"key"`
		} `json:"s3"`
	} `json:"archiveLocation"`
}

func templateOf(pod object) (podTemplate, bool, error) {
	var template podTemplate
	spec, _ := pod["spec"].(map[string]any)
	encoded := environment(spec, templateEnv)
	switch encoded {
	case "":
		return template, false, nil
	case offloadedValue:
		return template, false, fmt.Errorf("its template is so large that Argo moved it to a ConfigMap, which this does not read")
	}
	script := environment(spec, scriptOutputEnv) == "true"
	return template, script, json.Unmarshal([]byte(encoded), &template)
}

// environment is the value of a variable in the first container that has it.
func environment(spec map[string]any, name string) string {
	for _, container := range slices.Concat(items(spec["initContainers"]), items(spec["containers"])) {
		for _, variable := range items(container["env"]) {
			if value, ok := variable["value"].(string); ok && variable["name"] == name {
				return value
			}
		}
	}
	return ""
}

func (e *executor) outputsOf(template podTemplate, script bool) map[string]any {
	outputs := map[string]any{}
	var parameters []any
	for _, declared := range template.Outputs.Parameters {
		parameter := map[string]any{"name": declared.Name, "value": e.value(template.Name, declared.Name)}
		if declared.GlobalName != "" {
			parameter["globalName"] = declared.GlobalName
		}
		if declared.ValueFrom != nil {
			parameter["valueFrom"] = declared.ValueFrom
		}
		parameters = append(parameters, parameter)
	}
	if len(parameters) > 0 {
		outputs["parameters"] = parameters
	}
	var artifacts []any
	for _, artifact := range template.Outputs.Artifacts {
		// An artifact with a place of its own keeps it; the others go below the pod's key.
		if artifact["s3"] == nil {
			key := path.Join(template.ArchiveLocation.S3.Key, fmt.Sprint(artifact["name"])+".tgz")
			artifact["s3"] = map[string]any{"key": key}
		}
		artifacts = append(artifacts, artifact)
	}
	if len(artifacts) > 0 {
		outputs["artifacts"] = artifacts
	}
	if script {
		outputs["result"] = e.value(template.Name, "result")
	}
	return outputs
}

func (e *executor) value(template, parameter string) string {
	if value, given := e.outputs[template][parameter]; given {
		return value
	}
	return "placeholder-" + parameter
}

// end writes the status that a kubelet would write at the end.
func (e *executor) end(path string, pod object, code int) error {
	spec, _ := pod["spec"].(map[string]any)
	now := time.Now().UTC().Format(time.RFC3339)
	phase := "Succeeded"
	if code != 0 {
		phase = "Failed"
	}
	_, err := e.client.send("PATCH", path, mergePatch, object{"status": map[string]any{
		"phase":                 phase,
		"startTime":             now,
		"initContainerStatuses": terminated(items(spec["initContainers"]), 0, now),
		"containerStatuses":     terminated(items(spec["containers"]), code, now),
	}})
	return err
}

func terminated(containers []map[string]any, mainCode int, at string) []any {
	statuses := []any{}
	for _, container := range containers {
		code, reason := 0, "Completed"
		if container["name"] == mainContainer && mainCode != 0 {
			code, reason = mainCode, "Error"
		}
		statuses = append(statuses, map[string]any{
			"name": container["name"], "image": container["image"], "imageID": "", "ready": false, "restartCount": 0,
			"state": map[string]any{"terminated": map[string]any{
				"exitCode": code, "reason": reason, "startedAt": at, "finishedAt": at,
			}},
		})
	}
	return statuses
}

// items is a JSON list of objects, empty when the value is something else.
func items(value any) []map[string]any {
	list, _ := value.([]any)
	var result []map[string]any
	for _, item := range list {
		if m, ok := item.(map[string]any); ok {
			result = append(result, m)
		}
	}
	return result
}
