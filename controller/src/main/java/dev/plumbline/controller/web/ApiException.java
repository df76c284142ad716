package dev.plumbline.controller.web;

/** A request that is answered with an error status and one sentence. */
public final class ApiException extends Exception {

    private static final long serialVersionUID = 1L;

    private final int status;

    /** Says what was asked, why it cannot be answered and what to do. */
    public ApiException(int status, String message) {
        super(message);
        this.status = status;
    }

    /** The HTTP status. */
    public int status() {
        return status;
    }

    /** There is no such thing. */
    public static ApiException notFound(String message) {
        return new ApiException(404, message);
    }

    /** The request makes no sense as it is. */
    public static ApiException badRequest(String message) {
        return new ApiException(400, message);
    }

    /** The request makes sense and cannot be done now. */
    public static ApiException conflict(String message) {
        return new ApiException(409, message);
    }
}
