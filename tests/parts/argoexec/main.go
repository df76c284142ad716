// Command argoexec is Argo's executor, which runs in the pods of a Workflow. Argo's own main package is not used because the module
// must be mended before it compiles, which the recipe does.
package main

import (
	"context"
	"errors"
	"os"
	"os/signal"
	"syscall"

	"github.com/argoproj/argo-workflows/v4/cmd/argoexec/commands"
	"github.com/argoproj/argo-workflows/v4/util"
	argoerrors "github.com/argoproj/argo-workflows/v4/util/errors"
)

// What Argo's own program ends with when the command could not be run, or ended without a code.
const (
	exitBroken = 64
	exitKilled = 137
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), syscall.SIGTERM)
	defer stop()
	os.Exit(codeOf(commands.NewRootCommand().ExecuteContext(ctx)))
}

func codeOf(err error) int {
	var exited argoerrors.Exited
	switch {
	case err == nil:
		return 0
	case !errors.As(err, &exited):
		util.WriteTerminateMessage(err.Error())
		println(err.Error())
		return exitBroken
	case exited.ExitCode() < 0:
		return exitKilled
	}
	return exited.ExitCode()
}
