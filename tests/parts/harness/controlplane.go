package main

import (
	"fmt"
	"net"
	"os"
	"path/filepath"
	"strings"
	"time"
)

const (
	readyLimit    = 60 * time.Second // typical: 5 s; a machine that also compiles takes several times that
	startAttempts = 3
)

// startAll returns when the API server is ready and, if asked for, Argo's controller is.
func (s *supervisor) startAll() error {
	if s.options.withArgo {
		if err := checkArgoPort(); err != nil {
			return err
		}
	}
	if err := s.startControlPlane(); err != nil {
		return err
	}
	if s.options.withControllers {
		if err := s.startControllers(); err != nil {
			return err
		}
	}
	if s.options.withNode {
		if err := s.startNode(); err != nil {
			return err
		}
	}
	if s.options.withArgo {
		return s.startArgo()
	}
	return nil
}

// startControlPlane tries again with other ports when somebody took one between our look and the program's.
func (s *supervisor) startControlPlane() error {
	var err error
	for range startAttempts {
		err = s.tryControlPlane()
		if err == nil || !strings.Contains(err.Error(), "address already in use") {
			return err
		}
		s.killAll()
		for range s.parts {
			<-s.ended
		}
		s.parts = nil
		if cleanup := os.RemoveAll(s.options.dir.etcd()); cleanup != nil {
			return cleanup
		}
	}
	return err
}

func (s *supervisor) tryControlPlane() error {
	ports, err := freePorts(3)
	if err != nil {
		return err
	}
	if s.options.port != 0 {
		ports[2] = s.options.port
	}
	etcdURL, peerURL := loopback("http", ports[0]), loopback("http", ports[1])
	server := loopback("https", ports[2])
	if err := writePKI(s.options.dir, server, s.options.withNode); err != nil {
		return err
	}
	_, err = s.run("etcd", s.program(), []string{"etcd",
		"--data-dir=" + s.options.dir.etcd(), "--unsafe-no-fsync", "--log-level=warn", "--name=tests",
		"--listen-client-urls=" + etcdURL, "--advertise-client-urls=" + etcdURL,
		"--listen-peer-urls=" + peerURL, "--initial-advertise-peer-urls=" + peerURL,
		"--initial-cluster=tests=" + peerURL}, nil)
	if err != nil {
		return err
	}
	s.again = s.apiserverArguments(etcdURL, ports[2])
	s.server, err = s.run("kube-apiserver", s.program(), s.again, nil)
	if err != nil {
		return err
	}
	client, err := newClient(s.ctx, s.options.dir.kubeconfig())
	if err != nil {
		return err
	}
	return s.until("the API server's /readyz", s.server, readyLimit, func() error {
		if etcd := s.parts[0]; etcd.hasEnded() {
			return fmt.Errorf("etcd ended: %s\n%s", etcd.state, s.tail(etcd.name))
		}
		_, err := client.do("GET", "/readyz", "", nil)
		return err
	})
}

func (s *supervisor) program() string { return filepath.Join(s.options.kubernetes, "kubernetes") }

func (s *supervisor) apiserverArguments(etcdURL string, port int) []string {
	dir := s.options.dir
	// A loopback address cannot be an endpoint, so the server must not try to publish itself.
	where := []string{"kube-apiserver", "--bind-address=127.0.0.1", "--advertise-address=127.0.0.1", "--endpoint-reconciler-type=none"}
	if s.options.withNode {
		where = []string{"kube-apiserver", "--bind-address=0.0.0.0", "--advertise-address=" + nodeAddress,
			"--kubelet-preferred-address-types=InternalIP",
			"--kubelet-client-certificate=" + dir.pki("admin.crt"), "--kubelet-client-key=" + dir.pki("admin.key")}
	}
	return append(where,
		"--etcd-servers="+etcdURL,
		fmt.Sprintf("--secure-port=%d", port),
		"--tls-cert-file="+dir.pki("apiserver.crt"), "--tls-private-key-file="+dir.pki("apiserver.key"),
		"--client-ca-file="+dir.pki("ca.crt"),
		"--service-account-issuer=https://kubernetes.default.svc",
		"--service-account-key-file="+dir.pki("service-accounts.pub"),
		"--service-account-signing-key-file="+dir.pki("service-accounts.key"),
		"--authorization-mode=Node,RBAC", "--service-cluster-ip-range=10.96.0.0/16", "--allow-privileged=true")
}

func (s *supervisor) startControllers() error {
	dir := s.options.dir
	controllers, err := s.run("kube-controller-manager", s.program(), []string{"kube-controller-manager",
		"--kubeconfig=" + dir.kubeconfig(), "--leader-elect=false", "--secure-port=0",
		"--service-account-private-key-file=" + dir.pki("service-accounts.key"), "--root-ca-file=" + dir.pki("ca.crt"),
		"--use-service-account-credentials=false"}, nil)
	if err != nil {
		return err
	}
	client, err := newClient(s.ctx, dir.kubeconfig())
	if err != nil {
		return err
	}
	return s.until("the default service account", controllers, readyLimit, func() error {
		_, err := client.do("GET", "/api/v1/namespaces/default/serviceaccounts/default", "", nil)
		return err
	})
}

func loopback(scheme string, port int) string { return fmt.Sprintf("%s://127.0.0.1:%d", scheme, port) }

// freePorts are different from one another, because all are open until the last is found.
func freePorts(count int) ([]int, error) {
	var ports []int
	for range count {
		listener, err := net.Listen("tcp", "127.0.0.1:0")
		if err != nil {
			return nil, err
		}
		defer listener.Close()
		ports = append(ports, listener.Addr().(*net.TCPAddr).Port)
	}
	return ports, nil
}
