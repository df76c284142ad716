package main

import (
	"net"
	"os"
	"path/filepath"
)

const (
	s3Address = nodeAddress + ":9000"
	s3Bucket  = "artifacts"
)

// startS3 serves one bucket.
func (s *supervisor) startS3() error {
	data := s.options.dir.node("s3")
	if err := os.MkdirAll(filepath.Join(data, s3Bucket), 0o755); err != nil {
		return err
	}
	server, err := s.run("versitygw", filepath.Join(s.options.versitygw, "versitygw"),
		[]string{"--port", s3Address, "posix", data}, []string{"ROOT_ACCESS_KEY=tests", "ROOT_SECRET_KEY=tests-secret"})
	if err != nil {
		return err
	}
	return s.until("the S3 server", server, nodeLimit, func() error {
		connection, err := net.Dial("tcp", s3Address)
		if err == nil {
			err = connection.Close()
		}
		return err
	})
}
