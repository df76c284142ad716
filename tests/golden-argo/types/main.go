// Prints how Argo's Go types read and write JSON, as a table: for each struct type its fields, each with the type of its
// value, whether it is a pointer, whether its zero value is left out, and the key by which a strategic merge joins lists.
// The forward computation of what Argo stores reads that table, so that it follows Argo's types and not a guess.
package main

import (
	"encoding/json"
	"fmt"
	"maps"
	"os"
	"reflect"
	"slices"
	"strings"

	wfv1 "github.com/argoproj/argo-workflows/v4/pkg/apis/workflow/v1alpha1"
	"k8s.io/apimachinery/pkg/api/resource"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/util/intstr"
)

type field struct {
	Type     string `json:"type"`
	Pointer  bool   `json:"pointer,omitempty"`
	Always   bool   `json:"always,omitempty"`
	Strategy string `json:"strategy,omitempty"`
	Key      string `json:"key,omitempty"`
}

var structs = map[string]map[string]field{}

// Types with a JSON form of their own.
var special = map[reflect.Type]string{
	reflect.TypeFor[wfv1.AnyString]():     "anyString",
	reflect.TypeFor[wfv1.Item]():          "any",
	reflect.TypeFor[wfv1.Object]():        "any",
	reflect.TypeFor[wfv1.Plugin]():        "any",
	reflect.TypeFor[wfv1.Amount]():        "number",
	reflect.TypeFor[resource.Quantity]():  "quantity",
	reflect.TypeFor[intstr.IntOrString](): "intOrString",
	reflect.TypeFor[metav1.Time]():        "time",
	reflect.TypeFor[metav1.MicroTime]():   "time",
	reflect.TypeFor[metav1.Duration]():    "string",
	reflect.TypeFor[metav1.FieldsV1]():    "any",
	reflect.TypeFor[json.RawMessage]():    "any",
	reflect.TypeFor[json.Number]():        "number",
}

func describe(t reflect.Type) string {
	if name, ok := special[t]; ok {
		return name
	}
	if t == reflect.TypeFor[wfv1.ParallelSteps]() {
		return "list:" + describe(reflect.TypeFor[wfv1.WorkflowStep]())
	}
	switch t.Kind() {
	case reflect.Pointer:
		return describe(t.Elem())
	case reflect.String:
		return "string"
	case reflect.Bool:
		return "bool"
	case reflect.Int, reflect.Int8, reflect.Int16, reflect.Int32, reflect.Int64,
		reflect.Uint, reflect.Uint8, reflect.Uint16, reflect.Uint32, reflect.Uint64,
		reflect.Float32, reflect.Float64:
		return "number"
	case reflect.Map:
		return "map:" + describe(t.Elem())
	case reflect.Slice:
		if t.Elem().Kind() == reflect.Uint8 {
			return "string"
		}
		return "list:" + describe(t.Elem())
	case reflect.Struct:
		return record(t)
	}
	return "any"
}

func record(t reflect.Type) string {
	path := strings.Split(t.PkgPath(), "/")
	name := path[len(path)-2] + "." + path[len(path)-1] + "." + t.Name()
	name = strings.TrimPrefix(name, "workflow.v1alpha1.")
	if _, ok := structs[name]; ok {
		return name
	}
	fields := map[string]field{}
	structs[name] = fields
	collect(t, fields)
	return name
}

func collect(t reflect.Type, fields map[string]field) {
	for f := range t.Fields() {
		tag := strings.Split(f.Tag.Get("json"), ",")
		if tag[0] == "-" || !f.IsExported() {
			continue
		}
		if f.Anonymous && tag[0] == "" {
			inner := f.Type
			if inner.Kind() == reflect.Pointer {
				inner = inner.Elem()
			}
			collect(inner, fields)
			continue
		}
		name := tag[0]
		if name == "" {
			name = f.Name
		}
		omit := len(tag) > 1 && tag[1] == "omitempty"
		fields[name] = field{
			Type:     describe(f.Type),
			Pointer:  f.Type.Kind() == reflect.Pointer,
			Always:   !omit,
			Strategy: f.Tag.Get("patchStrategy"),
			Key:      f.Tag.Get("patchMergeKey"),
		}
	}
}

func main() {
	root := describe(reflect.TypeFor[wfv1.WorkflowSpec]())
	names := slices.Sorted(maps.Keys(structs))
	fmt.Printf("{\"schema\":\"plumbline.dev/argo-types/v1\",\"argo\":%q,\"root\":%q,\"types\":{\n", os.Args[1], root)
	for i, name := range names {
		fields, err := json.Marshal(structs[name])
		if err != nil {
			panic(err)
		}
		end := ","
		if i == len(names)-1 {
			end = ""
		}
		fmt.Printf("%q:%s%s\n", name, fields, end)
	}
	fmt.Println("}}")
}
