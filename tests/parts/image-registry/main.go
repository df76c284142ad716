// A registry of images by the distribution specification, which holds them in memory: CNCF Distribution with the two parts of it that
// the tests need. It prints nothing; it ends when it is killed.
//
//	image-registry ADDRESS [HTPASSWD]
package main

import (
	"context"
	"fmt"
	"os"

	"github.com/distribution/distribution/v3/configuration"
	"github.com/distribution/distribution/v3/registry"
	_ "github.com/distribution/distribution/v3/registry/auth/htpasswd"
	_ "github.com/distribution/distribution/v3/registry/storage/driver/inmemory"
)

func main() {
	if len(os.Args) < 2 || len(os.Args) > 3 {
		fmt.Fprintln(os.Stderr, "usage: image-registry ADDRESS [HTPASSWD]")
		os.Exit(2)
	}
	config := &configuration.Configuration{
		Storage: configuration.Storage{
			"inmemory": configuration.Parameters{},
			"delete":   configuration.Parameters{"enabled": true},
		},
	}
	config.Log.Level = "error"
	config.HTTP.Addr = os.Args[1]
	if len(os.Args) == 3 {
		config.Auth = configuration.Auth{
			"htpasswd": configuration.Parameters{"realm": "test", "path": os.Args[2]},
		}
	}
	server, err := registry.NewRegistry(context.Background(), config)
	if err == nil {
		err = server.ListenAndServe()
	}
	fmt.Fprintln(os.Stderr, err)
	os.Exit(1)
}
