package main

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"os/signal"
	"strconv"
	"strings"
	"syscall"
	"time"
)

const stopLimit = 15 * time.Second

// start runs a supervisor apart from this process and returns when its cluster is ready.
func start(o options) error {
	if pid, alive := runningSupervisor(o.dir); alive {
		return fmt.Errorf("tried to start a cluster in %s, but one runs there (process %d); stop it first", o.dir, pid)
	}
	if o.parent != 0 && startTime(o.parent) == "" {
		return fmt.Errorf("the parent process %d does not exist", o.parent)
	}
	if err := os.MkdirAll(o.dir.logs(), 0o755); err != nil {
		return err
	}
	if err := o.dir.removeState(); err != nil {
		return err
	}
	// A signal here must reach the supervisor too; its way is the end of the pipe.
	signals := make(chan os.Signal, 1)
	signal.Notify(signals, syscall.SIGTERM, syscall.SIGINT, syscall.SIGHUP)
	return startSupervisor(o, signals)
}

func startSupervisor(o options, signals <-chan os.Signal) error {
	log, err := os.Create(o.dir.log("supervisor"))
	if err != nil {
		return err
	}
	defer log.Close()
	command := exec.Command("/proc/self/exe", append([]string{"supervise"}, o.raw...)...)
	command.Stderr = log
	command.SysProcAttr = &syscall.SysProcAttr{Setsid: true}
	acknowledge, err := command.StdinPipe()
	if err != nil {
		return err
	}
	reports, err := command.StdoutPipe()
	if err != nil {
		return err
	}
	if err := command.Start(); err != nil {
		return err
	}
	pid := command.Process.Pid
	content := fmt.Sprintf("%d %s\n", pid, startTime(pid))
	if err := os.WriteFile(o.dir.supervisor(), []byte(content), 0o644); err != nil {
		return errors.Join(err, acknowledge.Close(), command.Wait())
	}
	lines := make(chan string, 1)
	go func() {
		line, _ := bufio.NewReader(reports).ReadString('\n')
		lines <- strings.TrimSpace(line)
	}()
	select {
	case line := <-lines:
		if line == "ready" {
			_, err := acknowledge.Write([]byte("ok\n"))
			return err
		}
		// That it ends with an error is no news.
		_ = command.Wait()
		reason, _ := strings.CutPrefix(strings.ReplaceAll(line, "\x00", "\n"), "failed: ")
		return fmt.Errorf("tried to start a cluster in %s: %s\nlogs: %s", o.dir, reason, o.dir.logs())
	case received := <-signals:
		err := acknowledge.Close()
		_ = command.Wait()
		return errors.Join(fmt.Errorf("stopped by signal %s", received), err)
	}
}

// runningSupervisor tells the process that owns the cluster in this folder, and whether it lives.
func runningSupervisor(dir layout) (int, bool) {
	content, err := os.ReadFile(dir.supervisor())
	if err != nil {
		return 0, false
	}
	fields := strings.Fields(string(content))
	if len(fields) != 2 {
		return 0, false
	}
	pid, err := strconv.Atoi(fields[0])
	if err != nil {
		return 0, false
	}
	return pid, startTime(pid) == fields[1]
}

// stop ends the cluster and takes away all that it wrote. A folder without a cluster is no error: it is stopped.
func stop(dir layout) error {
	pid, alive := runningSupervisor(dir)
	if alive {
		if err := syscall.Kill(pid, syscall.SIGTERM); err != nil {
			return fmt.Errorf("tried to end process %d: %w", pid, err)
		}
		deadline := time.Now().Add(stopLimit)
		for alive && time.Now().Before(deadline) {
			time.Sleep(20 * time.Millisecond)
			alive = startTime(pid) != ""
		}
		if alive {
			// The kernel ends its children with it.
			if err := syscall.Kill(pid, syscall.SIGKILL); err != nil {
				return fmt.Errorf("tried to kill process %d: %w", pid, err)
			}
		}
	}
	return errors.Join(removeLostGroups(), dir.removeAll())
}

// server takes the API server of a cluster away as a crash does, or brings it back on the same port with the same data,
// and returns when it is gone or ready.
func server(dir layout, up bool) error {
	pid, alive := runningSupervisor(dir)
	if !alive {
		return fmt.Errorf("no cluster runs in %s", dir)
	}
	order := syscall.SIGUSR1
	if up {
		order = syscall.SIGUSR2
	}
	if err := syscall.Kill(pid, order); err != nil {
		return fmt.Errorf("tried to tell process %d: %w", pid, err)
	}
	client, err := newClient(context.Background(), dir.kubeconfig())
	if err != nil {
		return err
	}
	deadline := time.Now().Add(readyLimit)
	for {
		_, err := client.do("GET", "/readyz", "", nil)
		if up == (err == nil) {
			return nil
		}
		if time.Now().After(deadline) {
			return fmt.Errorf("waited %s for the API server: %v\nlogs: %s", readyLimit, err, dir.logs())
		}
		time.Sleep(50 * time.Millisecond)
	}
}
