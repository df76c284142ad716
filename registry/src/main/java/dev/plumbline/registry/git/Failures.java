package dev.plumbline.registry.git;

import dev.plumbline.registry.source.SourceException;
import java.io.EOFException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.util.Locale;
import javax.net.ssl.SSLException;
import org.eclipse.jgit.errors.CorruptObjectException;
import org.eclipse.jgit.errors.MissingObjectException;
import org.eclipse.jgit.errors.NoRemoteRepositoryException;
import org.eclipse.jgit.errors.TooLargeObjectInPackException;
import org.jspecify.annotations.Nullable;

/**
 * What JGit throws, as one clear sentence without secrets. Causes are left out where they may hold the address with its
 * credentials.
 */
final class Failures {

    private static final int MAX_CAUSES = 20;

    private Failures() {}

    /** A failed exchange with a repository. */
    static SourceException exchange(Address address, Throwable failure) {
        return exchange("read", address, failure);
    }

    /**
     * A failed exchange with a repository.
     *
     * @param tried what was tried with it, as a verb
     */
    static SourceException exchange(String tried, Address address, Throwable failure) {
        Throwable cause = failure;
        for (int depth = 0; cause != null && depth < MAX_CAUSES; depth++) {
            SourceException said = byType(tried, address, cause);
            if (said != null) {
                return said;
            }
            cause = cause.getCause();
        }
        return byText(tried, address, String.valueOf(failure.getMessage()));
    }

    private static @Nullable SourceException byType(String tried, Address address, Throwable cause) {
        String why = cause.getMessage();
        return switch (cause) {
            case NoRemoteRepositoryException e ->
                said(
                        tried,
                        address,
                        "there is no Git repository that may be used without credentials",
                        "check the URL",
                        false);
            case BoundException e -> tooLarge(tried, address, e.getMessage());
            case TooLargeObjectInPackException e ->
                tooLarge(
                        tried,
                        address,
                        "an object in it passes MAX_OBJECT_BYTES (" + FetchBounds.MAX_OBJECT_BYTES + ")");
            case UnknownHostException e ->
                said(
                        tried,
                        address,
                        "the host is not known",
                        "check the name and the network; it is tried again",
                        true);
            case SSLException e ->
                said(tried, address, "TLS failed: " + why, "repair the certificate or the trust store", false);
            case InterruptedIOException e
            when why == null -> {
                Thread.currentThread().interrupt();
                yield said(tried, address, "it was interrupted", "it is tried again", true);
            }
            case InterruptedIOException e ->
                said(tried, address, "it did not answer in time", "it is tried again", true);
            case SocketException e -> said(tried, address, "the connection failed: " + why, "it is tried again", true);
            case EOFException e -> said(tried, address, "the connection was cut", "it is tried again", true);
            case CorruptObjectException e -> broken(tried, address, why);
            case MissingObjectException e -> broken(tried, address, why);
            default -> null;
        };
    }

    private static SourceException broken(String tried, Address address, @Nullable String why) {
        return said(tried, address, "Git's own check refuses an object in it: " + why, "run git fsck there", false);
    }

    private static SourceException tooLarge(String tried, Address address, @Nullable String why) {
        return said(tried, address, why + "", "keep large data outside the repository, or follow a smaller one", false);
    }

    /** Whether a message of a transport, in lower case, says that the caller was not let in. */
    static boolean isUnauthorized(String message) {
        return message.contains("not authorized")
                || message.contains("authentication")
                || message.contains("not permitted")
                || message.contains("cannot log in");
    }

    /** The transport says the rest only in words. */
    private static SourceException byText(String tried, Address address, String text) {
        String lower = text.toLowerCase(Locale.ROOT);
        if (isUnauthorized(lower)) {
            return said(
                    tried,
                    address,
                    "it asks for credentials (it is private, or it does not exist)",
                    "use a repository that needs none, or a local clone",
                    false);
        }
        if (lower.contains("timeout") || lower.contains("timed out")) {
            return said(tried, address, "it did not answer in time", "it is tried again", true);
        }
        return said(tried, address, "of: " + text, "it is tried again", true);
    }

    /** The mirror, or a repository in its place on this machine, could not be read or written. */
    static SourceException mirror(String tried, Address address, IOException cause) {
        String before = "tried to " + tried + (address.inPlace() ? " in " : " in the mirror of ") + address.shown()
                + ", failed because ";
        if (cause instanceof InterruptedIOException) {
            Thread.currentThread().interrupt();
            return new SourceException(before + "it was interrupted; it can be tried again", true, cause);
        }
        String why = cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
        boolean damaged = cause instanceof MissingObjectException || cause instanceof CorruptObjectException;
        String what = damaged
                ? address.inPlace()
                        ? "run git fsck there, and git fetch what a partial clone left out"
                        : "remove the mirror folder, so that it is fetched again"
                : "repair the disk";
        return new SourceException(before + "of: " + why + "; " + what, !damaged, cause);
    }

    private static SourceException said(String tried, Address address, String why, String what, boolean retryable) {
        return new SourceException(
                "tried to " + tried + " " + address.shown() + ", failed because " + address.mask(why) + "; " + what,
                retryable);
    }
}
