package dev.plumbline.tests.operator;

/** What a {@link FaultProxy} does to one request. */
sealed interface Fault {

    /** Nothing. */
    record None() implements Fault {}

    /** The server never sees it; this is answered instead. */
    record Instead(int code, String header, String body) implements Fault {}

    /** The server does it, and after so many bytes of the answer the connection breaks. */
    record Cut(int after) implements Fault {}

    /** The server does it, and the answer comes in so many pieces, with a pause before each. */
    record Slow(int pieces, int pauseMillis) implements Fault {}

    /** The server never sees it, and no byte of an answer comes. */
    record Silent() implements Fault {}

    /** The server never sees it; an answer begins with this code, and its body never comes. */
    record Begun(int code) implements Fault {}

    Fault SILENT = new Fault.Silent();

    Fault NONE = new Fault.None();

    /** Too busy; to be asked again after a second. */
    Fault BUSY = new Fault.Instead(429, "Retry-After: 1\r\n", status(429, "TooManyRequests"));

    Fault GONE = new Fault.Instead(410, "", status(410, "Expired"));
    Fault BROKEN = new Fault.Instead(500, "", status(500, "InternalError"));
    Fault AWAY = new Fault.Instead(503, "", status(503, "ServiceUnavailable"));

    private static String status(int code, String reason) {
        return "{\"kind\":\"Status\",\"apiVersion\":\"v1\",\"status\":\"Failure\",\"message\":\"made by a test\","
                + "\"reason\":\"" + reason + "\",\"code\":" + code + "}";
    }
}
