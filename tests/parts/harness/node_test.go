package main

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"syscall"
	"testing"
	"time"
)

const podLimit = 60 * time.Second

func TestNothingOfANodeOutlivesItsSupervisorAndASecondOneStarts(t *testing.T) {
	if err := checkNode(); err != nil {
		t.Skip(err)
	}
	dir := newCluster(t)
	for range 2 {
		mustRun(t, "start", string(dir), "--with-node")
		runPod(t, connect(t, dir))
		supervisor, _ := runningSupervisor(dir)
		inside := processesInside(t, supervisor)
		if err := syscall.Kill(supervisor, syscall.SIGKILL); err != nil {
			t.Fatal(err)
		}
		expectGone(t, append(inside, supervisor))
	}
	mustRun(t, "stop", string(dir))
	if left, err := filepath.Glob(groupsRoot + "/*/" + groupPrefix + "*"); err != nil || len(left) > 0 {
		t.Errorf("control groups are left: %v, %v", left, err)
	}
}

// A pod whose policy lets it out nowhere does not reach the kubelet, which another pod reaches.
func TestAPodThatItsNetworkPolicyKeepsInReachesNobody(t *testing.T) {
	if err := checkNode(); err != nil {
		t.Skip(err)
	}
	dir := newCluster(t)
	mustRun(t, "start", string(dir), "--with-node", "--with-network-policies")
	c := connect(t, dir)
	policy := object{"apiVersion": "networking.k8s.io/v1", "kind": "NetworkPolicy",
		"metadata": map[string]any{"name": "kept", "namespace": "default"},
		"spec": map[string]any{"podSelector": map[string]any{"matchLabels": map[string]any{"app": "kept"}},
			"policyTypes": []any{"Egress"}}}
	if _, err := c.create(policy); err != nil {
		t.Fatal(err)
	}
	look := []any{"sh", "-c", "sleep 3; nc -w 2 " + nodeAddress + " 10250 < /dev/null"}
	awaitPhase(t, c, createPod(t, c, "kept", look), "Failed")
	awaitPhase(t, c, createPod(t, c, "free", look), "Succeeded")
}

// runPod returns while the pod still runs.
func runPod(t *testing.T, c *client) {
	t.Helper()
	awaitPhase(t, c, createPod(t, c, "sleeper", []any{"sleep", "1000"}), "Running")
}

// createPod labels the pod with its name.
func createPod(t *testing.T, c *client, name string, command []any) object {
	t.Helper()
	pod := object{"apiVersion": "v1", "kind": "Pod",
		"metadata": map[string]any{"name": name, "namespace": "default", "labels": map[string]any{"app": name}},
		"spec": map[string]any{"restartPolicy": "Never", "containers": []any{map[string]any{"name": "main",
			"image": "busybox:tests", "imagePullPolicy": "Never", "command": command}}}}
	if _, err := c.create(pod); err != nil {
		t.Fatal(err)
	}
	return pod
}

func awaitPhase(t *testing.T, c *client, pod object, phase string) {
	t.Helper()
	deadline := time.Now().Add(podLimit)
	for {
		live, err := c.get(pod)
		if err == nil && live.text("status", "phase") == phase {
			return
		}
		if time.Now().After(deadline) {
			t.Fatalf("the pod is not %s: %v, %v", phase, live["status"], err)
		}
		time.Sleep(100 * time.Millisecond)
	}
}

// processesInside are those of the namespace that the supervisor's child begins, and of those below it.
func processesInside(t *testing.T, supervisor int) []int {
	t.Helper()
	outside, err := os.Readlink(fmt.Sprintf("/proc/%d/ns/net", supervisor))
	if err != nil {
		t.Fatal(err)
	}
	all, err := filepath.Glob("/proc/[0-9]*")
	if err != nil {
		t.Fatal(err)
	}
	parents := map[int]int{}
	for _, path := range all {
		pid, _ := strconv.Atoi(filepath.Base(path))
		parents[pid] = parentOf(pid)
	}
	var inside []int
	for pid := range parents {
		for above := pid; above > 1; above = parents[above] {
			network, err := os.Readlink(fmt.Sprintf("/proc/%d/ns/net", pid))
			if parents[above] == supervisor && err == nil && network != outside {
				inside = append(inside, pid)
			}
		}
	}
	if len(inside) < 10 {
		t.Fatal(errors.New("a node has more processes than"), inside)
	}
	return inside
}

func parentOf(pid int) int {
	content, _ := os.ReadFile(fmt.Sprintf("/proc/%d/stat", pid))
	var parent int
	for i := len(content) - 1; i >= 0; i-- {
		if content[i] == ')' {
			var state string
			_, _ = fmt.Sscan(string(content[i+1:]), &state, &parent)
			break
		}
	}
	return parent
}
