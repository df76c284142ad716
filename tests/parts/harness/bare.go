package main

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"os"
	"strconv"
	"sync"
	"time"
)

const longestLine = 1 << 20

// bareRequest is one line of what runBare sends.
type bareRequest struct {
	Method      string          `json:"method"`
	Path        string          `json:"path"`
	ContentType string          `json:"contentType"`
	Body        json.RawMessage `json:"body"`
}

// runBare is the bare client of benchmarks: it sends the requests on standard input, a line of JSON each, over so many
// connections, and prints how many seconds that took.
func runBare(args []string) error {
	if len(args) != 2 {
		return errUsage
	}
	connections, err := strconv.Atoi(args[1])
	if err != nil || connections < 1 {
		return errUsage
	}
	requests, err := readBare(os.Stdin)
	if err != nil {
		return err
	}
	seconds, err := sendBare(args[0], requests, connections)
	if err != nil {
		return err
	}
	fmt.Printf("%.3f\n", seconds)
	return nil
}

func readBare(in io.Reader) ([]bareRequest, error) {
	var requests []bareRequest
	lines := bufio.NewScanner(in)
	lines.Buffer(nil, longestLine)
	for lines.Scan() {
		var request bareRequest
		if err := json.Unmarshal(lines.Bytes(), &request); err != nil {
			return nil, fmt.Errorf("line %d is no request: %w", len(requests)+1, err)
		}
		requests = append(requests, request)
	}
	return requests, lines.Err()
}

func sendBare(kubeconfig string, requests []bareRequest, connections int) (float64, error) {
	client, err := newClient(context.Background(), kubeconfig)
	if err != nil {
		return 0, err
	}
	transport := client.http.Transport.(*http.Transport)
	transport.ForceAttemptHTTP2 = false
	transport.MaxIdleConnsPerHost = connections
	queue := make(chan bareRequest, len(requests))
	for _, request := range requests {
		queue <- request
	}
	close(queue)
	failures := make([]error, connections)
	started := time.Now()
	var all sync.WaitGroup
	for i := range connections {
		all.Go(func() {
			for request := range queue {
				if _, err := client.do(request.Method, request.Path, request.ContentType, request.Body); err != nil {
					failures[i] = err
				}
			}
		})
	}
	all.Wait()
	return time.Since(started).Seconds(), errors.Join(failures...)
}
