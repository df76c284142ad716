package main

import (
	"context"
	"errors"
	"fmt"
	"net"
	"os"
	"os/exec"
	"os/signal"
	"runtime"
	"strings"
	"syscall"
)

// relayedListener is the number that the API server's listener has in the node: the first after standard error.
const relayedListener = 3

// superviseNode runs a supervisor in namespaces of its own and cleans up behind it. The first process in there is a child of this one,
// so that the kernel ends everything in there when this process goes, however it goes: processes, mounts and network alike. Only
// control groups and files outlive that; they are taken away here, or by the next start or stop.
func superviseNode(o options) error {
	// The signal that ends the child is bound to the thread that started it.
	runtime.LockOSThread()
	orders := make(chan os.Signal, 1)
	signal.Notify(orders, syscall.SIGUSR1, syscall.SIGUSR2)
	ctx := contextUntilEnd(o.parent, false)
	group := groupOf(os.Getpid())
	node, err := startNode(o, group)
	if err != nil {
		fmt.Printf("failed: %s\n", strings.ReplaceAll(err.Error(), "\n", "\x00"))
		return errors.Join(err, removeGroup(group), o.dir.removeState())
	}
	ended := make(chan error, 1)
	go func() { ended <- node.Wait() }()
	err = waitForNode(ctx, node, ended, orders)
	if err == nil {
		fmt.Fprintln(os.Stderr, "cluster ended:", context.Cause(ctx))
	}
	return errors.Join(err, removeGroup(group), o.dir.removeState())
}

func waitForNode(ctx context.Context, node *exec.Cmd, ended <-chan error, orders <-chan os.Signal) error {
	for {
		select {
		case err := <-ended:
			return err
		case order := <-orders:
			if err := node.Process.Signal(order); err != nil {
				return err
			}
		case <-ctx.Done():
			// It fails only when the process is gone already.
			_ = node.Process.Kill()
			<-ended
			return nil
		}
	}
}

// startNode gives the supervisor inside this one's standard streams, so that it speaks to the caller of start itself, and a listener on
// this machine's loopback, which stays in the network where it was made.
func startNode(o options, group string) (*exec.Cmd, error) {
	if err := checkNode(); err != nil {
		return nil, err
	}
	if err := makeGroup(group); err != nil {
		return nil, err
	}
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return nil, err
	}
	defer listener.Close()
	file, err := listener.(*net.TCPListener).File()
	if err != nil {
		return nil, err
	}
	defer file.Close()
	node := exec.Command("/proc/self/exe", append([]string{"init", "--group", group}, o.raw...)...)
	node.Stdin, node.Stdout, node.Stderr = os.Stdin, os.Stdout, os.Stderr
	node.ExtraFiles = []*os.File{file}
	node.SysProcAttr = &syscall.SysProcAttr{
		Cloneflags: syscall.CLONE_NEWNS | syscall.CLONE_NEWPID | syscall.CLONE_NEWNET | syscall.CLONE_NEWIPC,
		Pdeathsig:  syscall.SIGKILL,
		Setsid:     true,
	}
	if err := node.Start(); err != nil {
		return nil, fmt.Errorf("tried to make namespaces for a node: %w; it needs root", err)
	}
	return node, nil
}

// runInit is the first process of the namespaces: it hides what the node would write outside its folder, starts the supervisor, and
// takes the exit codes of processes whose parents are gone.
func runInit(args []string) error {
	if err := mountOwn(); err != nil {
		return err
	}
	runtime.LockOSThread()
	inside := exec.Command("/proc/self/exe", append([]string{"inside"}, args...)...)
	inside.Stdin, inside.Stdout, inside.Stderr = os.Stdin, os.Stdout, os.Stderr
	inside.ExtraFiles = []*os.File{os.NewFile(relayedListener, "listener")}
	orders := make(chan os.Signal, 1)
	signal.Notify(orders, syscall.SIGUSR1, syscall.SIGUSR2)
	if err := inside.Start(); err != nil {
		return err
	}
	go func() {
		for order := range orders {
			// It fails only when the process is gone already.
			_ = inside.Process.Signal(order)
		}
	}()
	for {
		var status syscall.WaitStatus
		pid, err := syscall.Wait4(-1, &status, 0, nil)
		if err != nil && err != syscall.EINTR {
			return err
		}
		if err == nil && pid == inside.Process.Pid {
			os.Exit(status.ExitStatus())
		}
	}
}

// mountOwn makes the mounts private to this namespace before anything is mounted in it.
func mountOwn() error {
	mounts := []struct {
		source, target, kind string
		flags                uintptr
	}{
		{"", "/", "", syscall.MS_REC | syscall.MS_PRIVATE},
		// A kubelet wants mounts to spread to its containers; these spread no further than this namespace.
		{"", "/", "", syscall.MS_REC | syscall.MS_SHARED},
		{"proc", "/proc", "proc", syscall.MS_NOSUID | syscall.MS_NODEV | syscall.MS_NOEXEC},
		{"tmpfs", "/run", "tmpfs", syscall.MS_NOSUID | syscall.MS_NODEV},
		{"tmpfs", "/var/log", "tmpfs", syscall.MS_NOSUID | syscall.MS_NODEV},
	}
	for _, m := range mounts {
		if err := syscall.Mount(m.source, m.target, m.kind, m.flags, ""); err != nil {
			return fmt.Errorf("tried to mount %s on %s: %w", m.kind, m.target, err)
		}
	}
	return nil
}

// superviseInside is supervise within the namespaces.
func superviseInside(o options) error {
	o.parent = 0 // It has no number in here, and the supervisor outside watches it.
	listener, err := net.FileListener(os.NewFile(relayedListener, "listener"))
	if err == nil {
		err = setUpNetwork()
	}
	if err != nil {
		fmt.Printf("failed: %s\n", err)
		return err
	}
	o.port = listener.Addr().(*net.TCPAddr).Port
	go relay(listener, fmt.Sprintf("127.0.0.1:%d", o.port))
	return superviseHere(o)
}
