package main

import (
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/cgi"
	"os"
	"os/exec"
)

// relay hands each connection on. It ends with the process.
func relay(from net.Listener, to string) {
	for {
		connection, err := from.Accept()
		if err != nil {
			fmt.Fprintln(os.Stderr, "no more connections from outside:", err)
			return
		}
		go handOn(connection, to)
	}
}

func handOn(connection net.Conn, to string) {
	defer connection.Close()
	// An error is seen by the caller, as the end of its connection.
	server, err := net.Dial("tcp", to)
	if err != nil {
		return
	}
	defer server.Close()
	go func() {
		_, _ = io.Copy(server, connection)
		_ = server.(*net.TCPConn).CloseWrite()
	}()
	_, _ = io.Copy(connection, server)
}

// serveGit serves the repositories in a folder over HTTPS on the node's address.
func serveGit(dir layout, folder string) error {
	git, err := exec.LookPath("git")
	if err != nil {
		return err
	}
	listener, err := net.Listen("tcp", nodeAddress+":443")
	if err != nil {
		return err
	}
	backend := &cgi.Handler{
		Path: git,
		Args: []string{"http-backend"},
		Env: []string{"GIT_PROJECT_ROOT=" + folder, "GIT_HTTP_EXPORT_ALL=1",
			"GIT_CONFIG_COUNT=1", "GIT_CONFIG_KEY_0=safe.directory", "GIT_CONFIG_VALUE_0=*"},
	}
	go func() {
		fmt.Fprintln(os.Stderr, "no more repositories:",
			http.ServeTLS(listener, backend, dir.pki("git.crt"), dir.pki("git.key")))
	}()
	return nil
}
