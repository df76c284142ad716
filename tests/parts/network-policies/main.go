// Command network-policies enforces NetworkPolicies on the node that it runs on: the controller of sigs.k8s.io/kube-network-policies,
// started with a kubeconfig, where its own main package knows only the account of a pod.
//
//	network-policies KUBECONFIG NODE QUEUE
//
// Who starts it sends the first packet of each connection to that netfilter queue. The controller writes such rules itself, for
// nftables, but not every kernel has nftables' queues; where it fails with them it goes on without.
package main

import (
	"context"
	"fmt"
	"os"
	"os/signal"
	"strconv"
	"syscall"

	"k8s.io/client-go/informers"
	"k8s.io/client-go/kubernetes"
	"k8s.io/client-go/tools/clientcmd"
	"sigs.k8s.io/kube-network-policies/pkg/networkpolicy"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), syscall.SIGTERM, syscall.SIGINT)
	defer stop()
	if err := run(ctx, os.Args[1:]); err != nil {
		fmt.Fprintln(os.Stderr, "network-policies:", err)
		os.Exit(1)
	}
}

func run(ctx context.Context, args []string) error {
	if len(args) != 3 {
		return fmt.Errorf("usage: network-policies KUBECONFIG NODE QUEUE")
	}
	queue, err := strconv.Atoi(args[2])
	if err != nil {
		return err
	}
	config, err := clientcmd.BuildConfigFromFlags("", args[0])
	if err != nil {
		return err
	}
	client, err := kubernetes.NewForConfig(config)
	if err != nil {
		return err
	}
	watched := informers.NewSharedInformerFactory(client, 0)
	controller, err := networkpolicy.NewController(client, watched.Networking().V1().NetworkPolicies(),
		watched.Core().V1().Namespaces(), watched.Core().V1().Pods(), nil, nil, nil, nil,
		networkpolicy.Config{QueueID: queue, NodeName: args[1]})
	if err != nil {
		return err
	}
	watched.Start(ctx.Done())
	return controller.Run(ctx)
}
