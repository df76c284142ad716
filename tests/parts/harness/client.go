package main

import (
	"bytes"
	"context"
	"crypto/tls"
	"crypto/x509"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"os"
	"strings"
	"sync"
	"time"

	"sigs.k8s.io/yaml"
)

const (
	requestLimit = 60 * time.Second
	fieldManager = "plumbline-tests"

	applyPatch = "application/apply-patch+yaml"
	mergePatch = "application/merge-patch+json"
	plainJSON  = "application/json"
)

// object is any Kubernetes object, numbers kept as they were written.
type object map[string]any

func (o object) text(path ...string) string {
	var value any = map[string]any(o)
	for _, key := range path {
		next, _ := value.(map[string]any)
		value = next[key]
	}
	result, _ := value.(string)
	return result
}

func (o object) name() string      { return o.text("metadata", "name") }
func (o object) namespace() string { return o.text("metadata", "namespace") }
func (o object) kind() string      { return o.text("kind") }

func (o object) String() string {
	name := o.name()
	if name == "" {
		name = o.text("metadata", "generateName")
	}
	return fmt.Sprintf("%s %s/%s", o.kind(), o.namespace(), name)
}

// client speaks to one API server as its administrator.
type client struct {
	ctx    context.Context // ends every request when it ends
	server string
	http   *http.Client

	mutex     sync.Mutex
	resources map[string]map[string]resource // by apiVersion, then kind
}

// resource is what the server says about a kind.
type resource struct {
	Name       string `json:"name"`
	Kind       string `json:"kind"`
	Namespaced bool   `json:"namespaced"`
}

// refused is an answer of the API server that is not a success.
type refused struct {
	status  int
	request string
	message string
}

func (e *refused) Error() string { return fmt.Sprintf("%s: %d %s", e.request, e.status, e.message) }

func isStatus(err error, status int) bool {
	var answer *refused
	return errors.As(err, &answer) && answer.status == status
}

func newClient(ctx context.Context, kubeconfig string) (*client, error) {
	content, err := os.ReadFile(kubeconfig)
	if err != nil {
		return nil, err
	}
	var config struct {
		Clusters []struct {
			Cluster struct {
				Server    string `json:"server"`
				Authority []byte `json:"certificate-authority-data"`
			} `json:"cluster"`
		} `json:"clusters"`
		Users []struct {
			User struct {
				Certificate []byte `json:"client-certificate-data"`
				Key         []byte `json:"client-key-data"`
			} `json:"user"`
		} `json:"users"`
	}
	if err := yaml.Unmarshal(content, &config); err != nil {
		return nil, fmt.Errorf("tried to read %s: %w", kubeconfig, err)
	}
	if len(config.Clusters) != 1 || len(config.Users) != 1 {
		return nil, fmt.Errorf("%s must hold one cluster and one user", kubeconfig)
	}
	pair, err := tls.X509KeyPair(config.Users[0].User.Certificate, config.Users[0].User.Key)
	if err != nil {
		return nil, fmt.Errorf("tried to read the client certificate in %s: %w", kubeconfig, err)
	}
	roots := x509.NewCertPool()
	roots.AppendCertsFromPEM(config.Clusters[0].Cluster.Authority)
	transport := &http.Transport{
		TLSClientConfig:   &tls.Config{Certificates: []tls.Certificate{pair}, RootCAs: roots},
		ForceAttemptHTTP2: true,
	}
	return &client{
		ctx:       ctx,
		server:    config.Clusters[0].Cluster.Server,
		http:      &http.Client{Transport: transport, Timeout: requestLimit},
		resources: map[string]map[string]resource{},
	}, nil
}

// do sends one request and returns the body of a successful answer; any other answer is a *refused.
func (c *client) do(method, path, contentType string, body []byte) ([]byte, error) {
	request, err := http.NewRequestWithContext(c.ctx, method, c.server+path, bytes.NewReader(body))
	if err != nil {
		return nil, err
	}
	if contentType != "" {
		request.Header.Set("Content-Type", contentType)
	}
	request.Header.Set("Accept", plainJSON)
	answer, err := c.http.Do(request)
	if err != nil {
		return nil, err
	}
	defer answer.Body.Close()
	content, err := io.ReadAll(answer.Body)
	if err != nil {
		return nil, err
	}
	if answer.StatusCode >= 300 {
		message := strings.TrimSpace(string(content))
		if status, err := parse(content); err == nil && status.text("message") != "" {
			message = status.text("message")
		}
		return nil, &refused{answer.StatusCode, method + " " + path, message}
	}
	return content, nil
}

// send is do for objects in and out.
func (c *client) send(method, path, contentType string, body object) (object, error) {
	var content []byte
	if body != nil {
		var err error
		if content, err = json.Marshal(body); err != nil {
			return nil, err
		}
	}
	answer, err := c.do(method, path, contentType, content)
	if err != nil {
		return nil, err
	}
	return parse(answer)
}

func (c *client) list(path string) ([]object, error) {
	answer, err := c.do("GET", path, "", nil)
	if err != nil {
		return nil, err
	}
	var list struct {
		Items []object `json:"items"`
	}
	decoder := json.NewDecoder(bytes.NewReader(answer))
	decoder.UseNumber()
	return list.Items, decoder.Decode(&list)
}

// collection is the path of all objects of this one's kind in its namespace.
func (c *client) collection(o object) (string, error) {
	found, err := c.resourceOf(o)
	if err != nil {
		return "", err
	}
	path := root(o.text("apiVersion"))
	if found.Namespaced {
		path += "/namespaces/" + url.PathEscape(o.namespace())
	}
	return path + "/" + found.Name, nil
}

func (c *client) resourceOf(o object) (resource, error) {
	c.mutex.Lock()
	defer c.mutex.Unlock()
	version := o.text("apiVersion")
	if found, known := c.resources[version][o.kind()]; known {
		return found, nil
	}
	answer, err := c.do("GET", root(version), "", nil)
	if err != nil {
		return resource{}, fmt.Errorf("tried to find kind %s of %q: %w", o.kind(), version, err)
	}
	var list struct {
		Resources []resource `json:"resources"`
	}
	if err := json.Unmarshal(answer, &list); err != nil {
		return resource{}, err
	}
	kinds := map[string]resource{}
	for _, r := range list.Resources {
		if !strings.Contains(r.Name, "/") {
			kinds[r.Kind] = r
		}
	}
	c.resources[version] = kinds
	if found, known := kinds[o.kind()]; known {
		return found, nil
	}
	return resource{}, fmt.Errorf("the API server knows no kind %s in %q", o.kind(), version)
}

func root(apiVersion string) string {
	if strings.Contains(apiVersion, "/") {
		return "/apis/" + apiVersion
	}
	return "/api/" + apiVersion
}

func parse(content []byte) (object, error) {
	decoder := json.NewDecoder(bytes.NewReader(content))
	decoder.UseNumber()
	var o object
	return o, decoder.Decode(&o)
}
