package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"time"
)

const (
	// The node is alone in its network, so its addresses can be fixed.
	nodeName    = "node1"
	nodeAddress = "10.255.0.1"
	services    = "10.96.0.0/16"
	pods        = "10.244.0.0/24"

	containerdSocket = "/run/containerd/containerd.sock"
	kubeletRoot      = "/run/kubelet" // The paths of its sockets may not be longer than 107 bytes.
	pluginFolder     = "/usr/lib/cni"
	nodeLimit        = 90 * time.Second
	toolLimit        = 60 * time.Second
	packages         = "containerd runc containernetworking-plugins iproute2 iptables busybox-static"
)

// checkNode says all that is missing for a node, before anything is made.
func checkNode() error {
	var missing []string
	if os.Geteuid() != 0 {
		missing = append(missing, "root")
	}
	for _, name := range []string{"containerd", "ctr", "runc", "ip", "iptables", "busybox", pluginFolder + "/bridge"} {
		if _, err := exec.LookPath(name); err != nil {
			missing = append(missing, name)
		}
	}
	if len(missing) > 0 {
		return fmt.Errorf("a node lacks here: %s; be root and install the Debian packages %s",
			strings.Join(missing, ", "), packages)
	}
	return nil
}

// tool runs a program of this machine to its end.
func tool(name string, args ...string) error {
	ctx, cancel := context.WithTimeout(context.Background(), toolLimit)
	defer cancel()
	out, err := exec.CommandContext(ctx, name, args...).CombinedOutput()
	if err != nil {
		return fmt.Errorf("tried %s %s: %w\n%s", name, strings.Join(args, " "), err, out)
	}
	return nil
}

// setUpNetwork gives the namespace its addresses. Nothing leads out of it.
func setUpNetwork() error {
	for _, args := range [][]string{
		{"link", "set", "lo", "up"},
		{"address", "add", nodeAddress + "/32", "dev", "lo"},
		// A service's address is rewritten on its way out, and it must have one.
		{"route", "add", services, "dev", "lo"},
	} {
		if err := tool("ip", args...); err != nil {
			return err
		}
	}
	if err := os.WriteFile("/proc/sys/net/ipv4/ip_forward", []byte("1"), 0o644); err != nil {
		return err
	}
	// A pod that calls a service whose pod stands at the same bridge. Kernels that lack the file do so without it.
	err := os.WriteFile("/proc/sys/net/bridge/bridge-nf-call-iptables", []byte("1"), 0o644)
	if os.IsNotExist(err) {
		return nil
	}
	return err
}

// startNode returns when the node takes pods.
func (s *supervisor) startNode() error {
	if err := os.MkdirAll(s.options.dir.node("images"), 0o755); err != nil {
		return err
	}
	if err := s.startContainerd(); err != nil {
		return err
	}
	if err := s.importImages(); err != nil {
		return err
	}
	if s.options.git != "" {
		if err := serveGit(s.options.dir, s.options.git); err != nil {
			return err
		}
	}
	if s.options.withS3 {
		if err := s.startS3(); err != nil {
			return err
		}
	}
	if err := s.serveNames(); err != nil {
		return err
	}
	if s.options.enforcer != "" {
		if err := s.enforcePolicies(); err != nil {
			return err
		}
	}
	config := "--kubeconfig=" + s.options.dir.kubeconfig()
	if _, err := s.run("kube-scheduler", s.program(), []string{"kube-scheduler", config, "--leader-elect=false",
		"--secure-port=0"}, nil); err != nil {
		return err
	}
	if _, err := s.run("kube-proxy", s.program(), []string{"kube-proxy", config, "--hostname-override=" + nodeName,
		"--proxy-mode=iptables", "--conntrack-max-per-core=0", "--conntrack-tcp-timeout-established=0",
		"--conntrack-tcp-timeout-close-wait=0"}, nil); err != nil {
		return err
	}
	return s.startKubelet()
}

func (s *supervisor) startContainerd() error {
	dir := s.options.dir
	network := fmt.Sprintf(`{"cniVersion": "0.4.0", "name": "tests", "plugins": [{"type": "bridge", "bridge": "cni0",
 "isGateway": true, "hairpinMode": true, "ipam": {"type": "host-local", "dataDir": "/run/cni",
 "ranges": [[{"subnet": %q}]], "routes": [{"dst": "0.0.0.0/0"}]}}]}`, pods)
	if err := write(dir.node("cni", "tests.conflist"), network); err != nil {
		return err
	}
	// Without restrict_oom_score_adj a sandbox fails where the score may not be lowered.
	content := fmt.Sprintf(`version = 2
root = %q
state = "/run/containerd"
[grpc]
address = %q
[plugins."io.containerd.grpc.v1.cri"]
sandbox_image = %q
disable_apparmor = true
restrict_oom_score_adj = true
[plugins."io.containerd.grpc.v1.cri".containerd]
snapshotter = %q
[plugins."io.containerd.grpc.v1.cri".containerd.runtimes.runc]
runtime_type = "io.containerd.runc.v2"
[plugins."io.containerd.grpc.v1.cri".containerd.runtimes.runc.options]
SystemdCgroup = false
[plugins."io.containerd.grpc.v1.cri".cni]
bin_dir = %q
conf_dir = %q
`, dir.node("containerd"), containerdSocket, pauseImage, s.snapshotter(), pluginFolder, dir.node("cni"))
	config := dir.node("containerd.toml")
	if err := write(config, content); err != nil {
		return err
	}
	containerd, err := s.run("containerd", "containerd", []string{"--config", config}, nil)
	if err != nil {
		return err
	}
	return s.until("containerd", containerd, nodeLimit, func() error {
		return tool("ctr", "--address", containerdSocket, "version")
	})
}

// snapshotter is overlayfs where the folder's file system can carry one.
func (s *supervisor) snapshotter() string {
	probe := s.options.dir.node("probe")
	layers := map[string]string{}
	for _, name := range []string{"lower", "upper", "work", "merged"} {
		layers[name] = filepath.Join(probe, name)
		if err := os.MkdirAll(layers[name], 0o755); err != nil {
			return "native"
		}
	}
	options := fmt.Sprintf("lowerdir=%s,upperdir=%s,workdir=%s", layers["lower"], layers["upper"], layers["work"])
	if err := tool("mount", "-t", "overlay", "-o", options, "overlay", layers["merged"]); err != nil {
		return "native"
	}
	// The mount goes with the namespace at the latest.
	_ = tool("umount", layers["merged"])
	return "overlayfs"
}

func (s *supervisor) importImages() error {
	self, err := os.Executable()
	if err != nil {
		return err
	}
	pause, err := busyboxAndPause(self)
	if err != nil {
		return err
	}
	if s.options.argoexec != "" {
		pause = append(pause, program("docker.io/library/"+executorImage, filepath.Join(s.options.argoexec, "argoexec")))
	}
	archives := s.options.images
	for i, made := range pause {
		path := s.options.dir.node("images", fmt.Sprintf("%d.tar", i))
		if err := made.write(path); err != nil {
			return err
		}
		archives = append(archives, path)
	}
	for _, archive := range archives {
		if err := tool("ctr", "--address", containerdSocket, "--namespace", "k8s.io", "images", "import",
			"--snapshotter", s.snapshotter(), archive); err != nil {
			return err
		}
	}
	return nil
}

func busyboxAndPause(self string) ([]image, error) {
	box, err := busybox()
	return []image{program(pauseImage, self, "pause"), box}, err
}

func (s *supervisor) startKubelet() error {
	dir := s.options.dir
	config := fmt.Sprintf(`apiVersion: kubelet.config.k8s.io/v1beta1
kind: KubeletConfiguration
authentication: {anonymous: {enabled: false}, webhook: {enabled: false}, x509: {clientCAFile: %q}}
authorization: {mode: AlwaysAllow}
containerRuntimeEndpoint: unix://%s
cgroupDriver: cgroupfs
cgroupRoot: /%s
clusterDNS: [%s]
clusterDomain: %s
enforceNodeAllocatable: []
failCgroupV1: false
failSwapOn: false
readOnlyPort: 0
resolvConf: %q
evictionHard: {memory.available: 50Mi, nodefs.available: 1%%, nodefs.inodesFree: 1%%, imagefs.available: 1%%}
imageGCHighThresholdPercent: 100
imageGCLowThresholdPercent: 99
`, dir.pki("ca.crt"), containerdSocket, s.options.group, nodeAddress, clusterDomain, dir.node("resolv.conf"))
	if err := write(dir.node("kubelet.yaml"), config); err != nil {
		return err
	}
	if err := write(dir.node("resolv.conf"), ""); err != nil {
		return err
	}
	if err := bind(dir.node("kubelet"), kubeletRoot); err != nil {
		return err
	}
	kubelet, err := s.run("kubelet", s.program(), []string{"kubelet", "--config=" + dir.node("kubelet.yaml"),
		"--kubeconfig=" + dir.node("kubeconfig"), "--root-dir=" + kubeletRoot,
		"--cert-dir=" + dir.node("kubelet-pki"), "--hostname-override=" + nodeName, "--node-ip=" + nodeAddress}, nil)
	if err != nil {
		return err
	}
	client, err := newClient(s.ctx, dir.kubeconfig())
	if err != nil {
		return err
	}
	return s.until("the node to be Ready", kubelet, nodeLimit, func() error {
		node, err := client.send("GET", "/api/v1/nodes/"+nodeName, "", nil)
		if err == nil && !condition(node, "Ready") {
			err = errors.New("it is not")
		}
		return err
	})
}

// bind shows a folder at another path.
func bind(folder, at string) error {
	for _, path := range []string{folder, at} {
		if err := os.MkdirAll(path, 0o755); err != nil {
			return err
		}
	}
	return syscall.Mount(folder, at, "", syscall.MS_BIND, "")
}

func write(path, content string) error {
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		return err
	}
	return os.WriteFile(path, []byte(content), 0o644)
}
