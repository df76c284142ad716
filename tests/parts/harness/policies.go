package main

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
)

// policyQueue is where the enforcer of NetworkPolicies is asked about packets.
const policyQueue = "100"

// enforcePolicies has the first packet of each connection from or to a pod judged by the NetworkPolicies, and returns when somebody
// does. A pod's packets are judged from the moment at which the API server knows its address. What the node sends itself always passes,
// as NetworkPolicies have it.
func (s *supervisor) enforcePolicies() error {
	queue := []string{"-j", "NFQUEUE", "--queue-num", policyQueue}
	fresh := []string{"-m", "conntrack", "--ctstate", "NEW"}
	for _, rule := range [][]string{
		// After addresses of services have become those of pods. A socket's owner is known of what the node sends alone.
		{"POSTROUTING", "-m", "owner", "--uid-owner", "0", "-j", "ACCEPT"},
		append([]string{"POSTROUTING", "-s", pods}, append(fresh, queue...)...),
		append([]string{"POSTROUTING", "-d", pods}, append(fresh, queue...)...),
		// What pods send to the node goes no further.
		append([]string{"INPUT", "-s", pods}, append(fresh, queue...)...),
	} {
		if err := tool("iptables", append([]string{"-w", "-t", "mangle", "-A"}, rule...)...); err != nil {
			return err
		}
	}
	enforcer, err := s.run("network-policies", filepath.Join(s.options.enforcer, "network-policies"),
		[]string{s.options.dir.kubeconfig(), nodeName, policyQueue}, nil)
	if err != nil {
		return err
	}
	return s.until("the enforcer of NetworkPolicies", enforcer, nodeLimit, func() error {
		return listensOn(policyQueue)
	})
}

// listensOn says nothing when somebody takes the packets of this queue.
func listensOn(queue string) error {
	content, err := os.ReadFile("/proc/net/netfilter/nfnetlink_queue")
	if err != nil {
		return err
	}
	for line := range strings.Lines(string(content)) {
		if fields := strings.Fields(line); len(fields) > 0 && fields[0] == queue {
			return nil
		}
	}
	return errors.New("nobody takes the packets")
}
