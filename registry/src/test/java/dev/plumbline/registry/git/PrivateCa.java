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
public record PrivateCa(String bundle, SSLContext server) {

    private static final String PASSWORD = "changeit";

    private static final String NEW_KEY = "req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 2 ";

    /** Makes both in a folder, with the real openssl. */
    public static PrivateCa make(Path folder) throws IOException, GeneralSecurityException {
        Files.createDirectories(folder);
        openssl(folder, NEW_KEY + "-subj /CN=Ours -keyout ca.key -out ca.crt");
        openssl(
                folder,
                NEW_KEY + "-subj /CN=localhost -addext subjectAltName=DNS:localhost"
                        + " -CA ca.crt -CAkey ca.key -keyout server.key -out server.crt");
        openssl(folder, "pkcs12 -export -inkey server.key -in server.crt -out server.p12 -passout pass:" + PASSWORD);
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

    private static void openssl(Path folder, String arguments) throws IOException {
        Program.run(folder, ("openssl " + arguments).split(" ", -1));
    }
}
