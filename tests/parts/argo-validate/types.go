package main

import (
	"encoding/json"
	"fmt"
	"io"
	"reflect"
	"sort"
	"strings"

	"k8s.io/apimachinery/pkg/api/resource"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/util/intstr"

	wfv1 "github.com/argoproj/argo-workflows/v4/pkg/apis/workflow/v1alpha1"
)

// What each leaf decodes from.
const (
	text     = "string"
	flag     = "bool"
	whole    = "int"
	decimal  = "float"
	anything = "any"
)

// Types that decode themselves.
var special = map[reflect.Type]string{
	reflect.TypeFor[intstr.IntOrString]():        "int-or-string",
	reflect.TypeFor[resource.Quantity]():         "quantity",
	reflect.TypeFor[metav1.Time]():               "time",
	reflect.TypeFor[metav1.MicroTime]():          "time",
	reflect.TypeFor[metav1.Duration]():           text,
	reflect.TypeFor[metav1.FieldsV1]():           anything,
	reflect.TypeFor[wfv1.AnyString]():            "any-string",
	reflect.TypeFor[wfv1.Amount]():               "number",
	reflect.TypeFor[wfv1.Item]():                 anything,
	reflect.TypeFor[wfv1.Object]():               anything,
	reflect.TypeFor[wfv1.Plugin]():               "one-key",
	reflect.TypeFor[json.RawMessage]():           anything,
	reflect.TypeFor[[]byte]():                    text,
	reflect.TypeFor[wfv1.WorkflowStatus]():       anything,
	reflect.TypeFor[metav1.ManagedFieldsEntry](): anything,
}

type table struct {
	names map[reflect.Type]string
	lines map[string]string
}

func printTypes(out io.Writer) {
	t := table{map[reflect.Type]string{}, map[string]string{}}
	for _, root := range []reflect.Type{
		reflect.TypeFor[wfv1.Workflow](), reflect.TypeFor[wfv1.WorkflowTemplate](),
		reflect.TypeFor[wfv1.ClusterWorkflowTemplate](), reflect.TypeFor[wfv1.CronWorkflow](),
		reflect.TypeFor[wfv1.WorkflowEventBinding](),
	} {
		t.of(root)
	}
	names := make([]string, 0, len(t.lines))
	for name := range t.lines {
		names = append(names, name)
	}
	sort.Strings(names)
	for _, name := range names {
		fmt.Fprintln(out, strings.TrimSpace(name+" "+t.lines[name]))
	}
}

func (t table) of(one reflect.Type) string {
	if one.Kind() == reflect.Pointer {
		return t.of(one.Elem())
	}
	if name, ok := special[one]; ok {
		return name
	}
	if one == reflect.TypeFor[wfv1.ParallelSteps]() {
		return "[]" + t.of(reflect.TypeFor[wfv1.WorkflowStep]())
	}
	switch one.Kind() {
	case reflect.String:
		return text
	case reflect.Bool:
		return flag
	case reflect.Float32, reflect.Float64:
		return decimal
	case reflect.Int, reflect.Int8, reflect.Int16, reflect.Int32, reflect.Int64,
		reflect.Uint, reflect.Uint8, reflect.Uint16, reflect.Uint32, reflect.Uint64:
		return whole
	case reflect.Slice, reflect.Array:
		return "[]" + t.of(one.Elem())
	case reflect.Map:
		return "{}" + t.of(one.Elem())
	case reflect.Struct:
		return "@" + t.structure(one)
	}
	return anything
}

func (t table) structure(one reflect.Type) string {
	if name, ok := t.names[one]; ok {
		return name
	}
	name := one.Name()
	if name == "" {
		name = "Anonymous"
	}
	for base, i := name, 2; ; i++ {
		if _, taken := t.lines[name]; !taken {
			break
		}
		name = fmt.Sprint(base, i)
	}
	t.names[one] = name
	t.lines[name] = ""
	fields := t.fields(one)
	sort.Strings(fields)
	t.lines[name] = strings.Join(fields, " ")
	return name
}

func (t table) fields(one reflect.Type) []string {
	var fields []string
	for i := range one.NumField() {
		field := one.Field(i)
		tag, options, _ := strings.Cut(field.Tag.Get("json"), ",")
		switch {
		case tag == "-":
		case field.Anonymous && tag == "" || strings.Contains(options, "inline"):
			inner := field.Type
			if inner.Kind() == reflect.Pointer {
				inner = inner.Elem()
			}
			fields = append(fields, t.fields(inner)...)
		case field.IsExported():
			if tag == "" {
				tag = field.Name
			}
			fields = append(fields, tag+":"+t.of(field.Type))
		}
	}
	return fields
}
