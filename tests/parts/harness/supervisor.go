package main

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
	"runtime"
	"strings"
	"syscall"
	"time"
)

const (
	parentPoll   = 200 * time.Millisecond
	logTailLines = 12
	logTailBytes = 16 << 10
)

// part is one program of the cluster.
type part struct {
	name    string
	process *os.Process
	ended   chan struct{} // closed when the process is gone
	state   string        // how it ended; read only after ended is closed
}

func (p *part) hasEnded() bool {
	select {
	case <-p.ended:
		return true
	default:
		return false
	}
}

// supervisor owns every process of one cluster. The kernel ends them when the supervisor goes, however it goes.
type supervisor struct {
	options options
	parts   []*part
	ended   chan *part
	orders  chan os.Signal  // SIGUSR1: the API server goes; SIGUSR2: it comes back
	server  *part           // the API server
	again   []string        // its arguments
	ctx     context.Context // done when the cluster must end: signal, caller gone, parent gone; its cause says which
}

// supervise runs the cluster until a signal, the end of the parent or the end of one of its programs. It reports on
// standard output, one line "ready" or "failed: …"; the caller acknowledges "ready" on standard input. A caller that
// goes before that ends the cluster, so that nothing is left of a start that was killed.
func supervise(o options, inside bool) error {
	switch {
	case inside:
		return superviseInside(o)
	case o.withNode:
		return superviseNode(o)
	}
	return superviseHere(o)
}

func superviseHere(o options) error {
	// The signal that ends the children is bound to the thread that started them.
	runtime.LockOSThread()
	s := &supervisor{options: o, ended: make(chan *part, 16), orders: make(chan os.Signal, 1), ctx: contextUntilEnd(o.parent, true)}
	signal.Notify(s.orders, syscall.SIGUSR1, syscall.SIGUSR2)
	err := s.startAll()
	if err == nil {
		fmt.Println("ready")
		return s.end(s.wait())
	}
	err = s.end(err)
	fmt.Printf("failed: %s\n", strings.ReplaceAll(err.Error(), "\n", "\x00"))
	return err
}

// end takes everything away and returns why it came to that, nil when it was asked for.
func (s *supervisor) end(cause error) error {
	s.killAll()
	if s.options.group == "" {
		cause = errors.Join(cause, s.options.dir.removeState())
	} // Else the mounts of the node's pods lie over it; the supervisor outside removes it when they are gone.
	if cause == nil {
		fmt.Fprintln(os.Stderr, "cluster ended:", context.Cause(s.ctx))
	}
	return cause
}

func contextUntilEnd(parent int, caller bool) context.Context {
	ctx, cancel := context.WithCancelCause(context.Background())
	signals := make(chan os.Signal, 1)
	signal.Notify(signals, syscall.SIGTERM, syscall.SIGINT, syscall.SIGHUP)
	go func() { cancel(fmt.Errorf("signal %s", <-signals)) }()
	if caller {
		go func() {
			line, _ := bufio.NewReader(os.Stdin).ReadString('\n')
			if line == "" {
				cancel(errors.New("the caller of start is gone"))
			}
		}()
	}
	if parent != 0 {
		go func() {
			awaitEnd(parent)
			cancel(fmt.Errorf("the parent process %d is gone", parent))
		}()
	}
	return ctx
}

// awaitEnd returns when the process is gone. Its start time tells it from a later one with the same number.
func awaitEnd(pid int) {
	born := startTime(pid)
	for born != "" && startTime(pid) == born {
		time.Sleep(parentPoll)
	}
}

// startTime is the process's start in clock ticks since boot, or "" when there is no such process or only its zombie.
func startTime(pid int) string {
	stat, err := os.ReadFile(fmt.Sprintf("/proc/%d/stat", pid))
	if err != nil {
		return ""
	}
	// The name in parentheses may hold spaces; the fields after it are fixed, the first being the state.
	fields := strings.Fields(string(stat[strings.LastIndexByte(string(stat), ')')+1:]))
	if len(fields) < 20 || fields[0] == "Z" || fields[0] == "X" {
		return ""
	}
	return fields[19]
}

// run starts one program with its output in logs/NAME.log.
func (s *supervisor) run(name, program string, args, environment []string) (*part, error) {
	log, err := os.Create(s.options.dir.log(name))
	if err != nil {
		return nil, err
	}
	defer log.Close()
	command := exec.Command(program, args...)
	command.Stdout, command.Stderr = log, log
	command.Dir = string(s.options.dir)
	command.Env = append(os.Environ(), environment...)
	command.SysProcAttr = &syscall.SysProcAttr{Pdeathsig: syscall.SIGKILL}
	if err := command.Start(); err != nil {
		return nil, fmt.Errorf("tried to start %s: %w", name, err)
	}
	p := &part{name: name, process: command.Process, ended: make(chan struct{})}
	s.parts = append(s.parts, p)
	go func() {
		// The error only repeats the state.
		_ = command.Wait()
		p.state = command.ProcessState.String()
		close(p.ended)
		s.ended <- p
	}()
	return p, s.recordPIDs()
}

func (s *supervisor) recordPIDs() error {
	if s.options.group != "" {
		return nil // These are numbers of the node's own.
	}
	var lines strings.Builder
	for _, p := range s.parts {
		if !p.hasEnded() {
			fmt.Fprintf(&lines, "%s %d\n", p.name, p.process.Pid)
		}
	}
	return os.WriteFile(s.options.dir.pids(), []byte(lines.String()), 0o644)
}

// until asks again and again whether something is so, and fails when the time is over, the program ends or the cluster
// must end.
func (s *supervisor) until(what string, p *part, limit time.Duration, so func() error) error {
	deadline := time.Now().Add(limit)
	for {
		last := so()
		if last == nil {
			return nil
		}
		if time.Now().After(deadline) {
			return fmt.Errorf("waited %s for %s: %w\n%s", limit, what, last, s.tail(p.name))
		}
		select {
		case <-s.ctx.Done():
			return context.Cause(s.ctx)
		case <-p.ended:
			return fmt.Errorf("waited for %s, but %s ended: %s\n%s", what, p.name, p.state, s.tail(p.name))
		case <-time.After(50 * time.Millisecond):
		}
	}
}

// wait returns when the cluster must end, and lets the API server go and come back meanwhile.
func (s *supervisor) wait() error {
	for {
		select {
		case <-s.ctx.Done():
			return nil
		case order := <-s.orders:
			if err := s.obey(order); err != nil {
				return err
			}
		case p := <-s.ended:
			return fmt.Errorf("%s ended: %s\n%s", p.name, p.state, s.tail(p.name))
		}
	}
}

func (s *supervisor) obey(order os.Signal) error {
	if order == syscall.SIGUSR1 && !s.server.hasEnded() {
		// It fails only when the process is gone already.
		_ = s.server.process.Kill()
		if p := <-s.ended; p != s.server {
			return fmt.Errorf("%s ended: %s\n%s", p.name, p.state, s.tail(p.name))
		}
		return s.recordPIDs()
	}
	if order == syscall.SIGUSR2 && s.server.hasEnded() {
		var err error
		s.server, err = s.run(s.server.name, s.program(), s.again, nil)
		return err
	}
	return nil
}

// killAll does not ask first: the data is thrown away, and tests wait for it.
func (s *supervisor) killAll() {
	for _, p := range s.parts {
		// It fails only when the process is gone already.
		_ = p.process.Kill()
	}
	for _, p := range s.parts {
		<-p.ended
	}
}

// tail is the end of a program's log, for people.
func (s *supervisor) tail(name string) string {
	file, err := os.Open(s.options.dir.log(name))
	if err != nil {
		return err.Error()
	}
	defer file.Close()
	if size, err := file.Seek(0, io.SeekEnd); err == nil {
		_, _ = file.Seek(max(0, size-logTailBytes), io.SeekStart)
	}
	content, err := io.ReadAll(file)
	if err != nil {
		return err.Error()
	}
	lines := strings.Split(strings.TrimSpace(string(content)), "\n")
	lines = lines[max(0, len(lines)-logTailLines):]
	return filepath.Base(file.Name()) + ":\n  " + strings.Join(lines, "\n  ")
}
