package main

import (
	"os"
	"path/filepath"
)

// layout is a cluster's folder. All that a cluster writes lies in it, under these names.
type layout string

func (l layout) path(elements ...string) string {
	return filepath.Join(append([]string{string(l)}, elements...)...)
}

func (l layout) kubeconfig() string { return l.path("kubeconfig") }
func (l layout) supervisor() string { return l.path("supervisor.pid") }
func (l layout) pids() string       { return l.path("pids") }
func (l layout) logs() string       { return l.path("logs") }
func (l layout) log(name string) string {
	return l.path("logs", name+".log")
}
func (l layout) pki(name string) string { return l.path("pki", name) }
func (l layout) etcd() string           { return l.path("etcd") }

// node is where everything of a node lies that runs here.
func (l layout) node(names ...string) string {
	return l.path(append([]string{"node"}, names...)...)
}

// removeState takes away all but the logs, which tell why a cluster ended.
func (l layout) removeState() error {
	for _, path := range []string{l.kubeconfig(), l.path("pki"), l.etcd(), l.node(), l.pids(), l.supervisor()} {
		if err := os.RemoveAll(path); err != nil {
			return err
		}
	}
	return nil
}

// removeAll takes away everything of a cluster, and the folder when nothing else lies in it.
func (l layout) removeAll() error {
	if err := l.removeState(); err != nil {
		return err
	}
	if err := os.RemoveAll(l.logs()); err != nil {
		return err
	}
	entries, err := os.ReadDir(string(l))
	if os.IsNotExist(err) || len(entries) > 0 {
		return nil
	}
	if err != nil {
		return err
	}
	return os.Remove(string(l))
}
