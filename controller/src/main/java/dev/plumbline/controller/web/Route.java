package dev.plumbline.controller.web;

import org.jspecify.annotations.Nullable;

/**
 * One thing that can be asked.
 *
 * @param method how
 * @param path where, with {@code {name}} for parts that vary
 * @param handler what is answered
 */
public record Route(Method method, String path, Handler handler) {

    /** A question. */
    public static Route get(String path, Handler handler) {
        return new Route(Method.GET, path, handler);
    }

    /** A wish to change something: needs the token. */
    public static Route post(String path, Handler handler) {
        return new Route(Method.POST, path, handler);
    }

    /** How a route is called. */
    public enum Method {
        /** Reads only. */
        GET,
        /** May change something. */
        POST
    }

    /** Answers requests. */
    @FunctionalInterface
    public interface Handler {

        /**
         * The answer: a plain tree, sent as JSON, or {@link Text}.
         *
         * @throws ApiException to answer with an error status
         */
        @Nullable
        Object answer(ApiRequest request) throws ApiException;
    }

    /**
     * An answer that is not JSON.
     *
     * @param type its media type
     * @param text the text
     */
    public record Text(String type, String text) {}
}
