package dev.plumbline.registry.s3;

import dev.plumbline.registry.store.StoreException;
import java.io.IOException;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import software.amazon.awssdk.core.exception.AbortedException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.model.S3Exception;

/**
 * Calls of the server, repeated where time may help, and what is said when it does not. An interrupt never breaks a call: a
 * cancelled sync finishes the value that it is writing, and the interrupt stays set.
 */
final class Attempts {

    /** How often a call is made in all. */
    static final int ATTEMPTS = 4;

    private static final Duration FIRST_PAUSE = Duration.ofMillis(100);

    private static final int TOO_MANY_REQUESTS = 429;

    private static final int REQUEST_TIMEOUT = 408;

    private static final int CONFLICT = 409;

    private static final int SERVER_ERROR = 500;

    private static final Set<String> RENEWED = Set.of("ExpiredToken", "ExpiredTokenException", "RequestTimeTooSkewed");

    private static final Set<String> CREDENTIALS =
            Set.of("AccessDenied", "InvalidAccessKeyId", "SignatureDoesNotMatch", "InvalidToken", "Forbidden");

    private final S3Settings settings;

    Attempts(S3Settings settings) {
        this.settings = settings;
    }

    /** One call. */
    @FunctionalInterface
    interface Attempt<T> {
        /** Makes the call; the number says how many were made before without an answer that counts. */
        T run(int before) throws StoreException;
    }

    /**
     * Makes a call.
     *
     * @param tried what is tried with the key, as a verb
     */
    <T> T run(String tried, String key, Attempt<T> attempt) throws StoreException {
        boolean interrupted = Thread.interrupted();
        try {
            for (int before = 0; ; before++) {
                try {
                    return attempt.run(before);
                } catch (AbortedException e) {
                    interrupted |= Thread.interrupted();
                } catch (SdkException e) {
                    StoreException failed = failed(tried, key, e);
                    if (!failed.retryable() || before + 1 >= ATTEMPTS) {
                        throw failed;
                    }
                    LockSupport.parkNanos(FIRST_PAUSE.toNanos() << before);
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** Says what was tried, why it failed and what to do. */
    StoreException refused(String tried, String key, String why, String what) {
        return new StoreException(before(tried, key) + "refused because " + why + "; " + what, false);
    }

    private StoreException failed(String tried, String key, SdkException failure) {
        return failure instanceof S3Exception answer ? answered(tried, key, answer) : unanswered(tried, key, failure);
    }

    private StoreException answered(String tried, String key, S3Exception answer) {
        String code = answer.awsErrorDetails() == null
                ? ""
                : String.valueOf(answer.awsErrorDetails().errorCode());
        int status = answer.statusCode();
        String said = "the server answered " + status + (code.isEmpty() || code.equals("null") ? "" : " " + code);
        if (code.equals("NoSuchBucket")) {
            return said(tried, key, "there is no such bucket", "make it, or correct its name", false, answer);
        }
        if (RENEWED.contains(code)) {
            return said(
                    tried, key, said, "renew the credentials or set the clock; it can be tried again", true, answer);
        }
        if (status == 401 || status == 403 || CREDENTIALS.contains(code)) {
            return said(
                    tried,
                    key,
                    said,
                    "give credentials that may read, write, list and delete below s3://" + settings.bucket() + "/"
                            + settings.prefix(),
                    false,
                    answer);
        }
        boolean time = status >= SERVER_ERROR
                || status == TOO_MANY_REQUESTS
                || status == REQUEST_TIMEOUT
                || status == CONFLICT;
        return said(tried, key, said, time ? "it can be tried again" : "correct the store's address", time, answer);
    }

    private StoreException unanswered(String tried, String key, SdkException failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof IOException) {
                String why = cause.getClass().getSimpleName()
                        + (cause.getMessage() == null ? "" : ": " + cause.getMessage());
                return said(
                        tried,
                        key,
                        "the server gave no answer (" + why + ")",
                        "check the address and the network; it can be tried again",
                        true,
                        failure);
            }
        }
        return said(
                tried,
                key,
                "of: " + failure.getMessage(),
                "give credentials and region in the environment",
                false,
                failure);
    }

    private StoreException said(
            String tried, String key, String why, String what, boolean retryable, SdkException cause) {
        return new StoreException(before(tried, key) + "failed because " + why + "; " + what, retryable, cause);
    }

    private String before(String tried, String key) {
        return "tried to " + tried + " s3://" + settings.bucket() + "/" + settings.prefix() + key
                + (settings.endpoint() == null ? "" : " at " + settings.endpoint()) + ", ";
    }
}
