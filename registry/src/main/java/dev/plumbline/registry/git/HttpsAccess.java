package dev.plumbline.registry.git;

import dev.plumbline.registry.source.Credentials;
import dev.plumbline.registry.source.Credentials.Login;
import dev.plumbline.registry.source.SourceException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.Proxy;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.util.Base64;
import java.util.Collection;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import org.eclipse.jgit.transport.URIish;
import org.eclipse.jgit.transport.http.HttpConnection;
import org.eclipse.jgit.transport.http.HttpConnectionFactory;
import org.eclipse.jgit.transport.http.JDKHttpConnectionFactory;
import org.jspecify.annotations.Nullable;

/**
 * Connections to one server over HTTP: they trust the certificates given for it, and show the credentials to it alone, never
 * to a server that it redirects to.
 */
final class HttpsAccess implements HttpConnectionFactory {

    private static final String HTTPS = "https";

    private static final int HTTPS_PORT = 443;

    private final HttpConnectionFactory connections = new JDKHttpConnectionFactory();
    private final URIish server;
    private final @Nullable String authorization;
    private final TrustManager @Nullable [] trusted;

    private HttpsAccess(URIish server, @Nullable String authorization, TrustManager @Nullable [] trusted) {
        this.server = server;
        this.authorization = authorization;
        this.trusted = trusted;
    }

    /**
     * Prepares connections to the server of an address.
     *
     * @throws SourceException when the login is not for HTTP, or the CA bundle holds no certificates
     */
    static HttpsAccess of(Address address, Login login, @Nullable String caBundle) throws SourceException {
        String authorization = switch (login) {
            case Login.Anonymous nobody -> null;
            case Login.Bearer bearer ->
                "Bearer " + headerValue(address, bearer.token().value());
            case Login.Basic basic -> basic(address, basic);
            case Login.SshKey key ->
                throw Remote.refused(
                        address, "an ssh key cannot enter it", "give a token, or the repository's ssh:// address");
        };
        return new HttpsAccess(address.uri(), authorization, caBundle == null ? null : trusted(address, caBundle));
    }

    @Override
    public HttpConnection create(URL url) throws IOException {
        return create(url, Proxy.NO_PROXY);
    }

    @Override
    public HttpConnection create(URL url, Proxy proxy) throws IOException {
        HttpConnection connection = connections.create(url, proxy);
        try {
            if (trusted != null && url.getProtocol().equals(HTTPS)) {
                connection.configure(null, trusted, null);
            }
        } catch (GeneralSecurityException e) {
            throw new IOException("TLS cannot be set up on this machine", e);
        }
        if (authorization != null && isServer(url)) {
            connection.setRequestProperty("Authorization", authorization);
        }
        return connection;
    }

    private boolean isServer(URL url) {
        return url.getProtocol().equalsIgnoreCase(server.getScheme())
                && url.getHost().equalsIgnoreCase(server.getHost())
                && port(url.getPort()) == port(server.getPort());
    }

    private static int port(int given) {
        return given <= 0 ? HTTPS_PORT : given;
    }

    private static String basic(Address address, Login.Basic basic) throws SourceException {
        if (basic.user().isEmpty() || basic.user().indexOf(':') >= 0) {
            throw Remote.refused(
                    address, "the user name is empty or holds a colon", "give the user that the token belongs to");
        }
        byte[] both = (basic.user() + ":" + basic.password().value()).getBytes(StandardCharsets.UTF_8);
        return "Basic " + Base64.getEncoder().encodeToString(both);
    }

    /** A line break in a token, as files often have one at their end, would be a second header. */
    private static String headerValue(Address address, String token) throws SourceException {
        String value = token.strip();
        if (value.isEmpty() || value.chars().anyMatch(c -> c <= ' ' || c > '~')) {
            throw Remote.refused(
                    address,
                    "the token is empty or holds characters that no token has",
                    "put the token alone in the secret");
        }
        return value;
    }

    private static TrustManager[] trusted(Address address, String pem) throws SourceException {
        try {
            Collection<? extends Certificate> certificates = CertificateFactory.getInstance("X.509")
                    .generateCertificates(new ByteArrayInputStream(pem.getBytes(StandardCharsets.UTF_8)));
            KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
            store.load(null, null);
            int number = 0;
            for (Certificate certificate : certificates) {
                store.setCertificateEntry("ca-" + number++, certificate);
            }
            if (number == 0) {
                throw badBundle(address);
            }
            TrustManagerFactory managers = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            managers.init(store);
            return managers.getTrustManagers();
        } catch (GeneralSecurityException | IOException e) {
            throw badBundle(address);
        }
    }

    private static SourceException badBundle(Address address) {
        return Remote.refused(
                address,
                "the CA bundle holds no certificates that can be read",
                "give one or more blocks of -----BEGIN CERTIFICATE-----");
    }

    /** What enters a repository, given apart from its address or in it. */
    static Login login(Address address, Credentials credentials) throws SourceException {
        boolean apart = !(credentials.login() instanceof Login.Anonymous);
        if (apart && !(address.login() instanceof Login.Anonymous)) {
            throw Remote.refused(
                    address,
                    "both the address and the credentials name a user",
                    "take the user and password out of the address");
        }
        return apart ? credentials.login() : address.login();
    }
}
