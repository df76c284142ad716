package dev.plumbline.controller.web;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a caller asks.
 *
 * @param path values of the path's {@code {name}} parts
 * @param query query parameters, the first value of each
 * @param body the JSON object that was sent; empty when none was
 * @param token what the caller showed to say who it is
 */
public record ApiRequest(
        Map<String, String> path, Map<String, String> query, Map<String, @Nullable Object> body, Token token) {

    /**
     * A bearer token. Its text is in no message.
     *
     * @param value the token; empty when none was sent
     */
    public record Token(String value) {

        @Override
        public String toString() {
            return value.isEmpty() ? "no token" : "a token";
        }
    }

    /** A part of the path. */
    public String part(String name) {
        String value = path.get(name);
        if (value == null) {
            throw new IllegalArgumentException("the route has no part " + name);
        }
        return value;
    }

    /** A query parameter; the default when it is absent. */
    public String query(String name, String absent) {
        return query.getOrDefault(name, absent);
    }

    /** A text field of the body; empty when absent. */
    public String text(String name) {
        return body.get(name) instanceof String text ? text : "";
    }
}
