// Command schema writes what the embedded cluster must know of each kind's fields: which lists are keyed, sets or atomic,
// which maps are atomic, and the defaults of list keys. It lets the API server's own code read the OpenAPI documents of a
// Kubernetes release and the full CRDs of Argo and KServe, so that the result is what a real API server merges by.
//
// Usage: schema KUBERNETES_MODULE_FOLDER ARGO_MODULE_FOLDER KSERVE_MODULE_FOLDER > kinds.json
package main

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"sort"
	"strings"

	apiextensionsv1 "k8s.io/apiextensions-apiserver/pkg/apis/apiextensions/v1"
	"k8s.io/apiextensions-apiserver/pkg/controller/openapi/builder"
	"k8s.io/kube-openapi/pkg/schemaconv"
	"k8s.io/kube-openapi/pkg/spec3"
	"k8s.io/kube-openapi/pkg/validation/spec"
	"sigs.k8s.io/structured-merge-diff/v6/schema"
	"sigs.k8s.io/yaml"
)

// The kinds that are written, as group/version/kind.
var builtIn = []string{
	"/v1/Namespace", "/v1/ConfigMap", "/v1/Secret", "/v1/ServiceAccount", "/v1/Service",
	"/v1/PersistentVolumeClaim", "/v1/Pod",
	"rbac.authorization.k8s.io/v1/Role", "rbac.authorization.k8s.io/v1/RoleBinding",
	"rbac.authorization.k8s.io/v1/ClusterRole", "rbac.authorization.k8s.io/v1/ClusterRoleBinding",
	"networking.k8s.io/v1/NetworkPolicy", "networking.k8s.io/v1/Ingress",
	"apps/v1/Deployment", "batch/v1/Job",
}

var documents = []string{
	"api__v1", "apis__apps__v1", "apis__batch__v1", "apis__networking.k8s.io__v1", "apis__rbac.authorization.k8s.io__v1",
}

var crds = []string{"workflowtemplates", "clusterworkflowtemplates", "workflows", "cronworkflows"}

type output struct {
	kinds map[string]int
	types []map[string]any
	named map[string]int
	same  map[string]int
}

func main() {
	if len(os.Args) != 4 {
		fail(fmt.Errorf("usage: schema KUBERNETES_MODULE_FOLDER ARGO_MODULE_FOLDER KSERVE_MODULE_FOLDER"))
	}
	static := map[string]*spec.Schema{}
	for _, name := range documents {
		document := &spec3.OpenAPI{}
		read(filepath.Join(os.Args[1], "api/openapi-spec/v3", name+"_openapi.json"), document)
		for key, model := range document.Components.Schemas {
			static[key] = model
		}
	}
	out := &output{kinds: map[string]int{}, named: map[string]int{}, same: map[string]int{}}
	out.add(static, builtIn, "")
	for _, plural := range crds {
		out.custom(static, filepath.Join(os.Args[2], "manifests/base/crds/full/argoproj.io_"+plural+".yaml"), plural+" ")
	}
	out.custom(static, filepath.Join(os.Args[3], "config/crd/full/serving.kserve.io_inferenceservices.yaml"), "")
	encoder := json.NewEncoder(os.Stdout)
	encoder.SetEscapeHTML(false)
	check(encoder.Encode(map[string]any{
		"schema": "plumbline.dev/cluster-kinds/v1", "kinds": out.kinds, "types": out.types,
	}))
}

// custom writes the type of the kind that a CRD makes.
func (o *output) custom(static map[string]*spec.Schema, file, scope string) {
	crd := &apiextensionsv1.CustomResourceDefinition{}
	read(file, crd)
	apiextensionsv1.SetDefaults_CustomResourceDefinition(crd)
	apiextensionsv1.SetDefaults_CustomResourceDefinitionSpec(&crd.Spec)
	version := crd.Spec.Versions[0].Name
	built, err := builder.BuildOpenAPIV3(crd, version, builder.Options{})
	check(err)
	merged, err := builder.MergeSpecsV3(&spec3.OpenAPI{Version: "3.0.0", Info: &spec.Info{},
		Components: &spec3.Components{Schemas: static}}, built)
	check(err)
	o.add(merged.Components.Schemas, []string{crd.Spec.Group + "/" + version + "/" + crd.Spec.Names.Kind}, scope)
}

// add writes the types of some kinds. The scope keeps named types of different documents apart where they may differ.
func (o *output) add(models map[string]*spec.Schema, kinds []string, scope string) {
	converted, err := schemaconv.ToSchemaFromOpenAPI(models, false)
	check(err)
	for _, kind := range kinds {
		name := modelOf(models, kind)
		o.kinds[kind] = o.ref(converted, schema.TypeRef{NamedType: &name}, scope)
	}
}

func modelOf(models map[string]*spec.Schema, kind string) string {
	for name, model := range models {
		list, _ := model.Extensions["x-kubernetes-group-version-kind"].([]any)
		for _, entry := range list {
			text := func(key string) string {
				if m, ok := entry.(map[string]any); ok {
					return fmt.Sprint(m[key])
				}
				return fmt.Sprint(entry.(map[any]any)[key])
			}
			if text("group")+"/"+text("version")+"/"+text("kind") == kind {
				return name
			}
		}
	}
	fail(fmt.Errorf("no model for %s", kind))
	return ""
}

func (o *output) ref(s *schema.Schema, ref schema.TypeRef, scope string) int {
	atom, ok := s.Resolve(ref)
	if !ok {
		fail(fmt.Errorf("unresolved type %v", ref))
	}
	if ref.NamedType == nil {
		return o.intern(o.atom(s, atom, scope))
	}
	name := *ref.NamedType
	if ref.ElementRelationship != nil {
		name += " " + string(*ref.ElementRelationship)
	}
	if strings.HasPrefix(name, "io.argoproj") {
		name = scope + name
	}
	if index, ok := o.named[name]; ok {
		return index
	}
	index := len(o.types)
	o.named[name] = index
	o.types = append(o.types, nil)
	o.types[index] = o.atom(s, atom, scope)
	return index
}

// intern keeps equal inline types once.
func (o *output) intern(atom map[string]any) int {
	text, err := json.Marshal(atom)
	check(err)
	if index, ok := o.same[string(text)]; ok {
		return index
	}
	index := len(o.types)
	o.types = append(o.types, atom)
	o.same[string(text)] = index
	return index
}

func (o *output) atom(s *schema.Schema, atom schema.Atom, scope string) map[string]any {
	out := map[string]any{}
	if atom.Scalar != nil {
		out["scalar"] = *atom.Scalar
	}
	if atom.List != nil {
		list := map[string]any{"of": o.ref(s, atom.List.ElementType, scope)}
		if atom.List.ElementRelationship == schema.Associative {
			keys := append([]string{}, atom.List.Keys...)
			sort.Strings(keys)
			list["keys"] = keys
		}
		out["list"] = list
	}
	if atom.Map != nil {
		m := map[string]any{}
		if atom.Map.ElementRelationship == schema.Atomic {
			m["atomic"] = true
		}
		fields, defaults := map[string]int{}, map[string]any{}
		sorted := append([]schema.StructField{}, atom.Map.Fields...)
		sort.Slice(sorted, func(i, j int) bool { return sorted[i].Name < sorted[j].Name })
		for _, field := range sorted {
			fields[field.Name] = o.ref(s, field.Type, scope)
			if field.Default != nil {
				defaults[field.Name] = field.Default
			}
		}
		if len(fields) > 0 {
			m["fields"] = fields
		}
		if len(defaults) > 0 {
			m["defaults"] = defaults
		}
		empty := schema.TypeRef{}
		if !atom.Map.ElementType.Equals(&empty) {
			m["of"] = o.ref(s, atom.Map.ElementType, scope)
		}
		out["map"] = m
	}
	return out
}

func read(file string, into any) {
	bytes, err := os.ReadFile(file)
	check(err)
	bytes, err = yaml.YAMLToJSON(bytes)
	check(err)
	check(json.Unmarshal(bytes, into))
}

func check(err error) {
	if err != nil {
		fail(err)
	}
}

func fail(err error) {
	fmt.Fprintln(os.Stderr, "schema:", err)
	os.Exit(1)
}
