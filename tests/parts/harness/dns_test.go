package main

import (
	"errors"
	"net/netip"
	"testing"
)

// ask is what a resolver sends for one name of the labels.
func ask(kind byte, labels ...string) []byte {
	question := []byte{7, 7, 1, 0, 0, 1, 0, 0, 0, 0, 0, 0}
	for _, label := range labels {
		question = append(append(question, byte(len(label))), label...)
	}
	return append(question, 0, 0, kind, 0, 1)
}

func TestServicesHaveNamesAndNothingElse(t *testing.T) {
	find := func(namespace, name string) (netip.Addr, error) {
		switch namespace + "/" + name {
		case "mlflow/server":
			return netip.MustParseAddr("10.96.0.7"), nil
		case "mlflow/broken":
			return netip.Addr{}, errors.New("the API server is away")
		}
		return netip.Addr{}, nil
	}
	for name, c := range map[string]struct {
		question []byte
		code     byte
		answers  byte
	}{
		"a service":            {ask(1, "Server", "mlflow", "svc", "cluster", "local"), 0, 1},
		"its IPv6 address":     {ask(28, "server", "mlflow", "svc", "cluster", "local"), 0, 0},
		"no service":           {ask(1, "other", "mlflow", "svc", "cluster", "local"), 3, 0},
		"a name outside":       {ask(1, "server", "mlflow"), 3, 0},
		"too many labels":      {ask(1, "a", "server", "mlflow", "svc", "cluster", "local"), 3, 0},
		"a server that failed": {ask(1, "broken", "mlflow", "svc", "cluster", "local"), 2, 0},
	} {
		answer := answerName(c.question, find)
		if answer == nil || answer[0] != 7 || answer[2]&0x80 == 0 || answer[3] != c.code || answer[7] != c.answers {
			t.Errorf("%s: answered % x", name, answer)
		}
		if c.answers == 1 && string(answer[len(answer)-4:]) != "\x0a\x60\x00\x07" {
			t.Errorf("%s: answered another address: % x", name, answer)
		}
	}
	for _, broken := range [][]byte{nil, {1, 2, 3}, ask(1)[:12], append(ask(1)[:12], 63, 'a'), ask(1, "a")[:15]} {
		if answer := answerName(broken, find); answer != nil {
			t.Errorf("answered % x to % x", answer, broken)
		}
	}
}
