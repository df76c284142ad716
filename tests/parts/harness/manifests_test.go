package main

import (
	"net"
	"os"
	"slices"
	"strconv"
	"testing"
)

func TestParsesDocumentsAndLists(t *testing.T) {
	found, err := parseManifests([]byte(`---
# only a comment
---
apiVersion: v1
kind: ConfigMap
metadata: {name: a}
---
apiVersion: v1
kind: List
items:
- {apiVersion: v1, kind: Secret, metadata: {name: b}}
`))
	if err != nil || len(found) != 2 || found[0].name() != "a" || found[1].kind() != "Secret" {
		t.Errorf("found %v, %v", found, err)
	}
}

func TestRefusesADocumentWithoutAKind(t *testing.T) {
	if found, err := parseManifests([]byte("apiVersion: v1\n")); err == nil {
		t.Errorf("found %v", found)
	}
}

func TestWorkflowsComeAfterWhatTheyUse(t *testing.T) {
	objects := []object{{"kind": "Workflow"}, {"kind": "CronWorkflow"}, {"kind": "WorkflowTemplate"}, {"kind": "ConfigMap"}}
	slices.SortStableFunc(objects, func(a, b object) int { return wave(a) - wave(b) })
	var kinds []string
	for _, o := range objects {
		kinds = append(kinds, o.kind())
	}
	if !slices.Equal(kinds, []string{"ConfigMap", "WorkflowTemplate", "CronWorkflow", "Workflow"}) {
		t.Error(kinds)
	}
}

func TestReportsDeclaredOutputsWithTheGivenValues(t *testing.T) {
	pod := object{"spec": map[string]any{"containers": []any{map[string]any{"env": []any{
		map[string]any{"name": templateEnv, "value": `{"name": "greet", "archiveLocation": {"s3": {"key": "run/pod"}},
			"outputs": {"parameters": [{"name": "text"}, {"name": "score", "globalName": "s"}],
			"artifacts": [{"name": "report", "path": "/r"}]}}`},
		map[string]any{"name": scriptOutputEnv, "value": "true"},
	}}}}}
	template, script, err := templateOf(pod)
	if err != nil {
		t.Fatal(err)
	}
	e := executor{outputs: map[string]map[string]string{"greet": {"score": "0.9"}}}
	outputs := e.outputsOf(template, script)
	first, second := items(outputs["parameters"])[0], items(outputs["parameters"])[1]
	if first["value"] != "placeholder-text" || second["value"] != "0.9" || second["globalName"] != "s" {
		t.Error(outputs)
	}
	artifact := object(items(outputs["artifacts"])[0])
	if artifact.text("s3", "key") != "run/pod/report.tgz" || outputs["result"] != "placeholder-result" {
		t.Error(outputs)
	}
}

func TestGivesExitCodesInTurnAndTheLastOneAgain(t *testing.T) {
	e := executor{outputs: map[string]map[string]string{"a": {exitCodesKey: "1, 64,0"}}, ended: map[string]int{}}
	for i, expected := range []int{1, 64, 0, 0} {
		if code, err := e.exitCode("run", "a"); code != expected || err != nil {
			t.Errorf("pod %d: %d, %v", i, code, err)
		}
	}
	if code, err := e.exitCode("run", "b"); code != 0 || err != nil {
		t.Errorf("%d, %v", code, err)
	}
	e.outputs["a"][exitCodesKey] = "one"
	if _, err := e.exitCode("other", "a"); err == nil {
		t.Error("no error for a word")
	}
}

func readObject(t *testing.T, path string) object {
	t.Helper()
	content, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	o, err := parse(content)
	if err != nil {
		t.Fatal(err)
	}
	return o
}

func listen(t *testing.T, port int) net.Listener {
	t.Helper()
	listener, err := net.Listen("tcp", ":"+strconv.Itoa(port))
	if err != nil {
		t.Fatal(err)
	}
	return listener
}
