module dev.plumbline/tests/parts/platform-crds

go 1.26.0

// Only looked into for their CRDs: nothing here imports them, so `go mod tidy` would drop them.
require (
	github.com/argoproj/argo-cd/v3 v3.1.8
	github.com/argoproj/argo-events v1.9.11
	github.com/argoproj/argo-rollouts v1.8.3
	github.com/kserve/kserve v0.16.0
	github.com/prometheus-operator/prometheus-operator v0.85.0
)
