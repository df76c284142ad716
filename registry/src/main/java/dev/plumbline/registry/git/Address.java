package dev.plumbline.registry.git;

import dev.plumbline.registry.source.SourceException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.eclipse.jgit.transport.CredentialsProvider;
import org.eclipse.jgit.transport.URIish;
import org.eclipse.jgit.transport.UsernamePasswordCredentialsProvider;
import org.jspecify.annotations.Nullable;

/**
 * Where a repository is. Only {@code https} and local paths are transports: others run programs or have no keys yet.
 *
 * @param shown the address without user, password and query, for messages and records
 * @param uri the address without user and password, for JGit
 * @param local the path of a local repository; null for a remote one
 * @param credentials what the given URL held; null when it held nothing
 * @param secret the part of the URL that no message may hold; empty when there is none
 * @param inPlace whether the repository itself is read, not a mirror of it
 */
record Address(
        String shown,
        URIish uri,
        @Nullable Path local,
        @Nullable CredentialsProvider credentials,
        String secret,
        boolean inPlace) {

    /** Longest address, in characters. */
    static final int MAX_LENGTH = 4096;

    private static final int MAX_SHOWN = 200;

    private static final Pattern USER = Pattern.compile("(?<=//)[^/\\s]*@|^[^/\\s:]*@");

    private static final Pattern QUERY = Pattern.compile("[?#]\\S*");

    private static final Set<String> LOOPBACK = Set.of("127.0.0.1", "localhost", "[::1]");

    /** Which addresses are allowed. */
    enum Allowed {
        /** {@code https} and local paths. */
        SAFE,
        /** Also {@code http} to this machine: only for tests with a real server. */
        SAFE_AND_LOOPBACK_HTTP
    }

    /**
     * Reads an address given by the operator.
     *
     * @throws SourceException when it is none, or its transport is not allowed
     */
    static Address parse(String url, Allowed allowed) throws SourceException {
        if (url.isBlank() || url.length() > MAX_LENGTH || url.chars().anyMatch(Character::isISOControl)) {
            throw refused(url, "it is empty, too long or holds control characters");
        }
        try {
            if (url.startsWith("/")) {
                return local(Path.of(url));
            }
            if (url.startsWith("file:")) {
                return local(Path.of(new URI(url)));
            }
            String scheme =
                    url.contains("://") ? url.substring(0, url.indexOf(':')).toLowerCase(Locale.ROOT) : "";
            URIish uri = new URIish(url);
            String host = uri.getHost() == null ? "" : uri.getHost();
            boolean loopback = allowed == Allowed.SAFE_AND_LOOPBACK_HTTP && LOOPBACK.contains(host);
            if (!(scheme.equals("https") || (scheme.equals("http") && loopback)) || host.isEmpty()) {
                throw refused(url, "only https:// addresses and absolute local paths are Git transports here");
            }
            return remote(url, uri);
        } catch (URISyntaxException | IllegalArgumentException e) {
            throw refused(url, "it is not a well-formed address");
        }
    }

    /** Removes what must not be shown from a text that may hold the address. */
    String mask(String text) {
        return USER.matcher(secret.isEmpty() ? text : text.replace(secret, "***"))
                .replaceAll("");
    }

    /** A well-formed address without user, password and query. */
    private static String maskUrl(String url) {
        return QUERY.matcher(USER.matcher(url).replaceAll("")).replaceAll("");
    }

    private static Address local(Path path) {
        Path normal = path.toAbsolutePath().normalize();
        return new Address(normal.toString(), new URIish().setPath(normal.toString()), normal, null, "", false);
    }

    /** A repository on this machine that is read where it stands. */
    static Address inPlace(Path path) {
        Address local = local(path);
        return new Address(local.shown, local.uri, local.local, null, "", true);
    }

    private static Address remote(String url, URIish uri) {
        String user = uri.getUser();
        String password = uri.getPass() == null ? "" : uri.getPass();
        URIish bare = uri.setUser(null).setPass(null);
        return new Address(
                maskUrl(url),
                bare,
                null,
                user == null ? null : new UsernamePasswordCredentialsProvider(user, password),
                password,
                false);
    }

    private static SourceException refused(String url, String why) {
        // What is not well-formed may hold a password anywhere before its last @.
        String shown = QUERY.matcher(url.substring(url.lastIndexOf('@') + 1)).replaceAll("");
        return new SourceException(
                "tried to use \"" + (shown.length() > MAX_SHOWN ? shown.substring(0, MAX_SHOWN) + "…" : shown)
                        + "\" as a Git repository, refused because " + why
                        + "; give an https:// URL or an absolute path (ssh and stored credentials come later)",
                false);
    }
}
