// Starts and stops a real control plane on the loopback for tests, and captures what Argo's controller stores there.
// People and tests use the scripts `cluster` and `capture-argo`, which find the programs and call this.
package main

import (
	"errors"
	"flag"
	"fmt"
	"os"
	"os/signal"
	"path/filepath"
	"syscall"
	"time"
)

const (
	usageText = `usage:
  cluster start DIR [--with-controllers] [--with-argo] [--with-node [--image TAR]… [--git FOLDER] [--with-s3]
                    [--with-network-policies]] [--parent PID]
  cluster stop DIR
  cluster server DIR down|up
  capture-argo IN_DIR OUT_DIR [--timeout DURATION]
  cluster bare KUBECONFIG CONNECTIONS < REQUESTS`

	exitFailed = 1
	exitUsage  = 2
)

var errUsage = errors.New(usageText)

func main() {
	err := run(os.Args[1:])
	switch {
	case err == nil:
	case errors.Is(err, errUsage), errors.Is(err, flag.ErrHelp):
		fmt.Fprintln(os.Stderr, usageText)
		os.Exit(exitUsage)
	default:
		fmt.Fprintln(os.Stderr, "cluster:", err)
		os.Exit(exitFailed)
	}
}

func run(args []string) error {
	if len(args) == 0 {
		return errUsage
	}
	switch args[0] {
	case "start":
		options, err := parseStart(args[1:])
		if err != nil {
			return err
		}
		return start(options)
	case "supervise", "inside":
		options, err := parseStart(args[1:])
		if err != nil {
			return err
		}
		return supervise(options, args[0] == "inside")
	case "node-lacks":
		if err := checkNode(); err != nil {
			fmt.Println(err)
		}
		return nil
	case "init":
		return runInit(args[1:])
	case "pause":
		return pause()
	case "stop":
		if len(args) != 2 {
			return errUsage
		}
		return stop(layout(absolute(args[1])))
	case "server":
		if len(args) != 3 || args[2] != "down" && args[2] != "up" {
			return errUsage
		}
		return server(layout(absolute(args[1])), args[2] == "up")
	case "bare":
		return runBare(args[1:])
	case "capture":
		return runCapture(args[1:])
	}
	return errUsage
}

// options are the arguments of start, which it hands on to its supervisor as they came.
type options struct {
	dir             layout
	withControllers bool
	withArgo        bool
	withNode        bool
	images          texts // archives of images that the node has
	withS3          bool
	versitygw       string // the folder with the S3 server
	withPolicies    bool
	enforcer        string // the folder with the enforcer of NetworkPolicies
	git             string // a folder of repositories that the node serves
	parent          int    // the process whose end ends the cluster; 0: none
	kubernetes      string // the program with the Kubernetes parts
	argo            string // the folder with Argo's controller and CRDs
	argoexec        string // the folder with Argo's executor
	group           string // the control group of the node's pods
	port            int    // of the API server; 0: any
	raw             []string
}

func parseStart(args []string) (options, error) {
	o := options{raw: args}
	flags := flag.NewFlagSet("start", flag.ContinueOnError)
	flags.SetOutput(os.Stderr)
	flags.BoolVar(&o.withControllers, "with-controllers", false, "also start kube-controller-manager")
	flags.BoolVar(&o.withArgo, "with-argo", false, "also install Argo and start its controller")
	flags.BoolVar(&o.withNode, "with-node", false, "also start a node that runs pods, all in namespaces of its own")
	flags.Var(&o.images, "image", "an archive of an image that the node has")
	flags.StringVar(&o.git, "git", "", "a folder of repositories that the node serves")
	flags.BoolVar(&o.withS3, "with-s3", false, "also start an S3 server on the node")
	flags.BoolVar(&o.withPolicies, "with-network-policies", false, "also enforce NetworkPolicies on the node")
	flags.StringVar(&o.enforcer, "network-policies", "", "folder of the part network-policies")
	flags.StringVar(&o.versitygw, "versitygw", "", "folder of the part versitygw")
	flags.IntVar(&o.parent, "parent", 0, "stop when this process is gone")
	flags.StringVar(&o.kubernetes, "kubernetes", "", "folder of the part kubernetes")
	flags.StringVar(&o.argo, "argo", "", "folder of the part argo")
	flags.StringVar(&o.argoexec, "argoexec", "", "folder of the part argoexec")
	flags.StringVar(&o.group, "group", "", "control group of the node's pods")
	positional, err := parseMixed(flags, args)
	if err != nil {
		return o, err
	}
	if len(positional) != 1 || o.kubernetes == "" || (o.withArgo && o.argo == "") ||
		o.withArgo && o.withNode && o.argoexec == "" || o.withS3 && o.versitygw == "" ||
		o.withPolicies != (o.enforcer != "") {
		return o, errUsage
	}
	o.dir = layout(absolute(positional[0]))
	o.withControllers = o.withControllers || o.withArgo || o.withNode
	if !o.withNode && (len(o.images) > 0 || o.git != "" || o.withS3 || o.withPolicies) {
		return o, errUsage
	}
	for i, image := range o.images {
		o.images[i] = absolute(image)
	}
	if o.git != "" {
		o.git = absolute(o.git)
	}
	return o, nil
}

// texts are the values of an option that may be given several times.
type texts []string

func (t *texts) String() string         { return fmt.Sprint(*t) }
func (t *texts) Set(value string) error { *t = append(*t, value); return nil }

// pause is what the sandbox of a pod runs: it holds the pod's namespaces until it is told to end.
func pause() error {
	signals := make(chan os.Signal, 1)
	signal.Notify(signals, syscall.SIGTERM, syscall.SIGINT)
	<-signals
	return nil
}

// parseMixed lets options stand before and after the positional arguments, as people write them.
func parseMixed(flags *flag.FlagSet, args []string) ([]string, error) {
	var positional []string
	for {
		if err := flags.Parse(args); err != nil {
			return nil, err
		}
		if flags.NArg() == 0 {
			return positional, nil
		}
		positional = append(positional, flags.Arg(0))
		args = flags.Args()[1:]
	}
}

func runCapture(args []string) error {
	flags := flag.NewFlagSet("capture", flag.ContinueOnError)
	kubeconfig := flags.String("kubeconfig", "", "the cluster")
	timeout := flags.Duration("timeout", 3*time.Minute, "how long the Workflows may take")
	positional, err := parseMixed(flags, args)
	if err != nil {
		return err
	}
	if len(positional) != 2 || *kubeconfig == "" {
		return errUsage
	}
	return capture(*kubeconfig, absolute(positional[0]), absolute(positional[1]), *timeout)
}

func absolute(path string) string {
	result, err := filepath.Abs(path)
	if err != nil {
		// Only when the working folder is gone: nothing of this program can work then.
		panic(err)
	}
	return result
}
