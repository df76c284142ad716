// Command argo-validate says what Argo's own validation makes of files.
//
//	argo-validate check < PATHS    one line of JSON per path: {"file", "objects": [{"kind", "name", "decode", "validate"}]}
//	argo-validate types            the fields of Argo's objects and what each of them decodes from, one struct per line
//	argo-validate lint PATH...     what "argo lint --offline PATH..." does, by its own code, with its own output
//
// "decode" and "validate" are Argo's messages, empty where it accepts. The documents of one file see each other's
// templates, and no other's.
package main

import (
	"bufio"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"os"

	apierr "k8s.io/apimachinery/pkg/api/errors"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/runtime/schema"

	wfv1 "github.com/argoproj/argo-workflows/v4/pkg/apis/workflow/v1alpha1"
	"github.com/argoproj/argo-workflows/v4/util/logging"
	"github.com/argoproj/argo-workflows/v4/workflow/common"
	"github.com/argoproj/argo-workflows/v4/workflow/validate"
)

const maxPath = 1 << 16

type verdict struct {
	Kind      string `json:"kind"`
	Namespace string `json:"namespace"`
	Name      string `json:"name"`
	Decode    string `json:"decode"`
	Validate  string `json:"validate"`
}

type result struct {
	File    string    `json:"file"`
	Objects []verdict `json:"objects"`
}

func main() {
	switch {
	case len(os.Args) == 2 && os.Args[1] == "check":
		check(os.Stdin, os.Stdout)
	case len(os.Args) == 2 && os.Args[1] == "types":
		printTypes(os.Stdout)
	case len(os.Args) > 2 && os.Args[1] == "lint":
		runLint(os.Args[2:])
	default:
		usage()
	}
}

func usage() {
	fmt.Fprintln(os.Stderr, "usage: argo-validate check < PATHS | argo-validate types | argo-validate lint PATH...")
	os.Exit(2)
}

func check(in io.Reader, out io.Writer) {
	ctx := logging.WithLogger(context.Background(),
		logging.NewSlogLoggerCustom(logging.Error, logging.Text, io.Discard))
	answers := json.NewEncoder(out)
	answers.SetEscapeHTML(false)
	paths := bufio.NewScanner(in)
	paths.Buffer(nil, maxPath)
	for paths.Scan() {
		content, err := os.ReadFile(paths.Text())
		if err != nil {
			fmt.Fprintln(os.Stderr, "tried to read a file to check:", err)
			os.Exit(1)
		}
		if err := answers.Encode(result{paths.Text(), checkFile(ctx, content)}); err != nil {
			fmt.Fprintln(os.Stderr, "tried to write an answer:", err)
			os.Exit(1)
		}
	}
}

func checkFile(ctx context.Context, content []byte) []verdict {
	templates := lookup{map[string]*wfv1.WorkflowTemplate{}, map[string]*wfv1.ClusterWorkflowTemplate{}}
	for _, parsed := range common.ParseObjects(ctx, content, false) {
		switch object := parsed.Object.(type) {
		case *wfv1.WorkflowTemplate:
			templates.namespaced[object.Namespace+"/"+object.Name] = object
		case *wfv1.ClusterWorkflowTemplate:
			templates.cluster[object.Name] = object
		}
	}
	verdicts := []verdict{}
	for _, parsed := range common.ParseObjects(ctx, content, true) {
		if parsed.Object == nil {
			verdicts = append(verdicts, verdict{Decode: fmt.Sprint(parsed.Err)})
			continue
		}
		kind := kindOf(parsed.Object)
		if kind == "" {
			continue
		}
		v := verdict{Kind: kind, Namespace: parsed.Object.GetNamespace(), Name: parsed.Object.GetName()}
		if v.Name == "" {
			v.Name = parsed.Object.GetGenerateName()
		}
		if parsed.Err != nil {
			v.Decode = parsed.Err.Error()
		} else if err := validateObject(ctx, parsed.Object, templates); err != nil {
			v.Validate = err.Error()
		}
		verdicts = append(verdicts, v)
	}
	return verdicts
}

func kindOf(object metav1.Object) string {
	switch object.(type) {
	case *wfv1.Workflow:
		return "Workflow"
	case *wfv1.WorkflowTemplate:
		return "WorkflowTemplate"
	case *wfv1.ClusterWorkflowTemplate:
		return "ClusterWorkflowTemplate"
	case *wfv1.CronWorkflow:
		return "CronWorkflow"
	case *wfv1.WorkflowEventBinding:
		return "WorkflowEventBinding"
	}
	return ""
}

// validateObject validates as "argo lint" does, which takes less from a CronWorkflow than from the others.
func validateObject(ctx context.Context, object metav1.Object, templates lookup) (err error) {
	defer func() {
		if panicked := recover(); panicked != nil {
			err = fmt.Errorf("panic: %v", panicked)
		}
	}()
	lint := validate.Opts{Lint: true}
	here := namespaced{templates, object.GetNamespace()}
	cluster := clusterWide{templates}
	switch o := object.(type) {
	case *wfv1.Workflow:
		return validate.Workflow(ctx, here, cluster, o, nil, lint)
	case *wfv1.WorkflowTemplate:
		return validate.WorkflowTemplate(ctx, here, cluster, o, nil, lint)
	case *wfv1.ClusterWorkflowTemplate:
		return validate.ClusterWorkflowTemplate(ctx, here, cluster, o, nil, lint)
	case *wfv1.CronWorkflow:
		return validate.CronWorkflow(ctx, here, cluster, o, nil)
	}
	return nil
}

type lookup struct {
	namespaced map[string]*wfv1.WorkflowTemplate
	cluster    map[string]*wfv1.ClusterWorkflowTemplate
}

type namespaced struct {
	lookup
	namespace string
}

type clusterWide struct{ lookup }

// Get answers as a cluster does: a template that is not there is "not found", which Argo tells from other failures.
func (n namespaced) Get(_ context.Context, name string) (*wfv1.WorkflowTemplate, error) {
	if found, ok := n.namespaced[n.namespace+"/"+name]; ok {
		return found, nil
	}
	return nil, notFound("workflowtemplates", name)
}

func (c clusterWide) Get(_ context.Context, name string) (*wfv1.ClusterWorkflowTemplate, error) {
	if found, ok := c.cluster[name]; ok {
		return found, nil
	}
	return nil, notFound("clusterworkflowtemplates", name)
}

func notFound(resource, name string) error {
	return apierr.NewNotFound(schema.GroupResource{Group: "argoproj.io", Resource: resource}, name)
}
