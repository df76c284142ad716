package dev.plumbline.registry.git;

import dev.plumbline.registry.source.Credentials;
import dev.plumbline.registry.source.Credentials.Login;
import dev.plumbline.registry.source.CredentialsSource;
import dev.plumbline.registry.source.SourceException;
import java.io.IOException;
import java.util.Locale;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.transport.SshTransport;
import org.eclipse.jgit.transport.TagOpt;
import org.eclipse.jgit.transport.Transport;
import org.eclipse.jgit.transport.TransportHttp;
import org.jspecify.annotations.Nullable;

/** A repository elsewhere and how it is entered. Credentials are asked for at each exchange and kept no longer. */
final class Remote {

    private final Address address;
    private final CredentialsSource credentials;

    Remote(Address address, CredentialsSource credentials) {
        this.address = address;
        this.credentials = credentials;
    }

    Address address() {
        return address;
    }

    /** What is done with a repository while it can be reached. */
    @FunctionalInterface
    interface Exchange<T> {
        T with(Transport transport) throws IOException, SourceException;
    }

    /**
     * Speaks with the repository.
     *
     * @param tried what is tried with it, as a verb
     * @param here the repository that objects go to or come from
     * @throws SourceException when it cannot be reached or refuses
     */
    <T> T exchange(String tried, Repository here, Exchange<T> exchange) throws SourceException {
        Credentials given = credentials.credentials();
        Login login = HttpsAccess.login(address, given);
        SshAccess ssh = null;
        try (Transport transport = Transport.open(here, address.uri())) {
            transport.setTimeout(Patience.SILENCE_SECONDS);
            transport.setCheckFetchedObjects(true);
            transport.setTagOpt(TagOpt.NO_TAGS);
            if (transport instanceof TransportHttp http) {
                http.setHttpConnectionFactory(HttpsAccess.of(address, login, given.caBundle()));
            } else if (transport instanceof SshTransport session) {
                ssh = SshAccess.of(address, login, here.getDirectory());
                session.setSshSessionFactory(ssh.sessions());
            }
            return exchange.with(transport);
        } catch (IOException e) {
            throw failed(tried, e, login, ssh);
        }
    }

    private SourceException failed(String tried, IOException failure, Login login, @Nullable SshAccess ssh) {
        String refusal = ssh == null ? null : ssh.hosts().refusal();
        if (refusal != null) {
            return new SourceException(
                    "tried to " + tried + " " + address.shown() + ", refused because " + refusal
                            + "; ask the server's owner for its key, and pin it when it is right",
                    false);
        }
        String text = String.valueOf(failure.getMessage()).toLowerCase(Locale.ROOT);
        if (!(login instanceof Login.Anonymous) && Failures.isUnauthorized(text)) {
            return new SourceException(
                    "tried to " + tried + " " + address.shown() + ", failed because it does not accept the credentials"
                            + " (expired, revoked, or without the right to it); renew them; it is tried again",
                    true);
        }
        return Failures.exchange(tried, address, failure);
    }

    /** What is asked for cannot be done with what is given. */
    static SourceException refused(Address address, String why, String what) {
        return new SourceException(
                "tried to enter " + address.shown() + ", refused because " + why + "; " + what, false);
    }
}
