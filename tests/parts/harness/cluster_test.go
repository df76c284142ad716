package main

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"
)

const goneLimit = 3 * time.Second

func TestStartServesAndStopLeavesNothing(t *testing.T) {
	dir := newCluster(t)
	mustRun(t, "start", string(dir))
	pids := processes(t, dir)
	c := connect(t, dir)
	version, err := c.send("GET", "/version", "", nil)
	if err != nil || version.text("gitVersion") == "v0.0.0" || version.text("gitVersion") == "" {
		t.Fatalf("version %v, %v", version, err)
	}
	applied, err := c.apply(object{"apiVersion": "v1", "kind": "ConfigMap",
		"metadata": map[string]any{"name": "a", "namespace": "default"}, "data": map[string]any{"k": "v"}})
	if err != nil || applied.text("data", "k") != "v" {
		t.Fatalf("applied %v, %v", applied, err)
	}
	mustRun(t, "stop", string(dir))
	expectGone(t, pids)
	if _, err := os.Stat(string(dir)); !os.IsNotExist(err) {
		t.Errorf("%s is still there: %v", dir, err)
	}
	mustRun(t, "stop", string(dir))
}

func TestRefusesASecondStartInTheSameFolder(t *testing.T) {
	dir := newCluster(t)
	mustRun(t, "start", string(dir))
	expectFailure(t, "one runs there", "start", string(dir))
	if _, err := connect(t, dir).do("GET", "/readyz", "", nil); err != nil {
		t.Errorf("the refused start harmed the first cluster: %v", err)
	}
}

func TestEndsWithItsParent(t *testing.T) {
	dir := newCluster(t)
	parent := exec.Command("sleep", "60")
	if err := parent.Start(); err != nil {
		t.Fatal(err)
	}
	mustRun(t, "start", string(dir), "--parent", strconv.Itoa(parent.Process.Pid))
	pids := processes(t, dir)
	if err := parent.Process.Kill(); err != nil {
		t.Fatal(err)
	}
	// Not reaped yet: a zombie counts as gone.
	expectGone(t, pids)
	_ = parent.Wait()
}

func TestEndsWhenItsSupervisorIsKilled(t *testing.T) {
	dir := newCluster(t)
	mustRun(t, "start", string(dir))
	pids := processes(t, dir)
	supervisor, _ := runningSupervisor(dir)
	if err := syscall.Kill(supervisor, syscall.SIGKILL); err != nil {
		t.Fatal(err)
	}
	expectGone(t, pids)
}

func TestAKilledStartLeavesNoProcess(t *testing.T) {
	for _, after := range []time.Duration{50, 300, 1000, 2000} {
		dir := newCluster(t)
		command := script("cluster", "start", string(dir))
		if err := command.Start(); err != nil {
			t.Fatal(err)
		}
		time.Sleep(after * time.Millisecond)
		pids := processesSoFar(dir)
		if err := command.Process.Kill(); err != nil {
			t.Fatal(err)
		}
		_ = command.Wait()
		expectGone(t, append(pids, processesSoFar(dir)...))
	}
}

func TestSaysThatArgosPortIsTaken(t *testing.T) {
	if err := checkArgoPort(); err != nil {
		t.Skip(err)
	}
	listener := listen(t, argoHealthPort)
	defer listener.Close()
	expectFailure(t, "needs port 6060", "start", string(newCluster(t)), "--with-argo")
}

func TestCapturesWhatArgoStores(t *testing.T) {
	if err := checkArgoPort(); err != nil {
		t.Skip(err)
	}
	out := t.TempDir()
	if output, err := script("capture-argo", filepath.Join("..", "example"), out).CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, output)
	}
	run := readObject(t, filepath.Join(out, argoNamespace, "workflow-conversation.json"))
	if phase := run.text("status", "phase"); phase != "Succeeded" {
		t.Errorf("phase %s: %s", phase, run.text("status", "message"))
	}
	revision := run.text("status", "storedTemplates", "namespaced/greeting/greet", "metadata", "annotations",
		"example.dev/revision")
	if revision != "first" {
		t.Errorf("the stored template has revision %q", revision)
	}
	if entrypoint := run.text("status", "storedWorkflowTemplateSpec", "entrypoint"); entrypoint != "main" {
		t.Errorf("the stored spec has entrypoint %q", entrypoint)
	}
	expectPhases(t, run, map[string]string{"first": "Succeeded", "second": "Succeeded", "second(0)": "Failed",
		"second(1)": "Succeeded", "never": "Skipped"})
	template := readObject(t, filepath.Join(out, argoNamespace, "workflowtemplate-greeting.json"))
	if template.text("metadata", "uid") == "" {
		t.Errorf("the template is not the live one: %v", template)
	}
}

func expectPhases(t *testing.T, run object, expected map[string]string) {
	t.Helper()
	status, _ := run["status"].(map[string]any)
	nodes, _ := status["nodes"].(map[string]any)
	for _, value := range nodes {
		node := object(value.(map[string]any))
		name := node.text("displayName")
		if phase, known := expected[name]; known && node.text("phase") != phase {
			t.Errorf("node %s is %s, not %s", name, node.text("phase"), phase)
		}
		delete(expected, name)
	}
	if len(expected) > 0 {
		t.Errorf("no nodes for %v", expected)
	}
}

func newCluster(t *testing.T) layout {
	dir := layout(filepath.Join(t.TempDir(), "cluster"))
	t.Cleanup(func() { mustRun(t, "stop", string(dir)) })
	return dir
}

func script(name string, args ...string) *exec.Cmd {
	return exec.Command(filepath.Join("..", name), args...)
}

func mustRun(t *testing.T, args ...string) {
	t.Helper()
	if output, err := script("cluster", args...).CombinedOutput(); err != nil {
		t.Fatalf("cluster %v: %v\n%s", args, err, output)
	}
}

func expectFailure(t *testing.T, message string, args ...string) {
	t.Helper()
	output, err := script("cluster", args...).CombinedOutput()
	if err == nil || !strings.Contains(string(output), message) {
		t.Errorf("cluster %v: %v, without %q in\n%s", args, err, message, output)
	}
}

func connect(t *testing.T, dir layout) *client {
	t.Helper()
	c, err := newClient(context.Background(), dir.kubeconfig())
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// processes are the supervisor and its programs; there must be some.
func processes(t *testing.T, dir layout) []int {
	t.Helper()
	pids := processesSoFar(dir)
	if len(pids) < 3 {
		t.Fatalf("processes %v in %s", pids, dir)
	}
	return pids
}

func processesSoFar(dir layout) []int {
	var pids []int
	if pid, alive := runningSupervisor(dir); alive {
		pids = append(pids, pid)
	}
	content, _ := os.ReadFile(dir.pids())
	for _, line := range strings.Split(string(content), "\n") {
		var name string
		var pid int
		if n, _ := fmt.Sscan(line, &name, &pid); n == 2 {
			pids = append(pids, pid)
		}
	}
	return pids
}

func expectGone(t *testing.T, pids []int) {
	t.Helper()
	deadline := time.Now().Add(goneLimit)
	for _, pid := range pids {
		for startTime(pid) != "" {
			if time.Now().After(deadline) {
				t.Errorf("process %d is still there", pid)
				return
			}
			time.Sleep(20 * time.Millisecond)
		}
	}
}
