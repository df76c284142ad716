package main

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/base64"
	"encoding/pem"
	"fmt"
	"math/big"
	"net"
	"os"
	"time"
)

const (
	certificateLife = 48 * time.Hour // longer than any test, shorter than any use that should worry
	clockSkew       = time.Hour
)

// authority signs the certificates of one cluster and is thrown away with it.
type authority struct {
	dir         layout
	certificate *x509.Certificate
	key         *ecdsa.PrivateKey
	serial      int64
}

// writePKI makes the authority, the API server's certificate, the admin's and the service-account key pair, and writes
// the admin's kubeconfig for a server at this address.
func writePKI(dir layout, server string, node bool) error {
	if err := os.MkdirAll(dir.path("pki"), 0o700); err != nil {
		return err
	}
	ca, err := newAuthority(dir)
	if err != nil {
		return err
	}
	err = ca.issue("apiserver", &x509.Certificate{
		Subject:     pkix.Name{CommonName: "kube-apiserver"},
		ExtKeyUsage: []x509.ExtKeyUsage{x509.ExtKeyUsageServerAuth},
		DNSNames: []string{"localhost", "kubernetes", "kubernetes.default", "kubernetes.default.svc",
			"kubernetes.default.svc.cluster.local"},
		IPAddresses: []net.IP{net.IPv4(127, 0, 0, 1), net.IPv4(10, 96, 0, 1), net.ParseIP(nodeAddress)},
	})
	if err != nil {
		return err
	}
	err = ca.issue("admin", &x509.Certificate{
		Subject:     pkix.Name{Organization: []string{"system:masters"}, CommonName: "admin"},
		ExtKeyUsage: []x509.ExtKeyUsage{x509.ExtKeyUsageClientAuth},
	})
	if err != nil {
		return err
	}
	if node {
		if err := ca.writeNodePKI(server); err != nil {
			return err
		}
	}
	if err := writeServiceAccountKeys(dir); err != nil {
		return err
	}
	return writeKubeconfig(dir, dir.kubeconfig(), server, "admin")
}

// writeNodePKI makes what a node is known by, and the certificate of the repositories that it serves.
func (ca *authority) writeNodePKI(server string) error {
	err := ca.issue(nodeName, &x509.Certificate{
		Subject:     pkix.Name{Organization: []string{"system:nodes"}, CommonName: "system:node:" + nodeName},
		ExtKeyUsage: []x509.ExtKeyUsage{x509.ExtKeyUsageClientAuth},
	})
	if err != nil {
		return err
	}
	err = ca.issue("git", &x509.Certificate{
		Subject:     pkix.Name{CommonName: nodeAddress},
		ExtKeyUsage: []x509.ExtKeyUsage{x509.ExtKeyUsageServerAuth},
		IPAddresses: []net.IP{net.ParseIP(nodeAddress)},
	})
	if err != nil {
		return err
	}
	if err := os.MkdirAll(ca.dir.node(), 0o755); err != nil {
		return err
	}
	return writeKubeconfig(ca.dir, ca.dir.node("kubeconfig"), server, nodeName)
}

func newAuthority(dir layout) (*authority, error) {
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		return nil, err
	}
	certificate := &x509.Certificate{
		Subject:               pkix.Name{CommonName: "plumbline-tests"},
		IsCA:                  true,
		BasicConstraintsValid: true,
		KeyUsage:              x509.KeyUsageCertSign | x509.KeyUsageDigitalSignature,
	}
	ca := &authority{dir: dir, certificate: certificate, key: key}
	if err := ca.sign("ca", certificate, key); err != nil {
		return nil, err
	}
	return ca, nil
}

// issue writes pki/NAME.crt and pki/NAME.key.
func (ca *authority) issue(name string, certificate *x509.Certificate) error {
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		return err
	}
	certificate.KeyUsage = x509.KeyUsageDigitalSignature
	return ca.sign(name, certificate, key)
}

func (ca *authority) sign(name string, certificate *x509.Certificate, key *ecdsa.PrivateKey) error {
	ca.serial++
	certificate.SerialNumber = big.NewInt(ca.serial)
	certificate.NotBefore = time.Now().Add(-clockSkew)
	certificate.NotAfter = time.Now().Add(certificateLife)
	der, err := x509.CreateCertificate(rand.Reader, certificate, ca.certificate, &key.PublicKey, ca.key)
	if err != nil {
		return fmt.Errorf("tried to sign the certificate of %s: %w", name, err)
	}
	if err := writePEM(ca.dir.pki(name+".crt"), "CERTIFICATE", der); err != nil {
		return err
	}
	return writeKey(ca.dir.pki(name+".key"), key)
}

func writeServiceAccountKeys(dir layout) error {
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		return err
	}
	public, err := x509.MarshalPKIXPublicKey(&key.PublicKey)
	if err != nil {
		return err
	}
	if err := writePEM(dir.pki("service-accounts.pub"), "PUBLIC KEY", public); err != nil {
		return err
	}
	return writeKey(dir.pki("service-accounts.key"), key)
}

func writeKey(path string, key *ecdsa.PrivateKey) error {
	der, err := x509.MarshalECPrivateKey(key)
	if err != nil {
		return err
	}
	return writePEM(path, "EC PRIVATE KEY", der)
}

func writePEM(path, kind string, der []byte) error {
	return os.WriteFile(path, pem.EncodeToMemory(&pem.Block{Type: kind, Bytes: der}), 0o600)
}

// writeKubeconfig carries everything inside, so that the file works alone. It is renamed into place: who sees it, sees
// all of it.
func writeKubeconfig(dir layout, path, server, user string) error {
	var data [3]string
	for i, name := range []string{"ca.crt", user + ".crt", user + ".key"} {
		content, err := os.ReadFile(dir.pki(name))
		if err != nil {
			return err
		}
		data[i] = base64.StdEncoding.EncodeToString(content)
	}
	content := fmt.Sprintf(`apiVersion: v1
kind: Config
current-context: tests
clusters:
- name: tests
  cluster:
    server: %s
    certificate-authority-data: %s
users:
- name: admin
  user:
    client-certificate-data: %s
    client-key-data: %s
contexts:
- name: tests
  context:
    cluster: tests
    user: admin
    namespace: default
`, server, data[0], data[1], data[2])
	staged := path + ".new"
	if err := os.WriteFile(staged, []byte(content), 0o600); err != nil {
		return err
	}
	return os.Rename(staged, path)
}
