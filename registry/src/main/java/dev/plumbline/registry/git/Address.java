package dev.plumbline.registry.git;

import dev.plumbline.registry.source.Credentials.Login;
import dev.plumbline.registry.source.Secret;
import dev.plumbline.registry.source.SourceException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.eclipse.jgit.transport.URIish;
import org.jspecify.annotations.Nullable;

/**
 * Where a repository is. Only {@code https}, {@code ssh} and local paths are transports: others run programs, or have no keys.
 *
 * @param shown the address without user, password and query, for messages and records
 * @param uri the address without user and password, for JGit
 * @param local the path of a local repository; null for a remote one
 * @param login what the given URL held; nobody in particular when it held nothing
 * @param secret the part of the URL that no message may hold; empty when there is none
 * @param inPlace whether the repository itself is read, not a mirror of it
 */
record Address(String shown, URIish uri, @Nullable Path local, Login login, String secret, boolean inPlace) {

    /** Longest address, in characters. */
    static final int MAX_LENGTH = 4096;

    private static final int MAX_SHOWN = 200;

    private static final Login NOBODY = new Login.Anonymous();

    private static final Pattern USER = Pattern.compile("(?<=//)[^/\\s]*@|^[^/\\s:]*@");

    private static final Pattern QUERY = Pattern.compile("[?#]\\S*");

    private static final Set<String> LOOPBACK = Set.of("127.0.0.1", "localhost", "[::1]");

    private static final Pattern SCP_FORM = Pattern.compile("[A-Za-z0-9._-]+@[A-Za-z0-9.-]+:[^:].*");

    /** Which addresses are allowed. */
    enum Allowed {
        /** {@code https} and local paths. */
        SAFE(false, true),
        /** Also {@code http} to this machine: only for tests with a real server. */
        SAFE_AND_LOOPBACK_HTTP(false, true),
        /** {@code https} and {@code ssh}. */
        REMOTE(true, false),
        /** {@code https}, {@code ssh} and local paths. */
        REMOTE_AND_LOCAL(true, true);

        private final boolean ssh;
        private final boolean local;

        Allowed(boolean ssh, boolean local) {
            this.ssh = ssh;
            this.local = local;
        }

        private String transports() {
            return "only https:// " + (ssh ? "and ssh:// " : "") + "addresses"
                    + (local ? " and absolute local paths" : "") + " are Git transports here";
        }
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
            if (url.startsWith("/") || url.startsWith("file:")) {
                if (!allowed.local) {
                    throw refused(url, allowed.transports());
                }
                return local(url.startsWith("/") ? Path.of(url) : Path.of(new URI(url)));
            }
            URIish uri = new URIish(url);
            String host = uri.getHost() == null ? "" : uri.getHost();
            if (host.isEmpty() || host.startsWith("-") || !isTransport(url, host, allowed)) {
                throw refused(url, allowed.transports());
            }
            return isSsh(url) ? ssh(url, uri) : remote(url, uri);
        } catch (URISyntaxException | IllegalArgumentException e) {
            throw refused(url, "it is not a well-formed address");
        }
    }

    private static boolean isTransport(String url, String host, Allowed allowed) {
        String scheme = url.contains("://") ? url.substring(0, url.indexOf(':')).toLowerCase(Locale.ROOT) : "";
        boolean loopback = allowed == Allowed.SAFE_AND_LOOPBACK_HTTP && LOOPBACK.contains(host);
        return scheme.equals("https") || (scheme.equals("http") && loopback) || (allowed.ssh && isSsh(url));
    }

    private static boolean isSsh(String url) {
        return url.toLowerCase(Locale.ROOT).startsWith("ssh://")
                || SCP_FORM.matcher(url).matches();
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
        return new Address(normal.toString(), new URIish().setPath(normal.toString()), normal, NOBODY, "", false);
    }

    /** A repository on this machine that is read where it stands. */
    static Address inPlace(Path path) {
        Address local = local(path);
        return new Address(local.shown, local.uri, local.local, NOBODY, "", true);
    }

    private static Address remote(String url, URIish uri) {
        String user = uri.getUser();
        String password = uri.getPass() == null ? "" : uri.getPass();
        URIish bare = uri.setUser(null).setPass(null);
        return new Address(
                maskUrl(url),
                bare,
                null,
                user == null ? NOBODY : new Login.Basic(user, new Secret(password)),
                password,
                false);
    }

    /** The user of an ssh address is no secret; a password in it would be, and keys are what is used. */
    private static Address ssh(String url, URIish uri) throws SourceException {
        if (uri.getPass() != null || uri.getPath() == null || uri.getPath().startsWith("-")) {
            throw refused(url, "an ssh address holds a user, a host and a path, and no password");
        }
        return new Address(url, uri, null, NOBODY, "", false);
    }

    private static SourceException refused(String url, String why) {
        // What is not well-formed may hold a password anywhere before its last @.
        String shown = QUERY.matcher(url.substring(url.lastIndexOf('@') + 1)).replaceAll("");
        return new SourceException(
                "tried to use \"" + (shown.length() > MAX_SHOWN ? shown.substring(0, MAX_SHOWN) + "…" : shown)
                        + "\" as a Git repository, refused because " + why
                        + "; give an https:// URL, without user and password where they are given apart",
                false);
    }
}
