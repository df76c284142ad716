package main

import (
	_ "embed"
	"errors"
	"fmt"
	"net"
	"net/http"
	"path/filepath"
	"time"
)

const (
	argoNamespace = "argo"
	// The controller's health port cannot be changed: one controller per network namespace.
	argoHealthPort = 6060
	argoLimit      = 60 * time.Second
	// Never pulled or run: no kubelet is here.
	executorImage = "argoexec:tests"
)

//go:embed argo.yaml
var argoManifests []byte

func checkArgoPort() error {
	listener, err := net.Listen("tcp", fmt.Sprintf(":%d", argoHealthPort))
	if err != nil {
		return fmt.Errorf("Argo's controller needs port %d, which cannot be changed, but it is taken (%w); "+
			"stop the other Argo controller, or start this one in another network namespace", argoHealthPort, err)
	}
	return listener.Close()
}

// startArgo returns when the controller answers on its health port, its caches being filled.
func (s *supervisor) startArgo() error {
	client, err := newClient(s.ctx, s.options.dir.kubeconfig())
	if err != nil {
		return err
	}
	if err := s.installArgo(client); err != nil {
		return err
	}
	controller, err := s.run("workflow-controller", filepath.Join(s.options.argo, "workflow-controller"),
		[]string{"--namespace=" + argoNamespace, "--kubeconfig=" + s.options.dir.kubeconfig(),
			"--executor-image=" + executorImage, "--executor-image-pull-policy=Never"},
		[]string{"LEADER_ELECTION_DISABLE=true", "DEFAULT_REQUEUE_TIME=200ms"})
	if err != nil {
		return err
	}
	health := fmt.Sprintf("http://127.0.0.1:%d/healthz", argoHealthPort)
	return s.until(health, controller, argoLimit, func() error {
		answer, err := http.Get(health)
		if err != nil {
			return err
		}
		defer answer.Body.Close()
		if answer.StatusCode != http.StatusOK {
			return errors.New(answer.Status)
		}
		return nil
	})
}

func (s *supervisor) installArgo(client *client) error {
	definitions, err := readManifests(filepath.Join(s.options.argo, "crds"))
	if err != nil {
		return err
	}
	for _, definition := range definitions {
		if _, err := client.apply(definition); err != nil {
			return err
		}
	}
	for _, definition := range definitions {
		err := s.until(definition.String(), s.parts[1], argoLimit, func() error {
			live, err := client.get(definition)
			if err == nil && !condition(live, "Established") {
				err = errors.New("not established")
			}
			return err
		})
		if err != nil {
			return err
		}
	}
	if err := client.ensureNamespace(argoNamespace); err != nil {
		return err
	}
	manifests, err := parseManifests(argoManifests)
	if err != nil {
		return err
	}
	for _, manifest := range manifests {
		if _, err := client.apply(manifest); err != nil {
			return err
		}
	}
	return nil
}
