// Reads cases of {name, workflow, template, defaults} as a JSON list and prints them again with what Argo's own code makes of
// each: "stored", the spec that it stores for a run that refers to the template, and "templates", each template of the
// template object as it is stored when a run refers to it alone.
package main

import (
	"context"
	"encoding/json"
	"os"

	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"

	wfv1 "github.com/argoproj/argo-workflows/v4/pkg/apis/workflow/v1alpha1"
	"github.com/argoproj/argo-workflows/v4/util/logging"
	"github.com/argoproj/argo-workflows/v4/workflow/templateresolution"
	"github.com/argoproj/argo-workflows/v4/workflow/util"
)

type given struct {
	Name     string          `json:"name"`
	Workflow json.RawMessage `json:"workflow"`
	Template json.RawMessage `json:"template"`
	Defaults json.RawMessage `json:"defaults,omitempty"`

	Stored    *wfv1.WorkflowSpec       `json:"stored"`
	Templates map[string]wfv1.Template `json:"templates"`
}

type one struct{ template *wfv1.WorkflowTemplate }

func (o one) Get(context.Context, string) (*wfv1.WorkflowTemplate, error) { return o.template, nil }

func parse(raw json.RawMessage) *wfv1.WorkflowSpec {
	if len(raw) == 0 {
		return nil
	}
	var spec wfv1.WorkflowSpec
	if err := json.Unmarshal(raw, &spec); err != nil {
		panic(string(raw) + ": " + err.Error())
	}
	return &spec
}

func main() {
	ctx := logging.WithLogger(context.Background(), logging.NewSlogLogger(logging.Error, logging.Text))
	var cases []*given
	if err := json.NewDecoder(os.Stdin).Decode(&cases); err != nil {
		panic(err)
	}
	for _, c := range cases {
		joined, err := util.JoinWorkflowSpec(parse(c.Workflow), parse(c.Template), parse(c.Defaults))
		if err != nil {
			panic(c.Name + ": " + err.Error())
		}
		c.Stored = &joined.Spec
		template := &wfv1.WorkflowTemplate{ObjectMeta: metav1.ObjectMeta{Name: "t"}, Spec: *parse(c.Template)}
		run := &wfv1.Workflow{ObjectMeta: metav1.ObjectMeta{Name: "w"}}
		resolver := templateresolution.NewContext(one{template}, nil, run, run, logging.RequireLoggerFromContext(ctx))
		for _, t := range template.Spec.Templates {
			ref := &wfv1.TemplateRef{Name: "t", Template: t.Name}
			if _, _, _, err := resolver.ResolveTemplate(ctx, &wfv1.WorkflowStep{Name: "s", TemplateRef: ref}); err != nil {
				panic(c.Name + ": " + err.Error())
			}
		}
		c.Templates = run.Status.StoredTemplates
	}
	out := json.NewEncoder(os.Stdout)
	out.SetIndent("", " ")
	if err := out.Encode(cases); err != nil {
		panic(err)
	}
}
