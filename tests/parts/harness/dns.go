package main

import (
	"encoding/binary"
	"fmt"
	"net"
	"net/http"
	"net/netip"
	"os"
	"strings"
)

const (
	clusterDomain = "cluster.local"

	dnsHeader   = 12
	dnsTypeA    = 1
	dnsLifetime = 5 // seconds
	dnsMaxLabel = 63

	// Flags of an answer, and what it says (RFC 1035, 4.1.1).
	dnsAnswer      = 0x8400
	dnsOK          = 0
	dnsServerFails = 2
	dnsNoSuchName  = 3
)

// serveNames answers NAME.NAMESPACE.svc.cluster.local with the address of that service, as Kubernetes' own DNS does. Nothing else has a
// name here: no pod, no headless service, nobody outside.
func (s *supervisor) serveNames() error {
	client, err := newClient(s.ctx, s.options.dir.kubeconfig())
	if err != nil {
		return err
	}
	socket, err := net.ListenPacket("udp", nodeAddress+":53")
	if err != nil {
		return err
	}
	go func() {
		question := make([]byte, 512)
		for {
			size, from, err := socket.ReadFrom(question)
			if err != nil {
				fmt.Fprintln(os.Stderr, "no more names:", err)
				return
			}
			if answer := answerName(question[:size], client.serviceAddress); answer != nil {
				// Whoever asked asks again when it is lost.
				_, _ = socket.WriteTo(answer, from)
			}
		}
	}()
	return nil
}

// serviceAddress is the cluster's address of a service, no address where there is no such service.
func (c *client) serviceAddress(namespace, name string) (netip.Addr, error) {
	service, err := c.send("GET", "/api/v1/namespaces/"+namespace+"/services/"+name, "", nil)
	if isStatus(err, http.StatusNotFound) {
		return netip.Addr{}, nil
	}
	if err != nil {
		return netip.Addr{}, err
	}
	return netip.ParseAddr(service.text("spec", "clusterIP"))
}

// answerName answers one question; nil for what is none.
func answerName(question []byte, find func(namespace, name string) (netip.Addr, error)) []byte {
	name, end := readName(question)
	if end == 0 || len(question) < end+4 || question[2]&0x80 != 0 || binary.BigEndian.Uint16(question[4:]) != 1 {
		return nil
	}
	code, address := dnsNoSuchName, netip.Addr{}
	labels := strings.Split(strings.TrimSuffix(name, ".svc."+clusterDomain), ".")
	if strings.HasSuffix(name, ".svc."+clusterDomain) && len(labels) == 2 {
		found, err := find(labels[1], labels[0])
		if err != nil {
			code = dnsServerFails
		} else if found.Is4() {
			code, address = dnsOK, found
		}
	}
	answer := append([]byte{}, question[:end+4]...)
	binary.BigEndian.PutUint16(answer[2:], uint16(dnsAnswer|code)|binary.BigEndian.Uint16(question[2:])&0x0100)
	clear(answer[6:dnsHeader])
	if address.IsValid() && binary.BigEndian.Uint16(question[end:]) == dnsTypeA {
		answer[7] = 1
		// The name is the question's, in class IN.
		answer = append(answer, 0xc0, dnsHeader, 0, dnsTypeA, 0, 1, 0, 0, 0, dnsLifetime, 0, 4)
		answer = append(answer, address.AsSlice()...)
	}
	return answer
}

// readName reads the name that a question asks for, and tells where it ends; 0 for what is none.
func readName(question []byte) (string, int) {
	var labels []string
	for at := dnsHeader; at < len(question); {
		size := int(question[at])
		at++
		if size == 0 {
			return strings.ToLower(strings.Join(labels, ".")), at
		}
		if size > dnsMaxLabel || at+size > len(question) {
			return "", 0
		}
		labels = append(labels, string(question[at:at+size]))
		at += size
	}
	return "", 0
}
