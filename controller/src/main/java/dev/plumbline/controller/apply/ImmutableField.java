package dev.plumbline.controller.apply;

import dev.plumbline.controller.live.ClusterException;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Recognises a refusal to change what cannot be changed, by the words of the API server's validation. */
final class ImmutableField {

    /** Annotation of an object that may be deleted and made anew where a field cannot be changed. */
    static final String ANNOTATION = "plumbline.dev/replace";

    /** Its value. */
    static final String ALLOWED = "allowed";

    private static final Pattern WORDS = Pattern.compile(
            "immutable|may not be changed|cannot be changed|cannot change|may not change|fields other than");

    private static final Pattern FIELD = Pattern.compile("([A-Za-z][\\w.\\[\\]]*): (?:Invalid value|Forbidden)");

    private ImmutableField() {}

    /** The field that cannot be changed, as the server names it; empty when something else is wrong. */
    static Optional<String> in(ClusterException e) {
        String message = String.valueOf(e.getMessage());
        if (e.reason() != ClusterException.Reason.INVALID
                || !WORDS.matcher(message).find()) {
            return Optional.empty();
        }
        Matcher field = FIELD.matcher(message);
        return Optional.of(field.find() ? field.group(1) : "a field");
    }
}
