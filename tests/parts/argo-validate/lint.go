package main

import (
	"context"
	"fmt"
	"os"

	"github.com/argoproj/argo-workflows/v4/cmd/argo/lint"
	"github.com/argoproj/argo-workflows/v4/pkg/apiclient"
	"github.com/argoproj/argo-workflows/v4/pkg/apis/workflow"
)

// runLint is the command "argo lint --offline" without the rest of the argo program, which does not build from the released
// module (the files of its web page are not in it). Options are those of the command when none is given: every kind, strict,
// "pretty".
func runLint(paths []string) {
	ctx, client, err := apiclient.NewClientFromOptsWithContext(context.Background(),
		apiclient.Opts{Offline: true, OfflineFiles: paths, LogLevel: "info", LogFormat: "text"})
	if err == nil {
		kinds := []string{
			workflow.WorkflowPlural, workflow.WorkflowTemplatePlural,
			workflow.CronWorkflowPlural, workflow.ClusterWorkflowTemplatePlural,
		}
		err = lint.RunLint(ctx, client, kinds, "pretty", true,
			lint.Options{Files: paths, Strict: true, DefaultNamespace: "default", Printer: os.Stdout})
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, "tried to lint with Argo:", err)
		os.Exit(1)
	}
}
