package dev.plumbline.registry.git;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/** A certificate authority that no machine trusts, and a certificate by it for a server called localhost. */
record PrivateCa(String bundle, SSLContext server) {

    private static final String PASSWORD = "changeit";

    static PrivateCa make(Path folder) throws IOException, GeneralSecurityException {
        Files.createDirectories(folder);
        String[] key = {"-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2"};
        req(folder, key, "-x509", "-subj", "/CN=A private authority", "-keyout", "ca.key", "-out", "ca.crt");
        req(
                folder,
                key,
                "-x509",
                "-subj",
                "/CN=localhost",
                "-addext",
                "subjectAltName=DNS:localhost",
                "-CA",
                "ca.crt",
                "-CAkey",
                "ca.key",
                "-keyout",
                "server.key",
                "-out",
                "server.crt");
        Program.run(
                folder,
                "openssl",
                "pkcs12",
                "-export",
                "-inkey",
                "server.key",
                "-in",
                "server.crt",
                "-passout",
                "pass:" + PASSWORD,
                "-out",
                "server.p12");
        KeyStore store = KeyStore.getInstance("PKCS12");
        try (InputStream file = Files.newInputStream(folder.resolve("server.p12"))) {
            store.load(file, PASSWORD.toCharArray());
        }
        KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(store, PASSWORD.toCharArray());
        SSLContext tls = SSLContext.getInstance("TLS");
        tls.init(keys.getKeyManagers(), null, null);
        return new PrivateCa(Files.readString(folder.resolve("ca.crt")), tls);
    }

    private static void req(Path folder, String[] key, String... options) throws IOException {
        String[] command = new String[2 + key.length + options.length];
        command[0] = "openssl";
        command[1] = "req";
        System.arraycopy(key, 0, command, 2, key.length);
        System.arraycopy(options, 0, command, 2 + key.length, options.length);
        Program.run(folder, command);
    }
}
