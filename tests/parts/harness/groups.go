package main

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"time"
)

const (
	groupsRoot  = "/sys/fs/cgroup"
	groupPrefix = "plumbline-tests-"
	groupLimit  = 5 * time.Second
)

// groupOf is the name of the control group that a supervisor's pods live in; it tells whose it is when that one is gone.
func groupOf(pid int) string { return fmt.Sprintf("%s%d-%s", groupPrefix, pid, startTime(pid)) }

// hierarchies are the roots of the control groups: one per controller in version 1, one in version 2.
func hierarchies() ([]string, error) {
	if unified() {
		return []string{groupsRoot}, nil
	}
	roots, err := filepath.Glob(groupsRoot + "/*/cgroup.procs")
	for i, root := range roots {
		roots[i] = filepath.Dir(root)
	}
	return roots, err
}

func unified() bool {
	_, err := os.Stat(groupsRoot + "/cgroup.controllers")
	return err == nil
}

// makeGroup also takes away what supervisors left that were killed.
func makeGroup(name string) error {
	if err := removeLostGroups(); err != nil {
		return err
	}
	roots, err := hierarchies()
	if err != nil {
		return err
	}
	if len(roots) == 0 {
		return fmt.Errorf("no control groups are mounted below %s", groupsRoot)
	}
	for _, root := range roots {
		if err := os.Mkdir(filepath.Join(root, name), 0o755); err != nil {
			return fmt.Errorf("tried to make a control group: %w", err)
		}
		// In version 1 a new group has no processors until they are written.
		for _, file := range []string{"cpuset.cpus", "cpuset.mems"} {
			content, err := os.ReadFile(filepath.Join(root, file))
			if err != nil || unified() {
				continue
			}
			if err := os.WriteFile(filepath.Join(root, name, file), content, 0o644); err != nil {
				return err
			}
		}
	}
	if !unified() {
		return nil
	}
	controllers, err := os.ReadFile(groupsRoot + "/cgroup.controllers")
	if err != nil {
		return err
	}
	enabled := "+" + strings.Join(strings.Fields(string(controllers)), " +")
	return os.WriteFile(groupsRoot+"/cgroup.subtree_control", []byte(enabled), 0o644)
}

func removeLostGroups() error {
	roots, err := hierarchies()
	if err != nil {
		return err
	}
	for _, root := range roots {
		found, err := filepath.Glob(filepath.Join(root, groupPrefix+"*"))
		if err != nil {
			return err
		}
		for _, group := range found {
			name := filepath.Base(group)
			number, _, _ := strings.Cut(strings.TrimPrefix(name, groupPrefix), "-")
			pid, err := strconv.Atoi(number)
			if err == nil && name != groupOf(pid) {
				err = removeGroup(name)
			}
			if err != nil {
				return err
			}
		}
	}
	return nil
}

// removeGroup waits for the kernel to forget the last processes of a group, which are dead already.
func removeGroup(name string) error {
	roots, err := hierarchies()
	if err != nil {
		return err
	}
	deadline := time.Now().Add(groupLimit)
	for {
		var problems error
		for _, root := range roots {
			problems = errors.Join(problems, removeTree(filepath.Join(root, name)))
		}
		if problems == nil || time.Now().After(deadline) {
			return problems
		}
		time.Sleep(50 * time.Millisecond)
	}
}

// removeTree removes the folders of a group from the innermost; their files go with them.
func removeTree(group string) error {
	var folders []string
	err := filepath.WalkDir(group, func(path string, entry os.DirEntry, err error) error {
		if err == nil && entry.IsDir() {
			folders = append(folders, path)
		}
		if os.IsNotExist(err) {
			return nil
		}
		return err
	})
	slices.Reverse(folders)
	for _, folder := range folders {
		if problem := os.Remove(folder); problem != nil && !os.IsNotExist(problem) {
			err = errors.Join(err, problem)
		}
	}
	return err
}
