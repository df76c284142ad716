package dev.plumbline.controller.kube;

import dev.plumbline.controller.live.ClusterException;
import dev.plumbline.controller.live.ClusterException.Reason;
import dev.plumbline.registry.json.Json;
import dev.plumbline.registry.json.JsonException;
import dev.plumbline.registry.json.Tree;
import dev.plumbline.registry.model.ObjectKey;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What an API server's refusal means (Kubernetes API conventions, "Response Status Kind"). */
final class KubeErrors {

    /** Longest text of a server that a message repeats, in characters. */
    private static final int MAX_TEXT = 2000;

    private KubeErrors() {}

    /**
     * The exception for an answer that is no success.
     *
     * @param doing what was tried, such as "applying"
     */
    static ClusterException of(String doing, @Nullable ObjectKey key, int code, String body) {
        Map<String, @Nullable Object> status = status(body);
        Reason reason = reason(code, status);
        String object = key == null ? "the cluster" : key.toString();
        return new ClusterException(
                reason,
                key,
                doing + " " + object + " failed, because the API server answered " + code + ": " + text(key, status)
                        + advice(reason));
    }

    /** The Status that a watch delivered as an error. */
    static ClusterException of(String doing, Map<String, @Nullable Object> status) {
        int code = status.get("code") instanceof Number number ? number.intValue() : 500;
        return of(doing, null, code, Json.write(status));
    }

    /** Whether an answer says that exactly this object is not there. */
    static boolean saysNotFound(int code, String body) {
        return code == 404 && "NotFound".equals(Tree.string(status(body), "reason"));
    }

    /** Whether an answer is a Status of the API server. */
    static boolean isStatus(String body) {
        return !status(body).isEmpty();
    }

    private static Map<String, @Nullable Object> status(String body) {
        try {
            Map<String, @Nullable Object> status = Json.parseObject(body);
            return "Status".equals(Tree.string(status, "kind")) ? status : Map.of();
        } catch (JsonException e) {
            return Map.of();
        }
    }

    private static Reason reason(int code, Map<String, @Nullable Object> status) {
        String said = Tree.text(status, "reason");
        return switch (code) {
            case 400, 413, 422 -> Reason.INVALID;
            case 401, 403 -> Reason.FORBIDDEN;
            case 404 -> said.equals("NotFound") ? Reason.NOT_FOUND : Reason.UNAVAILABLE;
            case 405, 415 -> Reason.UNSUPPORTED;
            case 409 -> said.equals("AlreadyExists") ? Reason.ALREADY_EXISTS : Reason.CONFLICT;
            case 410 -> Reason.GONE;
            case 500 -> saysInvalid(Tree.text(status, "message")) ? Reason.INVALID : Reason.UNAVAILABLE;
            default -> Reason.UNAVAILABLE;
        };
    }

    /** An applied field that its kind does not have, or a value of a type that it cannot have, is an internal error to the server. */
    private static boolean saysInvalid(String message) {
        return message.contains("failed to create typed patch object")
                || message.contains("unable to convert unstructured object");
    }

    /** What the server said; of a Secret only the fields, because its words may repeat values. */
    private static String text(@Nullable ObjectKey key, Map<String, @Nullable Object> status) {
        if (key != null && key.kind().equals("Secret")) {
            return Tree.text(status, "reason") + " "
                    + Tree.maps(status, "details", "causes").stream()
                            .map(cause -> Tree.text(cause, "field"))
                            .collect(Collectors.joining(", "));
        }
        String message = Tree.text(status, "message");
        return message.length() > MAX_TEXT ? message.substring(0, MAX_TEXT) + "…" : message;
    }

    private static String advice(Reason reason) {
        return switch (reason) {
            case NOT_FOUND -> "; create it first";
            case ALREADY_EXISTS -> "; choose another name";
            case CONFLICT -> "; read it again, give the fields up, or apply with force";
            case INVALID -> "; correct it";
            case GONE -> "; list again";
            case UNSUPPORTED -> "; install what serves it";
            case FORBIDDEN -> "; grant the permission";
            case UNAVAILABLE -> "; try again later";
        };
    }
}
